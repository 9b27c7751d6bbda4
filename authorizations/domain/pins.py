"""
Places in documents that show that a criterion is met, or isn't: a page, a part of it, and how a letter names them.

Bron: features.md, "What none of them has", 4 (evidence pinned to criteria; the letter cites the pins).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kit.terms import Term

FINE = Decimal("0.0001")
SMALLEST = Decimal("0.01")
"""A part of a page is at least a hundredth of it wide and high: a click without a drag still shows something."""
MOST = 200
"""So many places one side marks in the documents of one request."""
THIRD = Decimal("0.3333")


class Side(Term):
    """Who marked a place: the provider says "here it stands", the insurer what the judgement rests on."""

    PROVIDER = "provider", "Zorgaanbieder"
    INSURER = "insurer", "Verzekeraar"


class Part(Term):
    """A part of a page that can be chosen without drawing: by keyboard, by voice, and without a script."""

    WHOLE = "whole", "Hele pagina"
    TOP = "top", "Bovenste deel"
    MIDDLE = "middle", "Middelste deel"
    BOTTOM = "bottom", "Onderste deel"
    DRAWN = "drawn", "Wat u op de pagina tekende"


@dataclass(frozen=True)
class Region:
    """A part of a page, measured from its left upper corner as it came in, in fractions of its width and height."""

    left: Decimal
    top: Decimal
    right: Decimal
    bottom: Decimal

    @property
    def words(self) -> str:
        """Say where it is."""
        if self.bottom - self.top > 2 * THIRD:
            return "hele pagina"
        middle = (self.top + self.bottom) / 2
        return "bovenaan" if middle < THIRD else "onderaan" if middle > 1 - THIRD else "in het midden"


REGIONS = {
    Part.WHOLE: Region(Decimal(0), Decimal(0), Decimal(1), Decimal(1)),
    Part.TOP: Region(Decimal(0), Decimal(0), Decimal(1), THIRD),
    Part.MIDDLE: Region(Decimal(0), THIRD, Decimal(1), 1 - THIRD),
    Part.BOTTOM: Region(Decimal(0), 1 - THIRD, Decimal(1), Decimal(1)),
}


def region(part: Part, drawn: str) -> Region:
    """
    Return the part of the page that was chosen, or that was drawn as "left,top,right,bottom".

    What was drawn over the edge ends at the edge, from whichever corner it began.

    :raises ValueError: when it was to be drawn and wasn't
    """
    if part is not Part.DRAWN:
        return REGIONS[part]
    try:
        corners = [min(max(Decimal(one), Decimal(0)), Decimal(1)) for one in drawn.split(",")]
        left, top, right, bottom = corners
    except (InvalidOperation, ValueError):
        raise ValueError("Teken een vak op de pagina, of kies een deel van de pagina.") from None
    left, right = _apart(left, right)
    top, bottom = _apart(top, bottom)
    return Region(left, top, right, bottom)


def _apart(one: Decimal, other: Decimal) -> tuple[Decimal, Decimal]:
    low, high = sorted((one.quantize(FINE), other.quantize(FINE)))
    if high - low < SMALLEST:
        low = min(low, 1 - SMALLEST)
        high = low + SMALLEST
    return low, high


@dataclass(frozen=True)
class Place:
    """A page of a document, as a letter names it."""

    document: str
    page: int


def cited(places: Iterable[Place]) -> tuple[str, ...]:
    """Return what a letter says of these places: per document its pages, in the order in which documents are met."""
    pages: dict[str, set[int]] = {}
    for place in places:
        pages.setdefault(place.document, set()).add(place.page)
    return tuple(f"{document}, bladzijde {_listed(sorted(numbers))}" for document, numbers in pages.items())


def _listed(numbers: list[int]) -> str:
    *rest, last = map(str, numbers)
    return f"{', '.join(rest)} en {last}" if rest else last
