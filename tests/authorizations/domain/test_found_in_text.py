"""What the text of a document says of itself, as it comes out of a PDF or a scan."""

from datetime import date

import pytest

from authorizations.domain import found_in_text as rules
from authorizations.domain.found_in_text import Found
from authorizations.domain.terms import Feature, FeatureAnswer


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("BIG-nummer 89012345601", "89012345601"),
        ("BIG-registratienummer: 8901 2345 601", "89012345601"),
        ("big nr. 89.012.345.601", "89012345601"),
        ("BIG 890123456012", ""),  # twelve digits are no BIG number
        ("Telefoon 89012345601", ""),  # nobody calls it one
        ("AGB 01234567, BIG: 19012345601", "19012345601"),
        ("", ""),
    ],
)
def test_big_number(text, number):
    assert rules.big_number(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Rotterdam, 3 november 2026", "2026-11-03"),
        ("Datum: 03-11-2026", "2026-11-03"),
        ("3/11/2026", "2026-11-03"),
        ("geboren 1-2-1981, gezien op 4 oktober 2026", "2026-10-04"),
        ("Geb.datum: 01-02-1981", ""),
        ("Gezien op 1-10-2026. Datum: 5-10-2026", "2026-10-05"),  # the one that is called so
        ("31-02-2026", ""),
        ("12-13-2026", ""),
        ("1-2-1899", ""),
    ],
)
def test_dated(text, day):
    assert rules.dated(text) == day


@pytest.mark.parametrize(
    ("text", "profession"),
    [
        ("Met vriendelijke groet,\nDr. R. de Wit\nRevalidatiearts", "revalidatiearts"),
        ("Geachte huisarts,\nHoogachtend\nA. Bos, GZ-psycholoog", "gz-psycholoog"),  # who signs, not who gets it
        ("Verslag van de fysiotherapeut", "fysiotherapeut"),
        ("Zonder beroep", ""),
    ],
)
def test_profession(text, profession):
    assert rules.profession(text) == profession


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("Tekst\n\nMet vriendelijke groet,\n\nDr. R. de Wit\nrevalidatiearts", "Dr. R. de Wit\nrevalidatiearts"),
        ("Digitaal ondertekend door: A. Bos", "A. Bos"),
        ("w.g. A. Bos", "A. Bos"),
        ("Met vriendelijke groet,", ""),  # nobody's name stands under it
        ("De patiënt heeft ondertekend bij de balie", ""),
    ],
)
def test_signed(text, signed):
    assert rules.signed(text) == signed


def test_of_each_feature_the_first_page():
    pages = [(1, "Rotterdam, 3 november 2026"), (2, "BIG 89012345601"), (3, "Hoogachtend,\nA. Bos\nhuisarts")]
    assert [(one.feature, one.page) for one in rules.look(pages)] == [
        (Feature.BIG_NUMBER, 2),
        (Feature.DATED, 1),
        (Feature.PROFESSION, 3),
        (Feature.SIGNED, 3),
    ]


@pytest.mark.parametrize(
    ("features", "dated_on", "big", "said"),
    [
        ({}, None, "", []),
        ({Feature.BIG_NUMBER: FeatureAnswer.YES}, date(2026, 11, 3), "89012345601", []),
        ({Feature.BIG_NUMBER: FeatureAnswer.NO}, None, "", ["BIG-nummer: ingevuld is “nee”"]),
        (
            {},
            date(2026, 11, 4),
            "",
            ["Datum: ingevuld is 4 november 2026, maar wij lezen op pagina 1: 3 november 2026."],
        ),
        ({}, None, "89012345611", ["Dat scheelt 1 of 2 cijfers."]),
        ({}, None, "19065432101", []),  # somebody else's
    ],
)
def test_contradictions(features, dated_on, big, said):
    found = [Found(Feature.BIG_NUMBER, "89012345601", 2), Found(Feature.DATED, "2026-11-03", 1)]
    told = rules.contradictions(found, features, dated_on, big)
    assert len(told) == len(said)
    assert all(words in one for one, words in zip(told, said, strict=True))
