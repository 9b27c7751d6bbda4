"""How much waits of what is asked after a decision: heroverwegingen, and changes of a machtiging."""

from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Value

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import grant_change, heroverweging
from authorizations.domain.grant_change import ChangeStatus
from authorizations.models import Decision, GrantChange, Heroverweging


@dataclass(frozen=True)
class Waiting:
    """Heroverwegingen, changes, and of those changes how many wait for a second opinion."""

    heroverwegingen: int
    changes: int
    second: int


def waiting(actor: Actor) -> Waiting:
    """
    Return how much waits for this person, in one query; for who only watches over the work: how much is open.

    A medisch adviseur doesn't count what a colleague has, nor what he or she proposed or decided: another judges that
    (R-19).
    """
    theirs, own = Q(), Exists(Decision.objects.none())
    if actor.has(Role.MEDISCH_ADVISEUR):
        decided = Q(decided_first=actor.user_id) | Q(confirmed_first=actor.user_id)
        theirs = Q(assigned_to=actor.user_id) | (Q(assigned_to=None) & ~decided)
        proposed = Decision.objects.filter(change=OuterRef("pk"), returned_at=None, proposed_by=actor.user_id)
        own = Exists(proposed)
    here = queries.visible_to(actor).order_by()
    asked = Heroverweging.objects.filter(theirs, authorization__in=here, status__in=heroverweging.OPEN).order_by()
    changes = GrantChange.objects.filter(~own, authorization__in=here, status__in=grant_change.OPEN).order_by()
    found = (
        asked.values(what=Value("heroverweging", output_field=CharField()))
        .annotate(number=Count("pk"))
        .union(changes.values(what=F("status")).annotate(number=Count("pk")), all=True)
    )
    numbers = {row["what"]: row["number"] for row in found}
    second = numbers.get(ChangeStatus.PROPOSED, 0)
    return Waiting(numbers.get("heroverweging", 0), numbers.get(ChangeStatus.FILED, 0) + second, second)
