"""Walking a tree: each question by its own, and what isn't understood."""

import pytest

from ggz_codes.domain.release_tree import Case, Done, NotUnderstood, Outcome, walk


def rule(*tests, needed=1, yes=("", "990027001"), no=("", "990027002")):
    return {"words": "vraag", "needed": needed, "tests": [list(test) for test in tests], "yes": yes, "no": no}


def between(parameter, wanted, low, high, *, filtered="1", way="2"):
    return (parameter, filtered, wanted, way, str(low), str(high), "woorden")


CASE = Case(
    "11", "0711", ["D1", "D2"],
    [Done("190960", 2, ("Z1",), (3, 15)), Done("190961", 4, ("Z1", "Z2"), (0, 5))],
)  # fmt: skip


@pytest.mark.parametrize(
    ("parameter", "wanted", "value"),
    [
        ("200", "0327", 1),
        ("200", "0301", 0),
        ("210", "11", 1),
        ("210", "21", 0),
        ("230", "0327.0711", 1),
        ("230", "0327.0712", 0),
        ("232", "D1", 1),
        ("233", "D2", 1),
        ("233", "D1", 0),
        ("234", "D1", 0),
        ("300", "190960", 2),
        ("300", "190999", 0),
        ("301", "Z1", 6),
        ("302", "Z2", 4),
        ("303", "Z2", 0),
        ("400", "190960", 6),
        ("401", "Z1", 6),
        ("500", "190961", 20),
        ("501", "Z1", 50),
        ("502", "Z2", 20),
    ],
)
def test_what_is_asked(parameter, wanted, value):
    rules = {"1": rule(between(parameter, wanted, value, value))}
    assert walk(rules, "1", CASE).product == "990027001"
    off = {"1": rule(between(parameter, wanted, value + 1, 999999))}
    assert walk(off, "1", CASE).product == "990027002"


def test_so_many_conditions_must_hold():
    both = [between("210", "11", 1, 9), between("210", "21", 1, 9)]
    assert walk({"1": rule(*both, needed=1)}, "1", CASE).product == "990027001"
    assert walk({"1": rule(*both, needed=2)}, "1", CASE).product == "990027002"


def test_from_question_to_question():
    rules = {"1": rule(between("210", "21", 1, 9), no=("2", "")), "2": rule(between("210", "11", 1, 9))}
    assert walk(rules, "1", CASE) == Outcome("990027001", (("vraag", False), ("vraag", True)))


@pytest.mark.parametrize(
    "rules",
    [
        {"1": rule(between("100", "40", 1, 9))},
        {"1": rule(between("311", "Z1", 1, 9))},
        {"1": rule(between("601", "Z1", 1, 9))},
        {"1": rule(between("210", "11", 1, 9, filtered="2"))},
        {"1": rule(between("210", "11", 1, 9, way="1"))},
        {"1": rule(between("210", "11", 1, 9), yes=("9", ""))},
        {"1": rule(between("210", "11", 1, 9), yes=("1", ""))},
        {},
    ],
)
def test_what_is_not_understood_has_no_answer(rules):
    with pytest.raises(NotUnderstood):
        walk(rules, "1", CASE)
