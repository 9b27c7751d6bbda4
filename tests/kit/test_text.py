"""What may stand in a text."""

import pytest
from django.http import QueryDict

from kit import text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("e\u0301e\u0301n", "één"),
        ("links\u202erechts\u2066\u200f", "linksrechts"),
        ("\ufeffbegin", "begin"),
        ("👩🏽‍⚕️ <b>", "👩🏽‍⚕️ <b>"),
    ],
)
def test_tidy_keeps_what_people_see(given, expected):
    assert text.tidy(given) == expected


@pytest.mark.parametrize(
    ("given", "before"),
    [
        ("alles goed\nregel\ttwee 👍", None),
        ("\x00", ""),
        ("hij loopt nu weer goed\x00", "nu weer goed"),
        ("bel\x07", "bel"),
        ("half\ud800", "half"),
    ],
)
def test_unreadable_tells_where(given, before):
    assert text.unreadable(given) == before


def test_typed_can_be_kept_and_given_back():
    posted = QueryDict(mutable=True)
    posted.setlist("soort", ["a", "b\x00"])
    posted["csrfmiddlewaretoken"] = "geheim"
    assert text.typed(posted) == {"soort": ["a", "b"]}


@pytest.mark.parametrize(
    ("place", "cited"),
    [
        ("S1: machtiging, 3", "a.s.r., Zorg 2020: machtiging, 3"),
        ("S1: machtiging; R-38", "a.s.r., Zorg 2020: machtiging"),
        ("S1 noemt geen codes", "a.s.r., Zorg 2020 noemt geen codes"),
        ("R-38", "keuze van dit portaal"),
        ("niet uit een bron", "niet uit een bron"),
    ],
)
def test_a_source_is_named_by_its_title(place, cited):
    assert text.cited(place, "S1: a.s.r., Zorg 2020") == cited
