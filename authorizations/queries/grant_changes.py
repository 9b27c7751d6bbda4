"""What may be asked about requests to change a machtiging."""

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain.grant_change import OPEN
from authorizations.models import AuthorizationRequest, Decision, GrantChange


def listed(actor: Actor, *, closed: bool = False) -> QuerySet[GrantChange]:
    """Return those of the own insurer: the open ones, the oldest on top, or else the decided ones."""
    found = GrantChange.objects.filter(authorization__in=queries.visible_to(actor)).select_related(
        "authorization__provider", "authorization__insured"
    )
    if closed:
        return found.exclude(status__in=OPEN).order_by("-closed_at", "-id")
    return found.filter(status__in=OPEN).order_by("filed_at", "id")


def of_request(authorization: AuthorizationRequest) -> list[GrantChange]:
    """Return every request to change the machtiging of this one, the newest first."""
    found = GrantChange.objects.filter(authorization=authorization).select_related("filed_by")
    found = found.prefetch_related("papers__document__file", "letters__letter", "decisions__granted")
    return list(found.order_by("-filed_at", "-id"))


def open_one(authorization: AuthorizationRequest, *, lock: bool = False) -> GrantChange | None:
    """Return the one that awaits its decision, locked until the end of the transaction when that is wanted."""
    found = GrantChange.objects.filter(authorization=authorization, status__in=OPEN)
    return (found.select_for_update(of=("self",)) if lock else found).first()


def proposal(change: GrantChange) -> Decision | None:
    """Return the decision or proposal on this change."""
    found = Decision.objects.filter(change=change, returned_at=None)
    return found.select_related("proposed_by", "confirmed_by").first()
