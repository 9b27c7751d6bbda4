"""What you can ask about what was read in documents."""

from collections.abc import Iterable

from django.db.models import QuerySet

from authorizations.models import Document, DocumentReading


def to_look_through() -> QuerySet[Document]:
    """Return the documents of which the text was read and that were not looked through yet, the oldest first."""
    return Document.objects.filter(
        file__read_at__isnull=False, file__keeps_text=True, reading=None, removed_at=None
    ).order_by("pk")


def readings_of(documents: Iterable[Document]) -> QuerySet[DocumentReading]:
    """Return what was read in these documents, with what people answered."""
    return DocumentReading.objects.filter(document__in=list(documents)).prefetch_related("answers").order_by("pk")
