import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import application as applications
from authorizations.domain.application import Application, HoursLine, Plan, minutes_of
from authorizations.domain.policy import TimeUnit
from authorizations.domain.terms import Discipline, Indication
from tests.factories.applications import application, follow_up


@pytest.mark.parametrize("whole", [Application(), application(), follow_up()])
def test_what_is_kept_gives_the_same_request_again(whole):
    assert applications.read(json.loads(json.dumps(applications.write(whole)))) == whole


@pytest.mark.parametrize(
    ("answers", "part", "name", "expected"),
    [
        ({"care": {"indication": "chronic_pain"}}, "care", "indication", Indication.CHRONIC_PAIN),
        ({"care": {"indication": "pijn"}}, "care", "indication", None),
        ({"care": {"indication": ""}}, "care", "indication", None),
        ({"care": "x"}, "care", "indication", None),
        ({"care": {"wat": 1}}, "care", "indication", None),
        ({"plan": {"starts_on": "2026-02-30"}}, "plan", "starts_on", None),
        ({"plan": {"hours": [{"discipline": "psychologie", "minutes": "90"}]}}, "plan", "total_hours", Decimal("1.50")),
        ({"plan": {"hours": [{"minutes": "1e9"}, 7]}}, "plan", "total_hours", Decimal(0)),
        ({"referral": {"complaint_months": "twaalf"}}, "referral", "complaint_months", None),
        ({"history": {"domains": ["social", "space"]}}, "history", "domains", frozenset({"social"})),
        ({"kind": None}, "kind", "value", "msr_first"),
    ],
)
def test_what_cannot_be_read_stays_empty(answers, part, name, expected):
    assert getattr(getattr(applications.read(answers), part), name) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("12", TimeUnit.HOURS, 720),
        ("12,5", TimeUnit.HOURS, 750),
        ("12.5", TimeUnit.HOURS, 750),
        (" 0,33 ", TimeUnit.HOURS, 20),
        ("0", TimeUnit.HOURS, 0),
        ("2000", TimeUnit.HOURS, 120000),
        ("90", TimeUnit.MINUTES, 90),
        ("\u200e45\u00a0", TimeUnit.MINUTES, 45),
    ],
)
def test_hours_and_minutes_become_minutes(text, unit, expected):
    assert minutes_of(text, unit) == expected


@pytest.mark.parametrize("text", ["", "-1", "1e3", "NaN", "١٢", "12:30", "twaalf", "1.000,5", "😀", "½", "2001"])
def test_what_is_no_number_of_hours(text):
    with pytest.raises(ValueError, match="fysiotherapie"):
        minutes_of(text, what="fysiotherapie")


def test_the_message_gives_an_example():
    with pytest.raises(ValueError, match=r"^Vul de uren van fysiotherapie in als getal, bijvoorbeeld 12 of 12,5\.$"):
        minutes_of("x", what="fysiotherapie")


@given(st.lists(st.tuples(st.sampled_from(Discipline), st.integers(1, 6000)), max_size=8))
def test_the_running_total_is_the_sum_of_the_lines(lines):
    plan = Plan(hours=tuple(HoursLine(discipline, minutes) for discipline, minutes in lines))
    assert sum(plan.minutes_by_discipline.values()) == sum(minutes for _, minutes in lines)
    assert abs(plan.total_hours * 60 - sum(minutes for _, minutes in lines)) <= Decimal("0.3")
