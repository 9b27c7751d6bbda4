"""Who isn't there, and what lies with them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Max, QuerySet

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations.domain import deadlines
from authorizations.domain.absence import Holder, what_returns
from authorizations.domain.lifecycle import OPEN, Status
from authorizations.models import Absence, AuthorizationRequest

RETURNS_IN = OPEN - {Status.SECOND_REVIEW}
"""What lies with a second advisor is for any other one to take up already."""


def absences(actor: Actor, *, today: date) -> QuerySet[Absence]:
    """Return when colleagues are away from today on, in order; whoever isn't a coordinator reads only the own."""
    found = Absence.objects.filter(organization_id=actor.organization_id, last_day__gte=today)
    if not actor.has(Role.COORDINATOR):
        found = found.filter(user_id=actor.user_id)
    return found.select_related("user", "noted_by")


def away_on(organization_id: int, day: date) -> dict[int, date]:
    """Return who is away on this day, and the last day of each; days that follow on without a gap count on."""
    found: dict[int, date] = {}
    coming = Absence.objects.filter(organization_id=organization_id, last_day__gte=day).order_by("first_day")
    for absence in coming:
        before = found.get(absence.user_id)
        starts = day if before is None else deadlines.next_workday(before)
        if absence.first_day <= starts:
            found[absence.user_id] = absence.last_day
    return found


def comes_back_at_once(organization_id: int, user_id: int, due_on: date | None, *, today: date) -> date | None:
    """Return the last day away of this person when work that is due on this day can't wait for it. Bron: feature 43."""
    away_until = away_on(organization_id, today).get(user_id)
    back = what_returns(Holder(True, away_until, today), today=today)
    return away_until if back and back.due_until and due_on and due_on <= back.due_until else None


def holders(*, today: date) -> Iterator[tuple[int, int, Holder]]:
    """Yield whoever has open work, per insurer: insurer, person, and what is known about their being there."""
    lying = (
        AuthorizationRequest.objects.filter(status__in=RETURNS_IN, assigned_to__isnull=False)
        .order_by()
        .values("insurer_id", "assigned_to_id", seen=F("assigned_to__last_login"))
        .annotate(given=Max("assigned_at"))
    )
    insurers: dict[int, tuple[set[int], dict[int, date]]] = {}
    for row in lying:
        insurer_id, user_id = row["insurer_id"], row["assigned_to_id"]
        if insurer_id not in insurers:
            advisors = accounts.people_with(insurer_id, Role.MEDISCH_ADVISEUR)
            insurers[insurer_id] = set(advisors.values_list("pk", flat=True)), away_on(insurer_id, today)
        advisors_here, away = insurers[insurer_id]
        last = max(moment for moment in (row["seen"], row["given"]) if moment)
        seen = last.astimezone(deadlines.AMSTERDAM).date()
        yield insurer_id, user_id, Holder(user_id in advisors_here, away.get(user_id), seen)


def lying_with(insurer_id: int, user_id: int, *, due_until: date | None) -> QuerySet[AuthorizationRequest]:
    """Return what this person has here and is due by then, or all of it; the least time left first."""
    lying = AuthorizationRequest.objects.filter(
        insurer_id=insurer_id, assigned_to_id=user_id, status__in=RETURNS_IN
    ).order_by("due_on", "id")
    return lying.filter(due_on__lte=due_until) if due_until else lying
