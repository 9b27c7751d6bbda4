"""Finding words in the text of pages."""

import pytest

from authorizations.domain import page_search


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Diagnose: fibromyalgie.", "FIBROMYALGIE", ["fibromyalgie"]),
        ("De patiënt en de patient", "patient", ["patiënt", "patient"]),
        ("chronische\n   pijn", "chronische pijn", ["chronische\n   pijn"]),
        ("aaa", "aa", ["aa"]),
        ("pijn", "p", []),
        ("pijn", "  ", []),
        ("ﬁbromyalgie", "fibro", ["ﬁbro"]),
        ("", "pijn", []),
    ],
)
def test_find(text, term, found):
    assert [text[start:end] for start, end in page_search.find(text, term)] == found
    assert [part.text for part in page_search.marked(text, term) if part.found] == found
    assert "".join(part.text for part in page_search.marked(text, term)) == text


def test_a_hit_shows_whole_words_around_it():
    text = "woord " * 30 + "het doel " + "einde " * 30
    (hit,) = page_search.search([(1, "niets"), (7, text)], "doel")
    assert (hit.number, hit.times) == (7, 1)
    before, found, after = (part.text for part in hit.parts)
    assert found == "doel"
    assert before.startswith("… woord") and before.endswith("het ")
    assert after.startswith(" einde") and after.endswith("einde …")
