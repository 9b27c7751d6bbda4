"""A policy as a text: written and read back it is the same, and what is wrong is said with its line."""

from dataclasses import replace
from datetime import date

import pytest

from authorizations.domain import policy_text
from tests.factories import authorizations as make

ZK = make.shipped()["zilveren-kruis-msr"]
TEXT = policy_text.write(ZK)


@pytest.mark.parametrize("slug", ["zilveren-kruis-msr", "asr-revalidatie-2020"])
def test_written_and_read_it_is_the_same_policy(slug):
    policy = make.shipped()[slug]
    assert policy_text.read(policy_text.write(policy)) == policy


def test_signs_that_toml_knows_are_written_so_that_they_are_read_again():
    odd = replace(ZK, title='Een "titel" met \\ en \t en é', valid_from=date(2027, 1, 1))
    assert policy_text.read(policy_text.write(odd)) == odd


def line(text):
    return TEXT.splitlines().index(text) + 1


@pytest.mark.parametrize(
    ("was", "becomes", "at", "says"),
    [
        ("decision_workdays = 10", "decision_workdays = 0", "decision_workdays = 10", "minstens 1"),
        ("decision_workdays = 10", "decision_workdays = tien", "decision_workdays = 10", "aanhalingstekens"),
        ("decision_workdays = 10", 'decision_workdays = "tien"', "decision_workdays = 10", "past hier niet"),
        ("decision_workdays = 10\n", "", "[terms]", "ontbreekt"),
        ('document = "behandelplan"', 'document = "plan"', 'document = "behandelplan"', "kies uit"),
        ('parent = "c2_eerste_lijn"', 'parent = "c9"', None, "is geen criterium"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(was, becomes, at, says):
    with pytest.raises(policy_text.Wrong, match=says) as refusal:
        policy_text.read(TEXT.replace(was, becomes, 1))
    assert refusal.value.line == (at and line(at))
    assert str(refusal.value).startswith(f"Regel {line(at)}: " if at else "criteria.")


@pytest.mark.parametrize("text", ['naam = "open', "x" * 200_001])
def test_what_is_no_text_of_a_policy_is_refused(text):
    with pytest.raises(policy_text.Wrong):
        policy_text.read(text)


def test_a_row_is_changed_added_and_removed():
    changed = policy_text.with_row(TEXT, "criteria", 1, {"title": "Nieuw"})
    assert policy_text.read(changed).criteria == (replace(ZK.criteria[0], title="Nieuw"), *ZK.criteria[1:])
    row = {
        "code": "c9",
        "title": "Negende",
        "text": "Tekst.",
        "source": "S0",
        "article": "artikel 1",
        "indications": [],
    }
    added = policy_text.with_row(TEXT, "criteria", len(ZK.criteria) + 1, row)
    assert [one.code for one in policy_text.read(added).criteria][-1] == "c9"
    assert policy_text.read(policy_text.with_row(added, "criteria", len(ZK.criteria) + 1, None)) == ZK
    with pytest.raises(policy_text.Wrong, match="er niet meer"):
        policy_text.with_row(TEXT, "criteria", 99, row)


def test_a_table_is_changed_and_keeps_the_rest():
    changed = policy_text.read(
        policy_text.with_table(TEXT, "terms", {"decision_workdays": 7, "patient_workdays": None})
    )
    assert changed == replace(ZK, terms=replace(ZK.terms, decision_workdays=7))
