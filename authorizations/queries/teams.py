"""What may be asked about groups of colleagues."""

from django.db.models import Count, Q, QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain.lifecycle import OPEN
from authorizations.models import Team, TeamMember


def teams(actor: Actor) -> QuerySet[Team]:
    """Return the groups of the own insurer in the order in which they are tried, each with how much lies there."""
    lying = Count("requests", filter=Q(requests__status__in=OPEN))
    found = Team.objects.filter(insurer_id=actor.organization_id).select_related("provider")
    return found.prefetch_related("members").annotate(open=lying).order_by("place", "pk")


def own(actor: Actor) -> QuerySet[TeamMember]:
    """
    Return the groups that this person works in here, as rows to look in.

    Who sees no content gets none that routes on indication: what lies there would say what somebody has.
    """
    found = TeamMember.objects.filter(user_id=actor.user_id, team__insurer_id=actor.organization_id)
    return found if queries.can_see_content(actor) else found.filter(team__indication="")
