"""
Watch the decision term: warn the advisor, then the coordinators, and give the provider a new date.

Overdue is a state that people see. Nothing here decides, and nothing may ever come to. Bron: R-18, R-19.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.domain.events import Kind
from audit.services import recording
from authorizations import queries
from authorizations.domain import deadlines
from authorizations.domain.lifecycle import OPEN
from authorizations.models import AuthorizationRequest, TermWarning
from authorizations.services import lifecycle, messages

SOON = 2
"""How many werkdagen before the last day the advisor is warned."""


def warn(*, now: datetime) -> int:
    """
    Warn of every decision that is due within two werkdagen or overdue; each warning once, however often this runs.

    A run that comes late writes the warnings it missed as well, so that the rows are the same; of those it only sends
    the last. Returns how many requests were warned about.

    Bron: R-18.
    """
    today = now.astimezone(deadlines.AMSTERDAM).date()
    return sum(_warn(pk, now=now) for pk in _to_warn(today).values_list("pk", flat=True).iterator(chunk_size=1000))


def _to_warn(today: date) -> QuerySet[AuthorizationRequest]:
    """Return the requests that come near or are over and lack a warning, so that a run costs what is new."""
    given = TermWarning.objects.filter(authorization=OuterRef("pk"), due_on=OuterRef("due_on"))
    return AuthorizationRequest.objects.filter(
        ~Exists(given.filter(level="soon")) | Q(due_on__lte=today) & ~Exists(given.filter(level="overdue")),
        status__in=OPEN,
        due_on__lte=deadlines.workdays_after(today, SOON),
    ).order_by("due_on", "id")


@transaction.atomic
def _warn(authorization_id: int, *, now: datetime) -> bool:
    authorization = (
        AuthorizationRequest.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=authorization_id, status__in=OPEN)
        .select_related("policy_version", "assigned_to", "submitted_by")
        .first()
    )
    if authorization is None:
        return False
    # The column is a copy; the warning goes by the stored intervals.
    authorization.due_on = lifecycle.due_on(authorization)
    if authorization.due_on is None:
        return False
    given = set(
        TermWarning.objects.filter(authorization=authorization, due_on=authorization.due_on).values_list(
            "level", flat=True
        )
    )
    new = [(level, audience) for level, audience in _reached(authorization, now=now) if level not in given]
    TermWarning.objects.bulk_create(
        TermWarning(authorization=authorization, due_on=authorization.due_on, level=level, audience=audience, at=now)
        for level, audience in new
    )
    if new:
        recording.by_the_portal(
            Kind.WORK_TERM,
            references=[authorization.reference],
            detail={"waarschuwing": sorted({level for level, _ in new})},
        )
    for audience, level in {audience: level for level, audience in new}.items():
        _send(authorization, level, audience, now=now)
    return bool(new)


def _reached(authorization: AuthorizationRequest, *, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield the level and the audience of each warning whose time has come, the most serious last."""
    due_on = authorization.due_on
    if due_on is None or due_on > deadlines.workdays_after(now.astimezone(deadlines.AMSTERDAM).date(), SOON):
        return
    yield "soon", "advisor" if authorization.assigned_to_id else "coordinator"
    if _is_overdue(authorization, now=now):
        if authorization.assigned_to_id:
            yield "overdue", "advisor"
        yield "overdue", "coordinator"
        yield "overdue", "provider"


def _is_overdue(authorization: AuthorizationRequest, *, now: datetime) -> bool:
    assert authorization.submitted_at  # noqa: S101 (a database constraint sees to it)
    return deadlines.is_overdue(
        received_at=authorization.submitted_at,
        policy=queries.policy_of(authorization),
        now=now,
        pauses=[deadlines.Pause(pause.started_at, pause.ended_at) for pause in queries.pauses(authorization)],
        urgent=authorization.urgent,
    )


def _send(authorization: AuthorizationRequest, level: str, audience: str, *, now: datetime) -> None:
    key = f"{authorization.due_on:%Y%m%d}"
    if audience == "provider":
        lifecycle.record(authorization, "new_date", by=None, at=now)
        messages.tell_provider(authorization, "new_date", key=key, now=now)
    elif audience == "advisor":
        messages.tell_advisor(authorization, f"term_{level}", key=key, now=now)
    else:
        messages.tell_coordinators(authorization, f"term_{level}", key=key, now=now)
