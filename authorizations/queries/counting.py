"""What is counted of one day: what came in, and everything about what was closed. Asked for every insurer at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value

from accounts import queries as accounts
from authorizations import queries
from authorizations.domain import clocks, figures
from authorizations.domain.clocks import Step
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.figures import Measure
from authorizations.domain.heroverweging import HeroverwegingStatus
from authorizations.domain.lifecycle import CLOSED, DECIDED, Status
from authorizations.domain.second_opinion import Position
from authorizations.domain.terms import Verdict
from authorizations.models import (
    AuthorizationRequest,
    CriterionAssessment,
    Decision,
    FiguresDay,
    Heroverweging,
    InformationItem,
    InformationRequest,
    Opinion,
    OpinionVerdict,
    PolicyVersion,
    StatusEvent,
)

Row = tuple[int, str, Measure, str]
"""Of which insurer and policy, what, and of what."""
Found = Iterator[tuple[Row, int]]
WHOSE = ("insurer_id", "policy_version__slug")
WHOSE_REQUEST = ("authorization__insurer_id", "authorization__policy_version__slug")
AT_ONCE = 1000
"""So many requests are asked for at once where every one of them is looked at."""


def first_day() -> date | None:
    """Return the day on which the first request came in."""
    first: datetime | None = AuthorizationRequest.objects.aggregate(at=Min("submitted_at"))["at"]
    return first.astimezone(AMSTERDAM).date() if first else None


def last_counted() -> date | None:
    """Return the last day that was counted: days are counted one after another."""
    return FiguresDay.objects.order_by("-on_day").values_list("on_day", flat=True).first()


def first_counted() -> date | None:
    """Return the first day that was counted."""
    return FiguresDay.objects.order_by("on_day").values_list("on_day", flat=True).first()


def of_day(day: date) -> Counter[Row]:
    """Return everything that is counted of this day. Bron: feature 69."""
    started = datetime.combine(day, time(), tzinfo=AMSTERDAM)
    within = (started, datetime.combine(day + timedelta(days=1), time(), tzinfo=AMSTERDAM))
    closed = _closed(within)
    decided = closed.filter(status__in=DECIDED)
    found: Counter[Row] = Counter()
    for part in (
        _received(within),
        _grouped(closed, Measure.OUTCOME, WHOSE, "status"),
        _first_time_right(decided),
        _questions(closed),
        _denials(decided),
        _second_reviews(closed),
        _agreement(closed),
        _reconsidered(within),
        _times(decided),
    ):
        for row, number in part:
            found[row] += number
    return found


def _received(within: tuple[datetime, datetime]) -> Found:
    came = AuthorizationRequest.objects.filter(submitted_at__gte=within[0], submitted_at__lt=within[1])
    for insurer_id, policy, number in came.values_list(*WHOSE).annotate(number=Count("pk")).order_by():
        yield (insurer_id, policy, Measure.RECEIVED, ""), number


def _closed(within: tuple[datetime, datetime]) -> QuerySet[AuthorizationRequest]:
    # By insurer, for so the index goes: without it every request would be looked at.
    insurers = [one.pk for one in accounts.insurers()]
    return AuthorizationRequest.objects.filter(
        insurer_id__in=insurers, status__in=CLOSED, closed_at__gte=within[0], closed_at__lt=within[1]
    )


def _grouped(rows: QuerySet[Any], measure: Measure, whose: tuple[str, str], key: str, request: str = "pk") -> Found:
    """Yield how many requests there are per key."""
    counted = rows.values_list(*whose, key).annotate(number=Count(request, distinct=request != "pk")).order_by()
    for insurer_id, policy, value, number in counted:
        yield (insurer_id, policy, measure, value), number


def _first_time_right(decided: QuerySet[AuthorizationRequest]) -> Found:
    """Right at once is what was decided without a question to the provider, and had not to be filed anew."""
    asked = Exists(InformationRequest.objects.filter(authorization=OuterRef("pk")))
    right = Q(amends=None) & ~asked
    for key, rows in ((figures.YES, decided.filter(right)), (figures.NO, decided.exclude(right))):
        for insurer_id, policy, number in rows.values_list(*WHOSE).annotate(number=Count("pk")).order_by():
            yield (insurer_id, policy, Measure.FIRST_TIME_RIGHT, key), number


def _questions(closed: QuerySet[AuthorizationRequest]) -> Found:
    items = InformationItem.objects.filter(information_request__authorization__in=closed)
    whose = tuple(f"information_request__{name}" for name in WHOSE_REQUEST)
    request = "information_request__authorization"
    return _grouped(items, Measure.QUESTION, (whose[0], whose[1]), "criterion", request)


def _denials(decided: QuerySet[AuthorizationRequest]) -> Found:
    against = CriterionAssessment.objects.filter(authorization__in=decided.filter(status=Status.DENIED)).exclude(
        verdict=Verdict.MET.value
    )
    return _grouped(against, Measure.DENIED_FOR, WHOSE_REQUEST, "criterion")


def _second_reviews(closed: QuerySet[AuthorizationRequest]) -> Found:
    proposals = Decision.objects.filter(authorization__in=closed)
    for key, rows in (
        (figures.CONFIRMED, proposals.filter(confirmed_at__isnull=False)),
        (figures.RETURNED, proposals.filter(returned_at__isnull=False)),
    ):
        for insurer_id, policy, number in rows.values_list(*WHOSE_REQUEST).annotate(number=Count("pk")).order_by():
            yield (insurer_id, policy, Measure.SECOND_REVIEW, key), number


def _agreement(closed: QuerySet[AuthorizationRequest]) -> Found:
    """Yield what first and second said of each criterion, of every proposal on which the second looked blind."""
    blind = Opinion.objects.filter(
        authorization__in=closed, decision__change=None, position=Position.SECOND, blind=True
    )
    seconds = OpinionVerdict.objects.filter(opinion__in=blind)
    firsts = OpinionVerdict.objects.filter(
        opinion__decision=OuterRef("opinion__decision"),
        opinion__position=Position.FIRST,
        criterion=OuterRef("criterion"),
    )
    whose = [f"opinion__{name}" for name in WHOSE_REQUEST]
    both = seconds.annotate(first=Subquery(firsts.values("verdict")[:1])).exclude(first=None)
    rows = both.values_list(*whose, "criterion", "first", "verdict").annotate(number=Count("pk")).order_by()
    for insurer_id, policy, criterion, first, second, number in rows:
        yield (insurer_id, policy, Measure.AGREEMENT, figures.pair_key(criterion, first, second)), number


def _reconsidered(within: tuple[datetime, datetime]) -> Found:
    """Yield how heroverwegingen that were answered on this day ended; one that was revised by its reason."""
    answered = Heroverweging.objects.filter(decided_at__gte=within[0], decided_at__lt=within[1])
    for key, rows in (
        (Value(figures.CONFIRMED), answered.filter(status=HeroverwegingStatus.UPHELD)),
        (F("overturn_reason"), answered.filter(status=HeroverwegingStatus.REVISED)),
    ):
        counted = rows.annotate(key=key).values_list(*WHOSE_REQUEST, "key").annotate(number=Count("pk")).order_by()
        for insurer_id, policy, reason, number in counted:
            yield (insurer_id, policy, Measure.RECONSIDERED, reason), number


def _times(decided: QuerySet[AuthorizationRequest]) -> Found:
    """Yield whose time it was, request by request as its own page says it: domain/clocks.py is the one rule."""
    cut_offs = {one.pk: queries.policy(one).terms.cut_off for one in PolicyVersion.objects.exclude(insurer=None)}
    rows = list(decided.order_by("pk").values("pk", "submitted_at", "closed_at", "policy_version_id", *WHOSE))
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        steps = _steps(row["pk"] for row in some)
        for row in some:
            found = clocks.clocks(
                filed_at=row["submitted_at"],
                steps=steps[row["pk"]],
                pauses=(),
                now=row["closed_at"],
                cut_off=cut_offs[row["policy_version_id"]],
            )
            whose = (row["insurer_id"], row["policy_version__slug"])
            for measure, spent in (
                (Measure.INSURER_TIME, found.insurer),
                (Measure.PROVIDER_TIME, found.provider),
                (Measure.PATIENT_TIME, found.total),
            ):
                yield (*whose, measure, str(spent.workdays)), 1


def _steps(request_ids: Iterable[int]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    events = StatusEvent.objects.filter(authorization_id__in=list(request_ids)).order_by("at", "id")
    for request_id, at, status in events.values_list("authorization_id", "at", "status"):
        found[request_id].append(Step(at, Status(status)))
    return found
