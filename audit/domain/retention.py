"""How long a row of the log is kept."""

from datetime import datetime

YEARS = 5
"""A row is kept at least so long from the moment it was written. Bron: security.md 2.1 (access log retention); R-39."""


def keep_from(now: datetime) -> datetime:
    """
    Return the moment before which rows may be erased.

    Bron: R-39 (access log 5 years).
    """
    day = 28 if (now.month, now.day) == (2, 29) else now.day
    return now.replace(year=now.year - YEARS, day=day)
