"""
The two codes that may be declared once without machtiging, as they were declared: per insured, by this institution.

Bron: R-03; Z-25 to Z-27; codes.md section 7 (per insured and institution, without a limit in time).
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.domain.actors import Actor
from authorizations.domain import exemption
from authorizations.models import Declaration
from authorizations.queries import declarations as found

WHO = Coalesce("zorgtraject__insured__bsn_hash", "bsn_hash")


def exempt(claims: QuerySet[Declaration]) -> QuerySet[Declaration]:
    """Return those of the exempt codes that were handed in for an intake without machtiging."""
    return claims.filter(code__in=exemption.CODES, machtigingsnummer="", at_intake=True, handed_in_on__isnull=False)


def _for(insured: Collection[str]) -> Q:
    return Q(zorgtraject__insured__bsn_hash__in=insured) | Q(bsn_hash__in=insured)


def per_insured(actor: Actor) -> QuerySet[Any]:
    """Return for whom the exempt codes were declared, and how often; the most often on top."""
    used = exempt(found.visible_to(actor)).annotate(who=WHO).exclude(who="")
    return used.values("who").annotate(many=Count("pk")).order_by("-many", "who")


def of_insured(actor: Actor, insured: Collection[str]) -> dict[str, list[Declaration]]:
    """Return those claims of each of these insured, the first on top."""
    rows = exempt(found.visible_to(actor)).filter(_for(insured))
    by_who: dict[str, list[Declaration]] = {who: [] for who in insured}
    for row in rows.select_related("insurer", "zorgtraject__insured").order_by("handed_in_on", "pk"):
        by_who[row.insured_hash].append(row)
    return by_who


def of_nobody(actor: Actor) -> int:
    """Return how many of those claims say nothing of for whom they are: nobody can count these."""
    return exempt(found.visible_to(actor)).filter(zorgtraject=None, bsn_hash="").count()


def used_before(claim: Declaration) -> list[str]:
    """Return the exempt codes that this institution declared before this claim for the same insured."""
    if not claim.insured_hash:
        return []
    same = Declaration.objects.filter(provider_id=claim.provider_id).exclude(pk=claim.pk)
    before = exempt(same).filter(_for([claim.insured_hash]))
    if claim.handed_in_on:
        before = before.filter(handed_in_on__lte=claim.handed_in_on)
    return list(before.order_by("pk").values_list("code", flat=True))
