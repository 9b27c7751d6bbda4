"""What else runs for the same insured in the period that a request asks for, at whatever provider."""

from django.db.models import Q, QuerySet, Subquery

from authorizations.domain import kinds
from authorizations.domain.lifecycle import OPEN
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest, Grant, Insured


def overlaps(authorization: AuthorizationRequest) -> Q:
    """Return the condition that another request is planned in this one's period; an unknown day overlaps with any."""
    found = Q()
    if authorization.planned_end_on:
        found &= Q(planned_start_on=None) | Q(planned_start_on__lte=authorization.planned_end_on)
    if authorization.planned_start_on:
        found &= Q(planned_end_on=None) | Q(planned_end_on__gte=authorization.planned_start_on)
    return found


def requests_beside(authorization: AuthorizationRequest) -> QuerySet[AuthorizationRequest]:
    """
    Return the other open requests at this insurer for the same insured and sort of care in an overlapping period.

    Bron: features.md row 8.
    """
    beside = AuthorizationRequest.objects.filter(
        _same_care(authorization), overlaps(authorization), status__in=OPEN
    ).exclude(pk=authorization.pk)
    return beside.select_related("provider").order_by("submitted_at", "id")


def grants_beside(authorization: AuthorizationRequest) -> QuerySet[Grant]:
    """
    Return the machtigingen of this insurer for the same insured and sort of care that hold in the period asked for.

    Bron: features.md row 8.
    """
    asked = AuthorizationRequest.objects.filter(_same_care(authorization)).exclude(pk=authorization.pk)
    beside = Grant.objects.filter(authorization__in=asked, replaced_by=None)
    if authorization.planned_end_on:
        beside = beside.filter(starts_on__lte=authorization.planned_end_on)
    if authorization.planned_start_on:
        beside = beside.filter(ends_on__gte=authorization.planned_start_on)
    return beside.select_related("authorization__provider").order_by("starts_on", "id")


def _same_care(authorization: AuthorizationRequest) -> Q:
    kind = Kind(authorization.kind)
    alike = kinds.IN_SUBTRAJECTS if kind in kinds.IN_SUBTRAJECTS else (kind,)
    same = Subquery(Insured.objects.filter(authorization=authorization.pk).values("bsn_hash"))
    return Q(insurer_id=authorization.insurer_id, kind__in=alike, insured__bsn_hash=same) & ~Q(insured__bsn_hash="")
