"""What may be asked about notices of an omzetplafond. It holds nothing of any insured."""

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.notices import CEILING_OPEN
from authorizations.models import CeilingNotice

PROVIDER_ROLES = frozenset({Role.LEZER, Role.INDIENER, Role.BEHANDELAAR, Role.ORGANISATIEBEHEERDER})
DESK_ROLES = frozenset({Role.MEDEWERKER, Role.COORDINATOR})
"""Who at the insurer handles what isn't medical."""


def visible_to(actor: Actor) -> QuerySet[CeilingNotice]:
    """Return the notices that this person may see: those of the own organisation."""
    if actor.is_provider and actor.roles & PROVIDER_ROLES:
        return CeilingNotice.objects.filter(provider_id=actor.organization_id)
    if actor.is_insurer and actor.roles & DESK_ROLES:
        return CeilingNotice.objects.filter(insurer_id=actor.organization_id)
    return CeilingNotice.objects.none()


def listed(actor: Actor, *, closed: bool = False) -> QuerySet[CeilingNotice]:
    """Return those that are open, the oldest on top, or else those that are done with, the newest on top."""
    found = visible_to(actor).select_related("provider", "insurer", "taken_by")
    if closed:
        return found.exclude(status__in=CEILING_OPEN).order_by("-closed_at", "-id")
    return found.filter(status__in=CEILING_OPEN).order_by("filed_at", "id")


def told_by(actor: Actor) -> QuerySet[CeilingNotice]:
    """Return everything that this provider told, the newest on top."""
    return visible_to(actor).select_related("insurer", "taken_by").order_by("-filed_at", "-id")


def whole(actor: Actor) -> QuerySet[CeilingNotice]:
    """Return the notices that this person may see, with everybody who did something about them."""
    return visible_to(actor).select_related("provider", "insurer", "filed_by", "taken_by", "answered_by", "closed_by")


def can_tell(actor: Actor) -> bool:
    """Tell whether this person may file a notice."""
    return actor.is_provider and bool(actor.roles & queries.FILING_ROLES)
