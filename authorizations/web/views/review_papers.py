"""How a document stands in the list of the reviewer: what it is, and what to look at."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from authorizations.domain.terms import DocumentKind, Origin
from authorizations.models import Document
from papers.domain.states import FileState


@dataclass(frozen=True)
class Paper:
    """A document in the list."""

    number: int
    document: Document
    title: str
    meta: str
    flags: tuple[str, ...]
    url: str
    is_current: bool


def title_of(document: Document) -> str:
    """Return what a document is, in the order of the checklist."""
    kinds = [DocumentKind(item.kind) for item in document.items.all()]
    return ", ".join(kind.label for kind in kinds) or DocumentKind.OVERIG.label


def meta(document: Document) -> str:
    """Return how many pages it has, and its date."""
    pages = f"{document.file.page_count} pag., " if document.file.page_count else ""
    day = document.dated_on or timezone.localdate(document.added_at)
    return f"{pages}{day:%-d-%-m-%Y}"


def flags(document: Document) -> Iterable[str]:
    """Return what is to be looked at: how it came in, and what it lacks. Bron: Z-21, Z-30; R-31."""
    if not document.file.is_clean:
        yield FileState(document.file.state).label
    if document.origin == Origin.OWN_INITIATIVE:
        yield "Op eigen initiatief"
    if document.origin == Origin.ON_REQUEST and document.question:
        yield f"Op verzoek, vraag {document.question.number}"
    if document.origin != Origin.FILING and not document.verdict:
        yield "Nieuw"
    if document.replaces_id:
        yield "Nieuwe versie"
    yield from (f"Geen: {feature.label.lower()}" for feature in document.lacking)
