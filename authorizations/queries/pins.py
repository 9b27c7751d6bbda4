"""What you can ask about places that are marked in documents."""

from django.db.models import QuerySet

from authorizations.models import AuthorizationRequest, EvidencePin


def pins_of(authorization: AuthorizationRequest) -> QuerySet[EvidencePin]:
    """Return every place that is marked in the documents of a request, older versions too; not in what was removed."""
    return (
        EvidencePin.objects.filter(document__authorization=authorization, document__removed_at=None)
        .select_related("document__file", "document__replaced_by", "made_by")
        .prefetch_related("document__items")
        .order_by("document__added_at", "document_id", "page", "top", "left", "id")
    )
