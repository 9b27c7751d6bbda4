"""Claims that must still be handed in, and for which of them coulance lifts the term."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations.models import CoulanceClaim, Declaration
from authorizations.queries import coulance
from authorizations.queries import declarations as found


def to_hand_in(actor: Actor, *, until: date | None = None) -> QuerySet[Declaration]:
    """Return the open claims with a last day, at most `until`, the first to be late on top; an index finds them."""
    due = found.visible_to(actor).filter(handed_in_on=None, last_day__isnull=False)
    if until:
        due = due.filter(last_day__lte=until)
    return due.select_related("insurer", "zorgtraject__insured").order_by("last_day", "id")


def lifted(claims: Collection[Declaration]) -> dict[int, str]:
    """Return by which coulanceverzoek the term of these claims is lifted, by the claim. Bron: G-07."""
    granted = CoulanceClaim.objects.filter(number__in={one.number for one in claims}, granted=True)
    columns = ("coulance__provider_id", "coulance__insurer_id", "number", "coulance__reference")
    known = {tuple(key): reference for *key, reference in granted.order_by("-pk").values_list(*columns)}
    by = {one.pk: known.get((one.provider_id, one.insurer_id, one.number)) for one in claims}
    return {claim_id: reference for claim_id, reference in by.items() if reference}


def lifted_by(claim: Declaration) -> str:
    """Return by which coulanceverzoek the term of this claim is lifted, empty without one. Bron: G-07."""
    one = coulance.lifting(provider_id=claim.provider_id, insurer_id=claim.insurer_id, number=claim.number)
    return one.coulance.reference if one else ""
