"""A letter with a mistake: what can be mended in its words, and that what it decides can't."""

import pytest

from authorizations.domain.corrections import Mistake, corrected, obstacles

LETTER = """<div class="address"><dl class="reference"><div><dt>Datum</dt><dd>2 november 2026</dd></div>
<div><dt>Kenmerk</dt><dd>MA-1</dd></div><div><dt>Verzekerde</dt><dd>K. d&#x27;Berg</dd></div></dl></div>
<main>
<h1>Wij kennen de machtiging toe</h1>
<div class="decision"><p><strong>Machtigingsnummer M26</strong><br>De machtiging geldt van 1 december.</p></div>
<p>Voor K. d&#x27;Berg. De code 089 is niet verlengd, maar toegekent. Zie het verslag.</p>
<table class="hours"><tr><td>24</td></tr></table>
<table class="criteria"><tr>
<td><strong>Voldaan.</strong> Het verslag van 24 mei zegt dat, met twaalf uur.</td>
</tr></table>
<h2>Vragen?</h2><p>Bel 088 1234. BIG-nummer 123.</p>
</main>"""
NAME = Mistake("d'Berg", "den Berg & Co")


@pytest.mark.parametrize(
    ("mistakes", "because", "expected"),
    [
        ([NAME], "De naam.", []),
        ([], "De naam.", ["no_mistake"]),
        ([Mistake("", "x")], "De naam.", ["wrong_missing"]),
        ([Mistake("Berg", "Berg")], "De naam.", ["nothing_changes"]),
        ([Mistake("Dael", "Dal")], "De naam.", ["not_found"]),
        ([Mistake("div", "p")], "Een label.", ["not_found"]),  # no part of the markup
        ([Mistake("kennen", "wijzen")], "Het besluit.", ["touches_decision"]),
        ([Mistake("24", "36")], "De uren.", ["touches_decision"]),
        ([Mistake("Voldaan", "Niet voldaan")], "Het oordeel.", ["touches_decision"]),
        ([Mistake("MA-1", "MA-2")], "Het kenmerk.", ["touches_decision"]),
        ([NAME], " ", ["because_missing"]),
        # In the texts: slips yes, what turns the decision around no.
        ([Mistake("toegekent", "toegekend")], "Een letter.", []),
        ([Mistake("het verslag", "het gehele verslag")], "Een woord.", []),
        ([Mistake("088 1234", "088 4321"), Mistake("BIG-nummer 123", "BIG-nummer 321")], "Nummers.", []),
        ([Mistake("toegekent. Zie", "niet toegekend. Zie")], "code", ["touches_decision"]),
        ([Mistake("is niet verlengd", "is verlengd")], "x", ["touches_decision"]),
        ([Mistake("is niet verlengd", "is verlengd, niet")], "x", ["touches_decision"]),  # the same words, elsewhere
        ([Mistake("toegekent", "alleen toegekend")], "x", ["touches_decision"]),
        ([Mistake("gekent", "wezen")], "x", ["touches_decision"]),  # a part of a word
        ([Mistake("089", "088")], "De code.", ["touches_decision"]),
        ([Mistake("24 mei", "24 juni")], "De maand.", ["touches_decision"]),
        ([Mistake("twaalf", "dertien")], "De uren.", ["touches_decision"]),
        (
            [Mistake("verslag", "qq"), Mistake("verslag", "x"), Mistake("zegt dat", "niet zo")],
            "x",
            ["touches_decision"],
        ),
        ([Mistake("Zie", "Een heel andere zin met wat meer woorden erin")], "x", ["too_much"]),
    ],
)
def test_what_stands_in_the_way(mistakes, because, expected):
    assert [one.code for one in obstacles([LETTER], mistakes, because)] == expected


def test_the_new_letter_says_which_it_replaces_and_nothing_else_changes():
    first = corrected(LETTER, [NAME], because="De <naam>", replaces="2 november 2026", today="3 november 2026")
    notice = (
        '<div class="replaces"><p>Deze brief vervangt de brief van 2 november 2026. '
        "Wat er is verbeterd: De &lt;naam&gt;. Het besluit is niet veranderd.</p></div>\n"
    )
    assert notice in first
    assert first.count("den Berg &amp; Co") == 2
    back = corrected(
        first,
        [Mistake("den Berg & Co", "d'Berg")],
        because="Toch.",
        replaces="3 november 2026",
        today="2 november 2026",
    )
    assert back.count("vervangt de brief van") == 1
    assert back.replace('<div class="replaces">', "|").partition("|")[0] == LETTER.partition("<h1>")[0]
