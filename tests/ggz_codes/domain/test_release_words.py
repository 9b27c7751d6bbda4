"""What a release changes, in words."""

import pytest

from ggz_codes.domain.release_terms import NoteKind
from ggz_codes.domain.release_words import note, summary


@pytest.mark.parametrize(
    ("codes", "links", "words"),
    [
        ({}, {}, ""),
        ({"new": 39975}, {"new": 17209}, "Deze uitgave brengt 39.975 nieuwe codes en 17.209 nieuwe relaties."),
        ({"new": 1, "fault": 3, "gap": 2}, {}, "Deze uitgave brengt 1 nieuwe code."),
        ({"text": 1, "price": 1, "other": 1, "cut": 9}, {"other": 1},
         "Deze uitgave brengt 3 gewijzigde codes en 1 gewijzigde relatie."),
        ({"new": 2, "text": 1, "ended": 1, "withdrawn": 1, "link_ended": 1}, {"cut": 1, "ended": 1},
         "Deze uitgave brengt 2 nieuwe codes, 1 gewijzigde code, 1 beëindigde code en 3 beëindigde relaties. "
         "Er vervalt 1 periode."),
        ({"withdrawn": 2}, {}, "Er vervallen 2 perioden."),
    ],
)  # fmt: skip
def test_what_a_release_brings_counted_apart(codes, links, words):
    assert summary(codes, links) == words


@pytest.mark.parametrize(("number", "words"), [("1", "1 regel,"), ("148190", "148.190 regels,")])
def test_how_many_rows_a_table_has_that_is_left(number, words):
    line = note(NoteKind.SKIPPED, about="", value=number, message="", place="BehandelKlassen", before=None)
    assert line.after.startswith(words) and (line.kind, line.code) == ("", "")
