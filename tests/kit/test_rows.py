"""Repeating rows, as a browser without JavaScript and one with it post them."""

import pytest
from django import forms

from kit.forms import Form
from kit.rows import rows
from kit.text import typed


class Treatment(Form):
    name = forms.CharField(label="Behandeling")
    number = forms.IntegerField(label="Aantal", required=False)


Treatments = rows(Treatment, noun="behandeling", shortest=1, longest=3)


def names(formset) -> list:
    return [form["name"].value() for form in formset]


def test_a_new_page_begins_with_one_row():
    assert len(Treatments(prefix="b").forms) == 1
    assert names(Treatments(prefix="b", initial=[{"name": "fysio"}])) == ["fysio"]


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"b-0-name": "een", "b-add": "1"}, ["een", None]),
        ({"b-0-name": "een", "b-1-name": "twee", "b-remove": "0"}, ["twee"]),
        ({"b-0-name": "een", "b-remove": "0"}, [None]),
        ({"b-0-name": "1", "b-1-name": "2", "b-2-name": "3", "b-add": "1"}, ["1", "2", "3"]),
        ({"b-0-name": "een", "b-remove": "x"}, ["een"]),
    ],
)
def test_the_buttons_change_the_rows_and_complain_about_nothing(posted, expected):
    formset = Treatments(posted, prefix="b")
    assert formset.pressed
    assert names(formset) == expected
    assert not any(form.errors for form in formset)
    assert not formset.is_valid()


def test_gaps_in_the_numbering_are_closed_and_empty_rows_left_out():
    formset = Treatments({"b-2-name": "een", "b-5-name": "", "b-5-number": "", "b-9-name": "twee"}, prefix="b")
    assert formset.is_valid()
    assert [row["name"] for row in formset.values] == ["een", "twee"]


def test_an_unchanged_row_keeps_its_value():
    formset = Treatments({"b-0-name": "fysio"}, prefix="b", initial=[{"name": "fysio"}])
    assert formset.is_valid()
    assert [row["name"] for row in formset.values] == ["fysio"]


def test_too_few_and_too_many_rows_say_so():
    assert "Vul minstens 1 behandeling in." in Treatments({}, prefix="b").non_form_errors()
    many = {f"b-{number}-name": "x" for number in range(500)}
    formset = Treatments(many, prefix="b")
    assert "Er passen hoogstens 3 rijen." in formset.non_form_errors()
    assert len(formset.forms) == 4


def test_a_wrong_row_answers_at_its_field():
    formset = Treatments({"b-0-name": "", "b-0-number": "3"}, prefix="b")
    assert not formset.is_valid()
    assert formset.forms[0].errors["name"] == ["Vul “Behandeling” in."]


def test_a_draft_gives_back_what_was_typed():
    kept = typed({"b-0-name": "een\x00", "b-0-number": "drie"})
    formset = Treatments(kept, prefix="b")
    assert names(formset) == ["een"]
    assert formset.forms[0]["number"].value() == "drie"


def test_nobody_makes_a_million_rows():
    formset = Treatments({"b-TOTAL_FORMS": "1000000", "b-0-name": "een"}, prefix="b")
    assert len(formset.forms) == 1


@pytest.mark.parametrize("number", ["9" * 5_000, "٣", "-1", "", "1e3"])
def test_a_row_that_cannot_be_is_not_taken_away(number):
    formset = Treatments({"b-0-name": "fysio", "b-remove": number}, prefix="b")
    assert names(formset) == ["fysio"]
