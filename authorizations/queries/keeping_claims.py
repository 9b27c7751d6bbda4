"""
What may be asked about how long claims and coulanceverzoeken are kept.

Neither falls under one version of a policy: the longest term that any policy of the insurer asks is theirs, so that
nothing goes a day early; without a policy nothing goes. Bron: R-39.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from authorizations import queries
from authorizations.domain import policy as policies
from authorizations.domain import references
from authorizations.domain.coulance import CoulanceStatus
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.retention import Kept, longest
from authorizations.models import (
    AuthorizationRequest,
    CoulanceClaim,
    CoulancePaper,
    CoulanceRequest,
    Declaration,
    Grant,
    PolicyVersion,
    Subtraject,
)


def limits_of_insurers() -> dict[int, policies.Limits]:
    """Return how long each insurer with a policy keeps what falls under no version of it."""
    found: dict[int, list[policies.Limits]] = {}
    for version in PolicyVersion.objects.filter(insurer__isnull=False).order_by("pk"):
        if version.insurer_id:
            found.setdefault(version.insurer_id, []).append(queries.policy(version).limits)
    return {insurer_id: longest(limits) for insurer_id, limits in found.items()}


# -- coulance --------------------------------------------------------------------------------------------------------


def coulance_kept_longest(
    insurer_id: int, kept: Kept, limits: policies.Limits, *, today: date
) -> QuerySet[CoulanceRequest]:
    """Return the coulanceverzoeken of which data of this class may have been kept long enough."""
    found = CoulanceRequest.objects.filter(insurer_id=insurer_id).select_related("provider", "insurer").order_by("pk")
    if kept is Kept.DRAFT:
        before = today - timedelta(days=limits.draft_kept_days)
        touched = Coalesce("edited_at", "begun_at")
        return found.annotate(touched=touched).filter(status=CoulanceStatus.DRAFT.value, touched__date__lte=before)
    years = limits.files_kept_years if kept is Kept.FILES else limits.decision_kept_years
    found = found.filter(closed_at__date__lte=today - timedelta(days=365 * years))
    if kept is Kept.FILES:
        return found.filter(Exists(CoulancePaper.objects.filter(coulance=OuterRef("pk"))))
    named = CoulanceClaim.objects.filter(coulance=OuterRef(OuterRef("pk"))).values("number")
    still_open = Declaration.objects.filter(
        provider_id=OuterRef("provider_id"), insurer_id=OuterRef("insurer_id"), number__in=named, handed_in_on=None
    )
    return found.filter(~Exists(still_open))


def coulance_counted_from(coulance: CoulanceRequest) -> date:
    """Return the day that its term counts from: its decision, or of a draft the last time that somebody touched it."""
    moment = coulance.closed_at or coulance.edited_at or coulance.begun_at
    return moment.astimezone(AMSTERDAM).date()


# -- claims ----------------------------------------------------------------------------------------------------------


def claims_kept_longest(insurer_id: int, limits: policies.Limits, *, today: date, after: int) -> QuerySet[Declaration]:
    """
    Return the claims after this one that may have been kept long enough: handed in, and of nothing that is kept.

    The machtiging that a claim names is looked up apart (`without_dossier`): people write its number in several ways.
    """
    under = Subtraject.objects.filter(zorgtraject_id=OuterRef("zorgtraject_id"), granted__isnull=False)
    lenient = CoulanceClaim.objects.filter(
        number=OuterRef("number"),
        coulance__provider_id=OuterRef("provider_id"),
        coulance__insurer_id=OuterRef("insurer_id"),
    )
    before = today - timedelta(days=365 * limits.decision_kept_years)
    return (
        Declaration.objects.filter(~Exists(under), ~Exists(lenient), insurer_id=insurer_id, pk__gt=after)
        .annotate(ended=Coalesce("answered_on", "handed_in_on"))
        .filter(handed_in_on__isnull=False, ended__lte=before)
        .select_related("provider")
        .order_by("pk")
    )


def ended_on(claim: Declaration) -> date:
    """Return the day that the term of a claim that was handed in counts from."""
    day = claim.answered_on or claim.handed_in_on
    assert day  # noqa: S101  # what is open isn't asked for
    return day


def without_dossier(claims: Collection[Declaration]) -> list[Declaration]:
    """Return those of which the machtiging that they name isn't kept here, or no longer."""
    numbers = {references.normalise(one.machtigingsnummer) for one in claims if one.machtigingsnummer}
    if not numbers:
        return list(claims)
    kept = {
        *Grant.objects.filter(number__in=numbers).values_list("authorization__provider_id", "number"),
        *AuthorizationRequest.objects.filter(reference__in=numbers).values_list("provider_id", "reference"),
    }
    return [one for one in claims if (one.provider_id, references.normalise(one.machtigingsnummer)) not in kept]
