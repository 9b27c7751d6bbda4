"""Who may declare a crisis-dbc binnen budget: a table, standing on the days on which something begins or ends."""

from dataclasses import replace
from datetime import date

import pytest

from contracting.domain import budget
from contracting.domain.budget import Budget
from contracting.domain.budget import WhyBudget as W

FIRST, LAST, ON = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 1)
WHOLE = Budget(FIRST, FIRST, FIRST, LAST)


@pytest.mark.parametrize(
    ("changes", "on", "may", "reasons"),
    [
        ({}, FIRST, True, (W.OWN,)),
        ({}, LAST, True, (W.OWN,)),
        ({}, date(2025, 12, 31), False, (W.NO_REGIOPLAN, W.NO_AGREEMENT, W.NO_TARIFF)),
        ({}, date(2027, 1, 1), False, (W.NO_TARIFF,)),
        ({"tariff_until": None}, date(2027, 1, 1), True, (W.OWN,)),
        ({"is_own": False}, ON, True, (W.ON_BEHALF,)),
        ({"regioplan_on": None}, ON, False, (W.NO_REGIOPLAN,)),
        ({"agreed_on": date(2026, 6, 2)}, ON, False, (W.NO_AGREEMENT,)),
        ({"agreed_on": ON}, ON, True, (W.OWN,)),
        ({"tariff_from": None, "tariff_until": None}, ON, False, (W.NO_TARIFF,)),
    ],
)
def test_may_declare_in_budget(changes, on, may, reasons):
    ruling = budget.may_declare_in_budget([replace(WHOLE, **changes)], on)
    assert (ruling.may, ruling.reasons) == (may, reasons)


def test_without_a_budget_nobody_may_and_one_that_has_all_is_enough():
    assert budget.may_declare_in_budget([], ON).reasons == (W.UNKNOWN,)
    lacks, behalf = replace(WHOLE, regioplan_on=None), replace(WHOLE, is_own=False)
    assert budget.may_declare_in_budget([lacks, behalf], ON).reasons == (W.ON_BEHALF,)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"tariff_number": "", "tariff_from": None, "tariff_until": None}, []),
        ({"year": 2019}, ["year_unlikely"]),
        ({"year": 2029}, ["year_unlikely"]),
        ({"tariff_number": " "}, ["tariff_half"]),
        ({"tariff_from": None}, ["tariff_half", "tariff_without_start"]),
        ({"tariff_until": date(2025, 12, 31)}, ["tariff_ends_before_start"]),
    ],
)
def test_obstacles_to_note(changes, codes):
    given = {"year": 2026, "tariff_number": "123/26", "tariff_from": FIRST, "tariff_until": LAST, **changes}
    assert [one.code for one in budget.obstacles_to_note(today=ON, **given)] == codes
