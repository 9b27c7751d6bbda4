"""What lacks in a questionnaire, for which year it counts and when it can be decided: tables on their edges."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from contracting.domain import questionnaire
from contracting.domain.conditions import CONDITIONS, ProviderKind, asked_of
from contracting.domain.questionnaire import ContractingOutcome, Facts, Judgement, Reply

TODAY = date(2026, 8, 20)
FACTS = Facts(ProviderKind.ZBC, False, "90001234", 2, Decimal(2), date(2025, 8, 20))
YES = {one.code: Reply(complies=True, clean=1) for one in CONDITIONS}


@pytest.mark.parametrize(
    ("received_on", "year"),
    [
        (date(2019, 1, 1), 2020),
        (date(2019, 8, 31), 2020),
        (date(2019, 9, 1), 2020),  # on the day itself still for the coming year
        (date(2019, 9, 2), 2021),
        (date(2019, 12, 31), 2021),
        (date(2020, 1, 1), 2021),
    ],
)
def test_year_it_counts_for(received_on, year):
    assert questionnaire.year_it_counts_for(received_on) == year


def test_a_season_may_close_on_another_day():
    assert questionnaire.year_it_counts_for(date(2026, 10, 1), closes=(10, 1)) == 2027
    assert questionnaire.year_it_counts_for(date(2026, 10, 2), closes=(10, 1)) == 2028


@pytest.mark.parametrize(
    ("changes", "replies", "codes"),
    [
        ({}, {}, []),
        ({"designated": None}, {}, ["designated_missing"]),
        ({"designated": True}, {"beschikkingen": Reply(complies=True)}, ["paper_missing"]),
        ({"kind": ProviderKind.HOSPITAL}, {"soncos": Reply()}, ["answer_missing"]),
        ({}, {"soncos": Reply()}, []),  # only hospitals
        ({}, {"wtzi": Reply()}, ["answer_missing"]),
        ({}, {"wtzi": Reply(complies=True)}, ["paper_missing"]),
        ({}, {"wtzi": Reply(complies=True, waiting=1)}, ["file_waiting"]),
        ({}, {"wtzi": Reply(complies=True, clean=1, refused=1)}, ["file_refused"]),
        ({}, {"wtzi": Reply(complies=False)}, ["explanation_missing"]),
        ({}, {"wtzi": Reply(complies=False, explanation="In aanvraag.")}, []),
        ({}, {"vms": Reply(complies=True)}, []),  # a statement is enough
        ({"kvk_number": ""}, {}, ["kvk_number_missing"]),
        ({"specialists": 1}, {}, ["specialists_too_few"]),
        ({"fte": Decimal("1.99")}, {}, ["fte_too_little"]),
        ({"specialists": None, "fte": None}, {}, ["specialists_missing", "fte_missing"]),
        ({"specialists": 1}, {"specialisten": Reply(complies=False, explanation="Wij zoeken er een.")}, []),
        ({"satisfaction_on": date(2025, 8, 19)}, {}, ["satisfaction_too_old"]),
        ({"satisfaction_on": date(2026, 8, 21)}, {}, ["satisfaction_in_future"]),
        ({"satisfaction_on": None}, {}, ["satisfaction_missing"]),
    ],
)
def test_obstacles_to_submit(changes, replies, codes):
    found = questionnaire.obstacles_to_submit(replace(FACTS, **changes), YES | replies, today=TODAY)
    assert [one.code for one in found] == codes


def test_all_that_lacks_is_said_at_once():
    found = questionnaire.obstacles_to_submit(Facts(ProviderKind.ZBC), {}, today=TODAY)
    assert len(found) == 1 + 12


def test_a_year_before_a_leap_day():
    assert questionnaire.a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("changes", "outcome", "motivation", "codes"),
    [
        ({}, ContractingOutcome.OFFER, "Alles klopt.", []),
        ({"wtzi": (None, "")}, ContractingOutcome.OFFER, "Alles klopt.", ["judgement_missing"]),
        ({"wtzi": (Judgement.NOT_MET, " ")}, ContractingOutcome.NO_OFFER, "Nee.", ["remark_missing"]),
        ({"wtzi": (Judgement.UNCLEAR, "Verlopen.")}, ContractingOutcome.NO_OFFER, "Nee.", []),
        ({}, None, "", ["outcome_missing", "motivation_missing"]),
    ],
)
def test_obstacles_to_decide(changes, outcome, motivation, codes):
    conditions = asked_of(ProviderKind.ZBC, designated=False)
    judged = {one.code: (Judgement.MET, "") for one in conditions} | changes
    found = questionnaire.obstacles_to_decide(conditions, judged, outcome=outcome, motivation=motivation)
    assert [one.code for one in found] == codes
