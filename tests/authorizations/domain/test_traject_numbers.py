"""Which zorgtrajectnummer came after which, what may be recorded of it, and what stands out."""

from datetime import date

import pytest

from authorizations.domain import traject_numbers as rules
from authorizations.domain.traject_numbers import Change, Known, NumberReason, SignalState, Told

TODAY = date(2026, 12, 1)
CHAIN = [Change("B", "C"), Change("A", "B"), Change("OUD", "X", "12345678"), Change("X", "Y")]


@pytest.mark.parametrize(
    ("number", "now", "every"),
    [
        ("A", "C", ["A", "B", "C"]),
        ("B", "C", ["A", "B", "C"]),
        ("C", "C", ["A", "B", "C"]),
        ("X", "Y", ["X", "Y"]),  # what another institution called it is no number of this one
        ("OUD", "OUD", ["OUD"]),
        ("Z", "Z", ["Z"]),
    ],
)
def test_a_chain_is_followed_to_both_ends(number, now, every):
    assert (rules.current(number, CHAIN), rules.numbers(number, CHAIN)) == (now, every)


def test_before_a_merger_another_institution_gave_the_number():
    assert rules.line("Y", CHAIN) == [Change("OUD", "X", "12345678"), Change("X", "Y")]


def told(old="P", new="Q", reason=NumberReason.SOFTWARE, changed_on=date(2026, 1, 1), from_agb=""):
    return Told(old, new, reason, changed_on, from_agb)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"old": "C"}, []),  # the chain goes on
        ({"new": "P"}, ["new_number"]),
        ({"old": "A"}, ["old_number"]),
        ({"new": "C"}, ["new_number"]),
        ({"old": "C", "new": "A"}, ["new_number"]),  # a ring
        ({"old": "Y", "new": "X"}, ["new_number", "new_number"]),
        ({"old": "P", "new": "P", "reason": NumberReason.MERGER, "from_agb": "12345678"}, []),
        ({"from_agb": "12345678"}, ["from_agb"]),
        ({"reason": NumberReason.MERGER, "from_agb": "1234"}, ["from_agb"]),
        ({"old": "OUD", "new": "Q", "reason": NumberReason.MERGER, "from_agb": "12345678"}, ["old_number"]),
        ({"old": ""}, ["old_number"]),
        ({"old": "999996708"}, ["old_number"]),
        ({"new": "Z" * 10_000}, ["new_number"]),
        ({"changed_on": None}, ["changed_on"]),
        ({"changed_on": date(2026, 12, 2)}, ["changed_on"]),
        ({"changed_on": date(202, 12, 2)}, ["changed_on"]),
        ({"changed_on": TODAY}, []),
    ],
)
def test_what_may_be_recorded(change, fields):
    assert [field for field, _ in rules.wrong(told(**change), CHAIN, today=TODAY)] == fields


def test_a_number_is_kept_as_zorgtrajectnummers_are():
    assert rules.tidy(told(old=" zt-01 ", from_agb="12 34.56 78")) == told(old="ZT01", from_agb="12345678")


@pytest.mark.parametrize(
    ("diagnosis", "others", "changes", "found"),
    [
        ("F32.1", [("OUD", "F32.1", 1)], [], "OUD"),
        ("F32.1", [("OUD", "f321", 1)], [], "OUD"),
        ("F32.1", [("OUD", "F33.1", 1)], [], None),
        ("", [("OUD", "", 1)], [], None),  # not shared, so not compared
        ("F32.1", [("OUD", "", 1)], [], None),
        ("F32.1", [("OUD", "F32.1", 1), ("LATER", "F32.1", 9)], [], "LATER"),
        ("F32.1", [("OUD", "F32.1", 1)], [Change("OUD", "NIEUW")], None),
        ("F32.1", [("OUD", "F32.1", 1)], [Change("OUD", "M"), Change("M", "NIEUW")], None),
        ("F32.1", [("OUD", "F32.1", 1)], [Change("OUD", "M")], "OUD"),
        ("F32.1", [], [], None),
    ],
)
def test_another_number_for_the_same_diagnosis_stands_out(diagnosis, others, changes, found):
    known = [Known(number, other, date(2026, 1, day)) for number, other, day in others]
    signal = rules.changed_from(Known("NIEUW", diagnosis, date(2026, 6, 1)), known, changes)
    assert (signal and signal.number) == found


@pytest.mark.parametrize("state", list(SignalState))
def test_every_remark_has_its_words(state):
    assert "OUD" in rules.remark(state, "OUD")
    assert "diagnose" not in rules.remark(state, "OUD")
