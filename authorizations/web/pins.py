"""Marked places as pages show them: the words for them, their picture, and where they lie on the page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from authorizations.domain.pins import Side
from authorizations.domain.terms import DocumentKind
from authorizations.models import Document, EvidencePin
from papers import queries as papers


@dataclass(frozen=True)
class Marked:
    """A place. `box` is its part of the page, for a drawing that shows only that; empty while the page isn't made."""

    pin: EvidencePin
    title: str
    number: str
    url: str
    picture_url: str
    width: int
    height: int
    box: str
    is_older: bool
    is_own: bool

    @property
    def by_provider(self) -> bool:
        """Whether the zorgaanbieder marked it."""
        return self.pin.side == Side.PROVIDER.value

    @property
    def lies(self) -> dict[str, str]:
        """Where it lies on a page of 1 by 1, as a drawing says it: its figures have a point, also in Dutch."""
        pin = self.pin
        return {
            "x": _plain(pin.left),
            "y": _plain(pin.top),
            "width": _plain(pin.right - pin.left),
            "height": _plain(pin.bottom - pin.top),
        }


def marked(
    found: Iterable[EvidencePin],
    numbers: dict[str, str],
    *,
    reference: str,
    side: Side,
    url: Callable[[EvidencePin], str],
) -> list[Marked]:
    """Return these places with all that a page shows of them; a criterion that isn't asked any more is left out."""
    pins = [pin for pin in found if pin.criterion in numbers]
    pages = papers.page_images([(pin.document.file_id, pin.page) for pin in pins])
    shown = []
    for pin in pins:
        page = pages.get((pin.document.file_id, pin.page))
        width, height = (page.width, page.height) if page else (0, 0)
        left, top = int(pin.left * width), int(pin.top * height)
        wide, high = max(1, int(pin.right * width) - left), max(1, int(pin.bottom * height) - top)
        shown.append(
            Marked(
                pin=pin,
                title=title_of(pin.document),
                number=numbers[pin.criterion],
                url=url(pin),
                picture_url=reverse("authorizations:document-page", args=[reference, pin.document_id, pin.page]),
                width=width,
                height=height,
                box=f"{left} {top} {wide} {high}" if page else "",
                is_older=hasattr(pin.document, "replaced_by"),
                is_own=pin.side == side.value,
            )
        )
    return shown


def title_of(document: Document) -> str:
    """Return what a document is."""
    kinds = [DocumentKind(item.kind).label for item in document.items.all()]
    return ", ".join(kinds) or DocumentKind.OVERIG.label


def _plain(part: Decimal) -> str:
    return f"{part:f}"
