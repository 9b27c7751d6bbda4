"""What may be asked about heroverweging: which run, who had a part before, and why decisions did not hold."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.heroverweging import OPEN, Channel, HeroverwegingStatus, OverturnReason
from authorizations.models import (
    AuthorizationRequest,
    CriterionAssessment,
    Decision,
    Document,
    Heroverweging,
    HeroverwegingPaper,
    Opinion,
)
from papers.domain.states import FileState

OF_THE_INSURED = (Channel.PAPER.value, Channel.PHONE.value)
"""What came so is between the insured and the insurer: the provider reads that it runs and how it ended."""


def listed(actor: Actor, *, closed: bool = False) -> QuerySet[Heroverweging]:
    """Return those of the own insurer: the open ones, the first to be answered on top, or else the answered ones."""
    found = Heroverweging.objects.filter(authorization__in=queries.visible_to(actor)).select_related(
        "authorization__provider", "authorization__insured", "assigned_to", "decided_by", "decision"
    )
    if closed:
        return found.exclude(status__in=OPEN).order_by("-decided_at", "-id")
    return found.filter(status__in=OPEN).order_by("due_on", "id")


def for_nobody(actor: Actor, listed: Iterable[Heroverweging]) -> set[int]:
    """
    Return which of these nobody of the own insurer can take: every medisch adviseur took the first decision.

    One query for all of them; who only judged a criterion or gave an opinion counts on the page itself. Bron: R-19.
    """
    advisors = set(accounts.people_with(actor.organization_id, Role.MEDISCH_ADVISEUR).values_list("pk", flat=True))
    waiting = (one for one in listed if one.status in OPEN and one.assigned_to_id is None)
    return {one.pk for one in waiting if advisors <= {one.decided_first_id, one.confirmed_first_id}}


def of_request(authorization: AuthorizationRequest) -> list[Heroverweging]:
    """Return every heroverweging of this request, the newest first."""
    found = Heroverweging.objects.filter(authorization=authorization)
    return list(
        found.select_related("filed_by", "assigned_to", "decided_by", "decision", "revision__granted")
        .prefetch_related("papers__document__file", "letters__letter")
        .order_by("-filed_at", "-id")
    )


def open_one(authorization: AuthorizationRequest) -> Heroverweging | None:
    """Return the one that runs, if there is one."""
    found = Heroverweging.objects.filter(authorization=authorization, status__in=OPEN)
    return found.select_related("assigned_to", "decision").first()


def to_change(authorization: AuthorizationRequest) -> Heroverweging | None:
    """Lock the one that runs until the end of the transaction; None when none does."""
    found = Heroverweging.objects.filter(authorization=authorization, status__in=OPEN)
    return found.select_for_update(of=("self",)).first()


def decision_in_force(authorization: AuthorizationRequest) -> Decision | None:
    """Return the decision on the request that holds now: the last revision, or else the first one."""
    final = Decision.objects.filter(authorization=authorization, final_at__isnull=False, change=None)
    return final.select_related("proposed_by", "confirmed_by").order_by("-final_at", "-id").first()


def had_a_part(authorization: AuthorizationRequest) -> frozenset[int]:
    """
    Return who had a part in what was decided so far.

    That is who proposed, confirmed or handed back, judged a criterion, or gave an opinion on a proposal.

    Bron: R-19.
    """
    people: set[int | None] = set(
        CriterionAssessment.objects.filter(authorization=authorization).values_list("assessed_by_id", flat=True)
    )
    decisions = Decision.objects.filter(authorization=authorization)
    for three in decisions.values_list("proposed_by_id", "confirmed_by_id", "returned_by_id"):
        people.update(three)
    people.update(Opinion.objects.filter(authorization=authorization).values_list("advisor_id", flat=True))
    answered = Heroverweging.objects.filter(authorization=authorization, decided_by__isnull=False)
    people.update(answered.values_list("decided_by_id", flat=True))
    return frozenset(one for one in people if one is not None)


def papers_of(heroverweging: Heroverweging) -> QuerySet[HeroverwegingPaper]:
    """Return its documents with their files, oldest first."""
    found = HeroverwegingPaper.objects.filter(heroverweging=heroverweging)
    return found.select_related("document__file").order_by("id")


def clean_papers_of(heroverweging: Heroverweging) -> QuerySet[HeroverwegingPaper]:
    """Return those of its documents that people can read."""
    return papers_of(heroverweging).filter(document__file__state=FileState.CLEAN.value)


def for_provider(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Leave out what the insured sent to the insurer without the provider."""
    return documents.exclude(heroverweging_paper__heroverweging__channel__in=OF_THE_INSURED)


def overturned(actor: Actor, *, since: date, until: date) -> dict[OverturnReason, int]:
    """
    Return how many decisions of the own insurer did not hold, by reason, answered in these days; both days count.

    Bron: feature 60; CMS-0057-F (overturned decisions by reason).
    """
    found = _answered(actor, since, until).filter(status=HeroverwegingStatus.REVISED)
    counted = dict(found.order_by().values_list("overturn_reason").annotate(Count("pk")))
    return {reason: counted.get(reason.value, 0) for reason in OverturnReason}


def answered(actor: Actor, *, since: date, until: date) -> tuple[int, int]:
    """Return how many were answered in these days, and how many of them revised the decision. Bron: feature 69."""
    revised = Q(status=HeroverwegingStatus.REVISED)
    found = _answered(actor, since, until).aggregate(all=Count("pk"), revised=Count("pk", filter=revised))
    return found["all"], found["revised"]


def _answered(actor: Actor, since: date, until: date) -> QuerySet[Heroverweging]:
    return Heroverweging.objects.filter(
        authorization__in=queries.visible_to(actor), decided_at__date__gte=since, decided_at__date__lte=until
    )
