"""What a coordinator asks to divide the work: how much everybody has, and what lies with one of them."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import deadlines
from authorizations.models import AuthorizationRequest
from authorizations.queries import absences

SOON = 2
"""So many werkdagen before its last day a request counts as due soon."""


@dataclass(frozen=True)
class Load:
    """What lies open with one person, or with nobody: all, what the insurer must act on, what is late and due soon."""

    user_id: int | None
    name: str
    is_advisor: bool
    away_until: date | None = None
    open: int = 0
    ours: int = 0
    late: int = 0
    soon: int = 0


def loads(actor: Actor, *, today: date) -> list[Load]:
    """
    Return what lies with nobody, then what each medisch adviseur has, by name.

    Who isn't one any more and still has something open is among them: that work waits for a colleague.
    """
    last = deadlines.workdays_after(today, SOON)
    rows = (
        queries.marking_counter_questions(queries.queue(actor))
        .order_by()
        .values("assigned_to_id", "assigned_to__full_name")
        .annotate(
            open=Count("pk"),
            ours=Count("pk", filter=queries.INSURER_ACTS),
            late=Count("pk", filter=Q(due_on__lt=today)),
            soon=Count("pk", filter=Q(due_on__gte=today, due_on__lte=last)),
        )
    )
    advisors = accounts.people_with(actor.organization_id, Role.MEDISCH_ADVISEUR)
    found: dict[int | None, Load] = {None: Load(None, "Niemand", is_advisor=False)}
    away = absences.away_on(actor.organization_id, today)
    found |= {person.pk: Load(person.pk, person.full_name, True, away.get(person.pk)) for person in advisors}
    for row in rows:
        user_id = row["assigned_to_id"]
        load = found.get(user_id) or Load(user_id, row["assigned_to__full_name"], is_advisor=False)
        numbers = {name: row[name] for name in ("open", "ours", "late", "soon")}
        found[user_id] = replace(load, **numbers)
    return sorted(found.values(), key=lambda load: (load.user_id is not None, load.name, load.user_id or 0))


def lying_with(actor: Actor, user_id: int | None) -> QuerySet[AuthorizationRequest]:
    """Return the open requests that this person has, or nobody, as the queue orders them."""
    return queries.marking_counter_questions(queries.queue(actor)).filter(assigned_to=user_id)
