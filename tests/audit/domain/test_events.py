from datetime import UTC, date, datetime

import pytest

from audit.domain import pseudonyms, retention, reviews, unusual
from audit.domain.events import Event, Kind, Outcome, Purpose, Subject, Where, Who, checks

OWN = Subject("MA-1", provider_id=1, insurer_id=2, consented=True)
FOREIGN = Subject("MA-2", provider_id=3, insurer_id=4, consented=False)


@pytest.mark.parametrize(
    ("outcome", "subjects", "expected"),
    [
        (Outcome.DONE, (OWN,), "TTTF"),
        (Outcome.NOT_DONE, (OWN,), "TTTF"),
        (Outcome.REFUSED, (FOREIGN,), "FFFF"),
        (Outcome.DONE, (OWN, FOREIGN), "TFFF"),
        (Outcome.DONE, (), "TFFF"),
    ],
)
def test_the_controls_say_what_was_checked(outcome, subjects, expected):
    who = Who(user_id=9, organization_id=2)
    event = Event(Kind.READ, who, Where(), Purpose.REVIEWING, outcome, subjects=subjects)
    assert checks(event) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), False),  # Tuesday, seven in Amsterdam
        (datetime(2026, 11, 24, 5, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 18, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 19, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 7, 5, 0, tzinfo=UTC), False),  # summer time
        (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), True),  # Saturday
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), True),
    ],
)
def test_what_is_outside_working_hours(at, expected):
    assert unusual.is_out_of_hours(at) is expected


NIGHT, DAY = datetime(2026, 11, 24, 2, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "outcome", "at", "is_person", "same_name", "expected"),
    [
        (Kind.READ, Outcome.DONE, DAY, True, False, []),
        (Kind.READ, Outcome.DONE, NIGHT, True, True, ["collega", "buiten_werktijd"]),
        (Kind.LIST, Outcome.DONE, NIGHT, True, True, []),
        (Kind.READ, Outcome.REFUSED, DAY, True, False, ["geweigerd"]),
        (Kind.LOG_IN, Outcome.REFUSED, NIGHT, False, False, ["geweigerd"]),
        (Kind.WORK_LETTER, Outcome.FAILED, NIGHT, False, False, []),
    ],
)
def test_what_stands_out(kind, outcome, at, is_person, same_name, expected):
    assert unusual.signs(kind=kind, outcome=outcome, at=at, is_person=is_person, same_name=same_name) == expected


def test_a_pseudonym_is_the_same_each_time_and_another_with_another_key():
    assert pseudonyms.of("999996708", key=b"a") == pseudonyms.of(" 999996708 ", key=b"a")
    assert pseudonyms.of("999996708", key=b"a") != pseudonyms.of("999996708", key=b"b")
    assert pseudonyms.of("  ", key=b"a") == ""


def test_a_row_is_kept_five_years():
    assert retention.keep_from(datetime(2028, 2, 29, 12, tzinfo=UTC)) == datetime(2023, 2, 28, 12, tzinfo=UTC)
    assert retention.keep_from(datetime(2026, 11, 24, tzinfo=UTC)) == datetime(2021, 11, 24, tzinfo=UTC)


def test_a_month_is_due_when_it_has_ended_and_overdue_on_the_fifteenth():
    assert list(reviews.months(date(2026, 9, 20), date(2026, 11, 24))) == [date(2026, 10, 1), date(2026, 9, 1)]
    assert list(reviews.months(date(2026, 11, 2), date(2026, 11, 30))) == []
    assert list(reviews.months(date(2026, 12, 31), date(2027, 1, 1))) == [date(2026, 12, 1)]
    assert not reviews.is_overdue(date(2026, 12, 1), date(2027, 1, 14))
    assert reviews.is_overdue(date(2026, 12, 1), date(2027, 1, 15))
