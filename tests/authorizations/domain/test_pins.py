"""Places in documents: a part of a page, and how a letter names them."""

from decimal import Decimal

import pytest

from authorizations.domain import pins
from authorizations.domain.pins import Part, Place, Region


def region(*parts: str) -> Region:
    return Region(*map(Decimal, parts))


@pytest.mark.parametrize(
    ("part", "drawn", "expected"),
    [
        (Part.WHOLE, "", region("0", "0", "1", "1")),
        (Part.TOP, "0.1,0.1,0.2,0.2", region("0", "0", "1", "0.3333")),
        (Part.DRAWN, "0.1,0.2,0.5,0.25", region("0.1", "0.2", "0.5", "0.25")),
        (Part.DRAWN, "0.5,0.25,0.1,0.2", region("0.1", "0.2", "0.5", "0.25")),  # from the other corner
        (Part.DRAWN, "-3,0.9,7,2", region("0", "0.9", "1", "1")),  # over the edge
        (Part.DRAWN, "0.5,0.5,0.5,0.5", region("0.5", "0.5", "0.51", "0.51")),  # a click
        (Part.DRAWN, "1,1,1,1", region("0.99", "0.99", "1", "1")),
    ],
)
def test_region(part, drawn, expected):
    assert pins.region(part, drawn) == expected


@pytest.mark.parametrize("drawn", ["", "0.1,0.2", "a,b,c,d", "1,2,3,4,5", "NaN,0,1,1"])
def test_what_was_not_drawn_is_no_region(drawn):
    with pytest.raises(ValueError, match="Teken een vak op de pagina"):
        pins.region(Part.DRAWN, drawn)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part.WHOLE, "hele pagina"),
        (Part.TOP, "bovenaan"),
        (Part.MIDDLE, "in het midden"),
        (Part.BOTTOM, "onderaan"),
    ],
)
def test_where_it_is_in_words(part, words):
    assert pins.REGIONS[part].words == words


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], ()),
        ([("Verslag", 3)], ("Verslag, bladzijde 3",)),
        ([("Verslag", 5), ("Brief", 1), ("Verslag", 3)], ("Verslag, bladzijde 3 en 5", "Brief, bladzijde 1")),
        ([("Verslag", 1), ("Verslag", 12), ("Verslag", 2)], ("Verslag, bladzijde 1, 2 en 12",)),
    ],
)
def test_cited(places, expected):
    assert pins.cited(Place(*place) for place in places) == expected
