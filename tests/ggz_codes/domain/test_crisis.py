import pytest

from ggz_codes.domain import crisis
from ggz_codes.domain.crisis import CrisisQuestion, Unanswered, UnknownZorgtype
from ggz_codes.domain.rulings import Ruling

PLAN, MAY, GOES_ON = CrisisQuestion


@pytest.mark.parametrize(
    ("plan", "may", "goes_on", "zorgtype"),
    [
        (True, True, False, "303"),
        (True, True, True, "304"),
        (True, False, True, "305"),  # 304 is only for who may declare 303
        (True, False, False, "305"),
        (False, True, True, "306"),
        (False, True, False, "306"),
        (False, False, True, "306"),
        (False, False, False, "306"),
    ],
)
def test_the_zorgtype_of_a_crisis(plan, may, goes_on, zorgtype):
    found = crisis.choose({PLAN: plan, MAY: may, GOES_ON: goes_on})
    assert found.zorgtype == zorgtype
    assert found.description.startswith("Acute psychiatrische hulpverlening")


@pytest.mark.parametrize(
    ("answers", "following"),
    [
        ({}, PLAN),
        ({PLAN: False}, None),
        ({PLAN: True}, MAY),
        ({PLAN: True, MAY: False}, None),
        ({PLAN: True, MAY: True}, GOES_ON),
        ({PLAN: True, MAY: True, GOES_ON: False}, None),
        ({PLAN: True, MAY: True, GOES_ON: True}, None),
        ({MAY: True, GOES_ON: True}, PLAN),
    ],
)
def test_a_question_is_asked_only_when_it_matters(answers, following):
    assert crisis.next_question(answers) is following
    if following is None:
        assert crisis.choose(answers).zorgtype in crisis.ZORGTYPES
    else:
        with pytest.raises(Unanswered) as lacking:
            crisis.choose(answers)
        assert lacking.value.question is following


def test_the_reasons_are_the_answers_that_mattered():
    assert crisis.choose({PLAN: False}).reasons == (
        "In de regio is geen regioplan, met afspraken in een ingediende budgetaanvraag.",
    )
    after = crisis.choose({PLAN: True, MAY: True, GOES_ON: True})
    assert [reason.split()[0] for reason in after.reasons] == ["In", "U", "De"]
    assert "moet worden gesloten, en de crisis duurt nog" in after.reasons[2]


def test_what_else_must_be_true():
    inside = crisis.choose({PLAN: True, MAY: True, GOES_ON: False})
    assert "De budgetaanvraag is tweezijdig ingediend." in inside.conditions
    assert any("individuele tariefbeschikking" in one for one in inside.conditions)
    outside = crisis.choose({PLAN: True, MAY: False})
    assert outside.conditions == ("De zorg is geleverd volgens de generieke module Acute psychiatrie.",)
    assert crisis.choose({PLAN: False}).conditions == ()  # for 306 the source doesn't ask for the module


@pytest.mark.parametrize(
    ("minutes", "inside", "outside"),
    [
        (0, None, None),
        (1, "25B130", "25B137"),
        (99, "25B130", "25B137"),
        (100, "25B131", "25B138"),
        (199, "25B131", "25B138"),
        (200, "25B132", "25B139"),
        (399, "25B132", "25B139"),
        (400, "25B133", "25B140"),
        (799, "25B133", "25B140"),
        (800, "25B134", "25B141"),
        (1199, "25B134", "25B141"),
        (1200, "25B135", "25B142"),
        (1799, "25B135", "25B142"),
        (1800, "25B136", "25B143"),
        (999_999, "25B136", "25B143"),
    ],
)
def test_the_prestatie_by_minutes(minutes, inside, outside):
    for zorgtype, expected in {"303": inside, "304": outside, "305": outside, "306": outside}.items():
        found = crisis.prestatie(zorgtype, minutes)
        assert (found and found.code) == expected


@pytest.mark.parametrize("zorgtype", ["301", "254", "155", "", "3O3"])
def test_another_zorgtype_is_none_of_a_crisis(zorgtype):
    with pytest.raises(UnknownZorgtype):
        crisis.prestatie(zorgtype, 100)
    with pytest.raises(UnknownZorgtype):
        crisis.stays(zorgtype)
    with pytest.raises(UnknownZorgtype):
        crisis.may_declare(zorgtype, by_or_on_behalf=True, tariff_decision=True)


def test_a_stay_has_codes_only_within_the_budget():
    found = crisis.stays("303")
    assert {level: code.code for level, code in found.items()} == {
        "D": "25B090", "E": "25B091", "F": "25B092", "G": "25B093", "H": "25B094",
    }  # fmt: skip
    assert [crisis.stays(zorgtype) for zorgtype in ("304", "305", "306")] == [{}, {}, {}]


OWN, DECISION = (
    "Dit mag alleen door of namens de zorgaanbieder met het budget.",
    "Hiervoor is een individuele tariefbeschikking nodig.",
)


@pytest.mark.parametrize(
    ("zorgtype", "own", "decision", "expected"),
    [
        ("303", True, True, Ruling(True, ("U voldoet aan wat de bron vraagt voor zorgtype 303.",))),
        ("303", True, False, Ruling(False, (DECISION,))),
        ("303", False, True, Ruling(False, (OWN,))),
        ("303", False, False, Ruling(False, (OWN, DECISION))),
        ("304", True, True, Ruling(True, ("U voldoet aan wat de bron vraagt voor zorgtype 304.",))),
        ("304", True, False, Ruling(True, ("U voldoet aan wat de bron vraagt voor zorgtype 304.",))),
        ("304", False, True, Ruling(False, (OWN,))),
    ],
)
def test_who_may_declare(zorgtype, own, decision, expected):
    assert crisis.may_declare(zorgtype, by_or_on_behalf=own, tariff_decision=decision) == expected


@pytest.mark.parametrize("zorgtype", ["305", "306"])
def test_of_the_others_the_source_does_not_say_who_declares(zorgtype):
    with pytest.raises(UnknownZorgtype):
        crisis.may_declare(zorgtype, by_or_on_behalf=True, tariff_decision=True)
