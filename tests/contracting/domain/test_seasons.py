"""The calendar of a purchasing season and its reminders, standing on their edges."""

from datetime import date

import pytest

from contracting.domain import seasons
from contracting.domain.seasons import Deadline as D

DAYS = seasons.usual_days(2020)


def test_the_usual_days_are_those_of_the_source():
    assert list(DAYS.values()) == [
        date(2019, 5, 31), date(2019, 9, 1), date(2019, 11, 1), date(2019, 11, 12), date(2019, 12, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2019, 5, 16), []),
        (date(2019, 5, 17), [(D.START_LETTER, 14)]),
        (date(2019, 5, 27), [(D.START_LETTER, 14)]),
        (date(2019, 5, 28), [(D.START_LETTER, 3)]),
        (date(2019, 5, 31), [(D.START_LETTER, 3)]),
        (date(2019, 6, 1), []),
        (date(2019, 10, 31), [(D.NEGOTIATE, 3), (D.PUBLISH, 14)]),
    ],
)
def test_due_reminders(today, expected):
    assert [(one.deadline, one.days_before) for one in seasons.due_reminders(DAYS, today=today)] == expected


@pytest.mark.parametrize(
    ("year", "changes", "codes"),
    [
        (2020, {}, []),
        (2020, {D.PUBLISH: date(2019, 10, 31)}, ["wrong_order"]),
        (2020, {D.PUBLISH: date(2019, 11, 1)}, []),
        (2020, {D.PROCESS: date(2020, 1, 1)}, ["not_before_year"]),
        (2030, {}, ["year_unlikely"]),
    ],
)
def test_obstacles_to_plan(year, changes, codes):
    found = seasons.obstacles_to_plan(year, DAYS | changes, today=date(2019, 3, 1))
    assert [one.code for one in found] == codes
