"""What may be asked about coulanceverzoeken, and whether one lifted the term of a claim."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain.coulance import COULANCE_OPEN, CoulanceStatus, known_number
from authorizations.models import CoulanceClaim, CoulancePaper, CoulanceRequest
from authorizations.queries.notices import DESK_ROLES, PROVIDER_ROLES, can_tell

__all__ = ["DESK_ROLES", "PROVIDER_ROLES", "can_tell"]


def visible_to(actor: Actor) -> QuerySet[CoulanceRequest]:
    """Return the requests that this person may see: those of the own organisation. An insurer never sees a draft."""
    if actor.is_provider and actor.roles & PROVIDER_ROLES:
        return CoulanceRequest.objects.filter(provider_id=actor.organization_id)
    if actor.is_insurer and actor.roles & DESK_ROLES:
        return CoulanceRequest.objects.filter(insurer_id=actor.organization_id).exclude(status=CoulanceStatus.DRAFT)
    return CoulanceRequest.objects.none()


def asked_by(actor: Actor) -> QuerySet[CoulanceRequest]:
    """Return everything that this provider asked, the newest on top, with its `many` claims."""
    found = visible_to(actor).select_related("insurer", "taken_by").annotate(many=Count("claims"))
    return found.order_by("-begun_at", "-id")


def listed(actor: Actor, *, closed: bool = False) -> QuerySet[Any]:
    """
    Return those that must be decided, the oldest on top, or else those that are done with, the newest on top.

    With `many` claims and their `total`.
    """
    found = visible_to(actor).select_related("provider", "taken_by")
    found = found.annotate(many=Count("claims"), total=Sum("claims__amount", default=Decimal()))
    if closed:
        return found.exclude(status__in=COULANCE_OPEN).order_by("-closed_at", "-id")
    return found.filter(status__in=COULANCE_OPEN).order_by("filed_at", "id")


def whole(actor: Actor) -> QuerySet[CoulanceRequest]:
    """Return the requests that this person may see, with everybody who did something about them."""
    return visible_to(actor).select_related(
        "provider", "insurer", "begun_by", "filed_by", "taken_by", "closed_by", "letter"
    )


def claims_of(coulance: CoulanceRequest) -> QuerySet[CoulanceClaim]:
    """Return the claims that are concerned, as they were named."""
    return CoulanceClaim.objects.filter(coulance=coulance).order_by("id")


def papers_of(coulance: CoulanceRequest) -> QuerySet[CoulancePaper]:
    """Return the documents that show what happened."""
    return CoulancePaper.objects.filter(coulance=coulance).select_related("file").order_by("id")


def paper(actor: Actor, paper_id: int) -> CoulancePaper | None:
    """Return one document of a request that this person may see."""
    found = CoulancePaper.objects.filter(coulance__in=visible_to(actor), pk=paper_id)
    return found.select_related("file", "coulance__provider", "coulance__insurer", "added_by").first()


def takes_not_handed_in(insurer_id: int, *, today: date) -> bool:
    """Return whether this insurer gives coulance for claims that weren't handed in yet: a policy can say no. R-34."""
    versions = queries.policy_versions_on(today).filter(insurer_id=insurer_id)
    return all(queries.policy(version).coulance_not_handed_in for version in versions)


def lifting(*, provider_id: int, insurer_id: int, number: str) -> CoulanceClaim | None:
    """
    Return the claim of a granted coulanceverzoek that lifts the term of the claim with this number; None without one.

    For the check of claim terms: who finds one doesn't refuse for being late. Bron: G-07.
    """
    found = CoulanceClaim.objects.filter(
        number=known_number(number), granted=True, coulance__provider_id=provider_id, coulance__insurer_id=insurer_id
    )
    return found.select_related("coulance").order_by("pk").first()
