"""The monthly review: which month is due, and when it is overdue."""

from collections.abc import Iterator
from datetime import date

SIGN_BEFORE_DAY = 15
"""A month is signed off before this day of the next one. No source names a day; our own choice."""


def month_of(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after this one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months(first: date, today: date) -> Iterator[date]:
    """Yield the months that have ended, the latest first."""
    ended = []
    month = month_of(first)
    while next_month(month) <= today:
        ended.append(month)
        month = next_month(month)
    yield from reversed(ended)


def is_overdue(month: date, today: date) -> bool:
    """Tell whether this month should have been signed off by now."""
    return today >= next_month(month).replace(day=SIGN_BEFORE_DAY)
