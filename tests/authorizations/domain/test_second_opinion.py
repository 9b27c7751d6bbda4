"""When two medisch adviseurs think the same, and what an opinion must say."""

import pytest

from authorizations.domain.review import Criterion
from authorizations.domain.second_opinion import Given, Opinion, Stage, agree, differences, obstacles_to_give, stage
from authorizations.domain.terms import Outcome, Verdict

MET, NOT, UNCLEAR = Verdict.MET, Verdict.NOT_MET, Verdict.UNCLEAR
DENIED, PARTLY, GRANTED = Outcome.DENIED, Outcome.PARTLY_GRANTED, Outcome.GRANTED
FIRST = Opinion(DENIED, {"c1": MET, "c2": NOT})


@pytest.mark.parametrize(
    ("second", "differ", "same"),
    [
        (Opinion(DENIED, {"c1": MET, "c2": NOT}), (), True),
        (Opinion(DENIED, {"c2": NOT, "c1": MET}), (), True),
        (Opinion(PARTLY, {"c1": MET, "c2": NOT}), (), False),  # the same reading, another outcome
        (Opinion(DENIED, {"c1": MET, "c2": UNCLEAR}), ("c2",), False),
        (Opinion(DENIED, {"c1": NOT, "c2": NOT}), ("c1",), False),  # another ground beside it
        (Opinion(DENIED, {"c1": MET, "c2": NOT, "c3": NOT}), ("c3",), False),
        (Opinion(GRANTED, {"c1": MET, "c2": MET}), ("c2",), False),
    ],
)
def test_two_think_the_same(second, differ, same):
    assert differences(FIRST, second) == differ
    assert agree(FIRST, second) is same


@pytest.mark.parametrize(
    ("second", "third", "expected"),
    [
        (None, False, Stage.BLIND),
        (FIRST, False, Stage.AGREED),
        (Opinion(GRANTED, {"c1": MET, "c2": MET}), False, Stage.DIFFERENT),
        (Opinion(GRANTED, {"c1": MET, "c2": MET}), True, Stage.THIRD),
    ],
)
def test_how_far_a_proposal_is(second, third, expected):
    assert stage(FIRST, second, third_named=third) is expected


def criterion(code, locked=None):
    return Criterion(code, f"Titel {code}", "Tekst.", "S0", "art. 2.1", locked=locked)


ASKED = (criterion("c1"), criterion("c2"), criterion("vast", locked=MET))


@pytest.mark.parametrize(
    ("outcome", "given", "expected"),
    [
        (GRANTED, [Given("c1", MET, "a"), Given("c2", MET, "b")], []),
        (DENIED, [Given("c1", MET, "a"), Given("c2", NOT, "b")], []),
        (None, [Given("c1", MET, "a"), Given("c2", NOT, "b")], ["outcome_missing"]),
        (DENIED, [Given("c1", MET, " "), Given("c2", NOT, "b")], ["motivation_missing"]),
        (DENIED, [Given("c2", NOT, "b")], ["verdict_missing", "motivation_missing"]),
        (GRANTED, [Given("c1", MET, "a"), Given("c2", UNCLEAR, "b")], ["grant_against_verdict"]),
        (DENIED, [Given("c1", MET, "a"), Given("c2", MET, "b")], ["refusal_without_ground"]),
    ],
)
def test_what_an_opinion_lacks(outcome, given, expected):
    assert [one.code for one in obstacles_to_give(outcome, given, ASKED)] == expected


def test_what_the_national_layer_bars_stands_in_the_way_of_a_grant():
    asked = (criterion("c1"), criterion("vast", locked=NOT))
    assert [one.code for one in obstacles_to_give(GRANTED, [Given("c1", MET, "a")], asked)] == ["grant_against_verdict"]
