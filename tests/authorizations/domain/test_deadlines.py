"""The decision term, standing on its edges: Easter, Koningsdag, 5 May, 17.00 o'clock, pauses."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workalendar.europe import Netherlands

from authorizations.domain import deadlines
from authorizations.domain.deadlines import AMSTERDAM, Pause
from tests.factories.authorizations import shipped

POLICY = shipped()["zilveren-kruis-msr"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def due(received: str, *pauses: tuple[str, str | None], urgent: bool = False) -> date | None:
    return deadlines.decision_due(
        received_at=at(received),
        policy=POLICY,
        pauses=[Pause(at(start), end and at(end)) for start, end in pauses],
        urgent=urgent,
    )


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 4, 3), True),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 27), False),  # Koningsdag
        (date(2025, 4, 26), False),  # Koningsdag, moved to Saturday
        (date(2025, 4, 28), True),
        (date(2025, 5, 5), False),  # a lustrum year
        (date(2026, 5, 5), True),  # no lustrum year
        (date(2030, 5, 6), True),
        (date(2026, 5, 14), False),  # Ascension Day
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2026, 12, 25), False),
        (date(2028, 12, 26), False),
        (date(2026, 12, 24), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_werkdagen(day, works):
    assert deadlines.is_workday(day) is works


class SecondOpinion(Netherlands):
    include_good_friday = False


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_second_opinion_on_the_holidays(year):
    # workalendar knows 5 May as a holiday of every year; here it is one in lustrum years.
    theirs = {day for day, _ in SecondOpinion().holidays(year)}
    if year % 5:
        theirs.remove(date(year, 5, 5))
    assert deadlines.public_holidays(year) == theirs


@pytest.mark.parametrize(
    ("received", "day_zero"),
    [
        ("2026-11-20T16:59:59", date(2026, 11, 20)),
        ("2026-11-20T17:00:00", date(2026, 11, 20)),
        ("2026-11-20T17:00:01", date(2026, 11, 23)),  # Friday evening
        ("2026-11-21T09:00:00", date(2026, 11, 23)),  # Saturday
        ("2026-12-24T18:00:00", date(2026, 12, 28)),  # two days of Christmas, then a weekend
        ("2026-12-31T17:30:00", date(2027, 1, 4)),  # New Year's Day is a Friday
    ],
)
def test_the_day_of_receipt_is_day_zero(received, day_zero):
    assert deadlines.day_zero(at(received), time(17)) == day_zero


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-02T09:00:00", date(2026, 11, 16)),
        ("2026-11-02T18:00:00", date(2026, 11, 17)),
        ("2026-03-27T09:00:00", date(2026, 4, 13)),  # over Easter; Good Friday counts
        ("2026-04-20T09:00:00", date(2026, 5, 5)),  # over Koningsdag, 5 May counts
        ("2025-04-22T09:00:00", date(2025, 5, 7)),  # over a 5 May that doesn't count
        ("2026-12-18T09:00:00", date(2027, 1, 5)),  # over Christmas and New Year
        ("2026-03-20T23:30:00", date(2026, 4, 7)),  # late on Friday, over the change to summer time
    ],
)
def test_ten_werkdagen(received, expected):
    assert due(received) == expected


def test_spoed_is_two_werkdagen():
    assert due("2026-11-20T09:00:00", urgent=True) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([("2026-11-04T10:00", "2026-11-04T11:00")], date(2026, 11, 16)),  # asked and answered on one day
        ([("2026-11-04T10:00", "2026-11-05T11:00")], date(2026, 11, 17)),  # one 17.00 o'clock
        ([("2026-11-04T17:00", "2026-11-05T16:59")], date(2026, 11, 17)),  # rests from 17.00 o'clock on
        ([("2026-11-04T17:01", "2026-11-05T17:00")], date(2026, 11, 16)),  # runs again at 17.00 o'clock
        ([("2026-11-06T10:00", "2026-11-09T09:00")], date(2026, 11, 17)),  # over a weekend: Friday only
        ([("2026-11-07T10:00", "2026-11-08T09:00")], date(2026, 11, 16)),  # inside a weekend
        ([("2026-11-04T10:00", "2026-11-06T10:00"), ("2026-11-05T10:00", "2026-11-09T10:00")], date(2026, 11, 19)),
        ([("2026-11-04T10:00", None)], None),  # a question is open
    ],
)
def test_the_term_rests(pauses, expected):
    assert due("2026-11-02T09:00:00", *pauses) == expected


def test_three_pauses_over_easter():
    # Counted: 31/3, 1, 2/4 | 3/4 rests, 6/4 is Easter Monday | 7/4 | 8/4 rests | 9, 10, 13/4 | 14, 15/4 rest | 16, 17,
    # 20/4.
    assert due(
        "2026-03-30T09:00:00",
        ("2026-04-03T09:00", "2026-04-07T09:00"),
        ("2026-04-08T09:00", "2026-04-09T09:00"),
        ("2026-04-14T09:00", "2026-04-16T09:00"),
    ) == date(2026, 4, 20)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-02T09:00", 10),
        ("2026-11-03T16:59", 10),
        ("2026-11-03T17:00", 9),
        ("2026-11-07T12:00", 6),  # in the weekend
        ("2026-11-16T12:00", 1),  # the last day itself
        ("2026-11-16T17:00", 0),
        ("2026-11-17T17:00", -1),
        ("2026-12-16T12:00", -21),  # the same day number next month
    ],
)
def test_werkdagen_left(now, left):
    assert deadlines.working_days_left(received_at=at("2026-11-02T09:00"), policy=POLICY, now=at(now)) == left


def test_nothing_is_used_up_while_the_term_rests():
    pauses = [Pause(at("2026-11-04T10:00"))]
    asked = {"received_at": at("2026-11-02T09:00"), "policy": POLICY, "pauses": pauses}
    assert deadlines.working_days_left(now=at("2026-11-04T12:00"), **asked) == 9
    assert deadlines.working_days_left(now=at("2026-12-24T12:00"), **asked) == 9
    assert deadlines.is_resting(pauses, at("2026-12-24T12:00"))
    assert not deadlines.is_resting(pauses, at("2026-11-04T09:59"))
    assert not deadlines.is_overdue(now=at("2027-12-24T12:00"), **asked)


@pytest.mark.parametrize(
    ("now", "pauses", "expected"),
    [
        ("2026-11-02T09:00", [], date(2026, 11, 16)),
        ("2026-11-16T23:00", [], date(2026, 11, 16)),
        ("2026-11-17T09:00", [], date(2026, 11, 17)),  # overdue: always a new date
        ("2026-11-21T09:00", [], date(2026, 11, 23)),
        ("2026-11-05T12:00", [("2026-11-04T10:00", None)], date(2026, 11, 17)),  # as if the answer came now
        ("2026-11-12T12:00", [("2026-11-04T10:00", None)], date(2026, 11, 24)),
    ],
)
def test_the_expected_day(now, pauses, expected):
    found = deadlines.expected_decision_on(
        received_at=at("2026-11-02T09:00"),
        policy=POLICY,
        now=at(now),
        pauses=[Pause(at(start), end and at(end)) for start, end in pauses],
    )
    assert found == expected


def test_overdue_is_after_the_last_day():
    asked = {"received_at": at("2026-11-02T09:00"), "policy": POLICY}
    assert not deadlines.is_overdue(now=at("2026-11-16T17:00"), **asked)
    assert deadlines.is_overdue(now=at("2026-11-16T17:01"), **asked)


def test_the_term_is_a_value_of_the_policy():
    longer = replace(POLICY, terms=replace(POLICY.terms, decision_workdays=20))
    assert deadlines.decision_due(received_at=at("2026-11-02T09:00"), policy=longer) == date(2026, 11, 30)
    assert deadlines.question_due(POLICY, asked_on=date(2026, 11, 20)) == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("day", "due_on", "number"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 12, 24), date(2026, 12, 28), 1),
    ],
)
def test_werkdagen_until_a_due_date(day, due_on, number):
    assert deadlines.workdays_until(day, due_on) == number


moments = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2030, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=AMSTERDAM)
)
gaps = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=20))


@given(moments, st.lists(st.tuples(gaps, gaps), max_size=4))
def test_due_agrees_with_counting_day_by_day(received_at, gaps):
    moment, pauses = received_at, []
    for wait, length in gaps:
        pauses.append(Pause(moment + wait, moment + wait + length))
        moment = pauses[-1].ended_at
    due_on = deadlines.decision_due(received_at=received_at, policy=POLICY, pauses=pauses)
    asked = {"received_at": received_at, "policy": POLICY, "pauses": pauses}
    end = datetime.combine(due_on, time(17), tzinfo=AMSTERDAM)
    # However late it is asked, the same: the tenth day is used up exactly at the end of the due date.
    assert deadlines.working_days_left(now=end, **asked) == 0
    assert deadlines.working_days_left(now=end - timedelta(seconds=1), **asked) == 1
    assert deadlines.is_workday(due_on)
    # A pause never makes it earlier.
    assert due_on >= deadlines.decision_due(received_at=received_at, policy=POLICY)
