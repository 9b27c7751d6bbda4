"""Fields read what people write, and say what to do when they can't."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kit import fields


def refusal(field, value) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    "typed",
    [
        ["31", "1", "2020"],
        ["31", "jan", "2020"],
        [" 31 ", "Januari", "2020 "],
        ["31", "jan.", "2020"],
        ["2020-01-31", "", ""],
        ["31-01-2020", "", ""],
        ["31-1-2020", "", ""],
        ["20200131", "", ""],
        ["31 januari 2020", "", ""],
        ["31\u200e januari 2020", "", ""],
    ],
)
def test_a_date_in_every_way_it_is_written(typed):
    """Bron: R-40."""
    assert fields.DateField().clean(typed) == date(2020, 1, 31)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["31", "november", "2026"], "bestaande datum"),
        (["31/01/2020", "", ""], "bestaande datum"),
        (["0", "0", "0000"], "bestaande datum"),
        (["१", "1", "2020"], "bestaande datum"),
        (["1\x00", "x", "2020"], "bestaande datum"),
        (["1", "janvier", "2020"], "bestaande datum"),
        (["1", "1", "26"], "4 cijfers"),
        (["1", "1", "0026"], "van 1900 tot en met 2199"),
        (["", "1", "2020"], "Vul ook de dag in."),
        (["1", "", "2020"], "Vul ook de maand in."),
        (["1", "1", ""], "Vul ook het jaar in."),
        (["1" * 500, "1", "2020"], "bestaande datum"),
    ],
)
def test_an_impossible_date_says_why(typed, message):
    assert message in refusal(fields.DateField(), typed)


def test_an_optional_date_may_stay_empty():
    assert fields.DateField(required=False).clean(["", "", ""]) is None
    assert fields.DateField(required=False).clean(None) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("4,5", "4.5"),
        ("4.5", "4.5"),
        ("12", "12"),
        ("1.204", "1204"),
        ("1.204,5", "1204.5"),
        (" 4 ,5 ", "4.5"),
        ("0", "0"),
    ],
)
def test_a_number_with_comma_or_point(typed, number):
    assert fields.DecimalField().clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["twaalf", "4,5,6", "1e5", "NaN", "Infinity", "-", "٣", "4:30", "\x00", "1" * 400])
def test_what_is_no_number_is_refused(typed):
    assert "Vul een getal in" in refusal(fields.DecimalField(), typed)


def test_bounds_and_precision_of_a_number():
    hours = fields.DecimalField(min_value=0, max_value=Decimal("40.5"))
    assert refusal(hours, "41") == "Vul een getal in van 0 tot en met 40,5."
    assert refusal(hours, "-1") == "Vul een getal in van 0 tot en met 40,5."
    assert "2 cijfers achter de komma" in refusal(hours, "4,555")


def test_whole_numbers():
    assert fields.WholeNumberField().clean("28") == 28
    assert refusal(fields.WholeNumberField(), "2,5") == "Vul een heel getal in, bijvoorbeeld 28."


@pytest.mark.parametrize(
    ("number", "written"),
    [(Decimal("4.50"), "4,5"), (Decimal("1204.5"), "1.204,5"), (28, "28"), (Decimal("1E+3"), "1.000")],
)
def test_a_number_is_shown_as_it_is_written_here(number, written):
    assert fields.DecimalField().prepare_value(number) == written


@pytest.mark.parametrize("typed", ["12345678", "12 34 56 78", "1234.5678", "12-34-56-78"])
def test_spaces_in_a_code_may_be_typed(typed):
    assert fields.DigitsField(length=8, name="Een AGB-code").clean(typed) == "12345678"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1234567", "Een AGB-code heeft 8 cijfers. U vulde er 7 in."),
        ("1234567a", "Een AGB-code bestaat uit 8 cijfers. Er staat nu iets anders in."),
        ("١٢٣٤٥٦٧٨", "Een AGB-code bestaat uit 8 cijfers. Er staat nu iets anders in."),
    ],
)
def test_a_wrong_code_says_what_is_wrong(typed, message):
    assert refusal(fields.DigitsField(length=8, name="Een AGB-code"), typed) == message


def test_a_text_is_counted_and_not_cut():
    assert (
        refusal(fields.LinesField(max_length=2000), "a" * 2214)
        == "Uw tekst is 214 tekens te lang. Er passen 2.000 tekens."
    )
    assert fields.LinesField(max_length=4).clean("a\r\nbc") == "a\nbc"  # a line end counts once


def test_an_unreadable_character_is_refused_with_its_place():
    assert 'na "weer goed"' in refusal(fields.LineField(), "weer goed\x00")
    assert "aan het begin" in refusal(fields.LineField(), "\x07weer")


@pytest.mark.asvs("1.3.11")
def test_a_line_has_no_line_ends():
    assert fields.LineField().clean(" een\r\ntwee ") == "een twee"


@pytest.mark.parametrize("sign", ["\u202e", "\u2066"])
def test_a_name_that_turns_the_reading_direction_is_refused(sign):
    words = "In deze naam staat een onzichtbaar teken. Typ de naam opnieuw."
    assert refusal(fields.NameField(), f"Jan{sign}sen") == words
    assert fields.NameField().clean("Van  den Berg") == "Van den Berg"


@pytest.mark.parametrize("name", ["😀", "<b>", "A.😀", "12", "'", "-", "Jan <b>"])
def test_a_name_has_a_letter_and_no_picture(name):
    assert refusal(fields.NameField(), name).startswith("Vul de naam in met letters.")


@pytest.mark.parametrize("name", ["O’Brien-d'Arc", "Müller (von)", "J.", "محمد", "Łukasz 2e", "Çelik/Yılmaz", "A&B"])
def test_a_name_may_be_of_any_language(name):
    assert fields.NameField().clean(name) == name
