"""What is wrong with a machtiging of another insurer, and on which days it holds."""

from dataclasses import replace
from datetime import date

import pytest

from authorizations.domain import taken_over as rules
from authorizations.domain.taken_over import Told

TODAY = date(2026, 11, 24)
GOOD = Told(
    number="m26 000-1", from_insurer="Andere Zorg", from_uzovi="7119", bsn="999996708", birth_date=date(1981, 4, 2),
    starts_on=date(2026, 10, 1), ends_on=date(2027, 1, 28), declaratie_code="14E490",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"from_uzovi": "", "declaratie_code": ""}, []),
        ({"starts_on": date(2027, 1, 28)}, []),
        ({"number": ""}, ["number"]),
        ({"number": "1234567890123456"}, ["number"]),
        ({"number": "999996708"}, ["number"]),
        ({"bsn": "999996707"}, ["bsn"]),
        ({"birth_date": None}, ["birth_date"]),
        ({"birth_date": date(2026, 11, 25)}, ["birth_date"]),
        ({"birth_date": date(1812, 1, 1)}, ["birth_date"]),
        ({"from_insurer": " "}, ["from_insurer"]),
        ({"from_insurer": "de proef"}, ["from_insurer"]),
        ({"from_uzovi": "71"}, ["from_uzovi"]),
        ({"declaratie_code": "x"}, ["declaratie_code"]),
        ({"starts_on": None, "ends_on": None}, ["starts_on", "ends_on"]),
        ({"starts_on": date(2027, 1, 29)}, ["ends_on"]),
        ({"ends_on": date(2036, 1, 1)}, ["ends_on"]),
        ({"starts_on": date(1999, 1, 1), "ends_on": date(1999, 2, 1)}, ["starts_on"]),
    ],
)
def test_everything_wrong_is_said_at_its_field(changes, fields):
    found = rules.obstacles(replace(GOOD, **changes), own_insurer="De Proef", today=TODAY)
    assert [one.field for one in found] == fields


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2026, 9, 30), False), (date(2026, 10, 1), True), (date(2027, 1, 28), True), (date(2027, 1, 29), False)],
)
def test_it_is_a_title_on_each_day_of_its_period(day, holds):
    assert rules.holds_on(GOOD.starts_on, GOOD.ends_on, day) is holds
