"""Dates as people write them."""

import re
from contextlib import suppress
from datetime import date

NAMES = "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
MONTHS = {name[:3]: number for number, name in enumerate(NAMES, 1)} | {"mrt": 3, "maa": 3, "may": 5, "oct": 10}
WRITTEN = re.compile(r"(?P<day>\d{1,2})\s+(?P<month>[^\W\d]+\.?)\s+(?P<year>\d{4})")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})|(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
DUTCH = re.compile(r"(?P<day>\d{1,2})[- ](?P<month>\d{1,2})[- ](?P<year>\d{4})")


def month(text: str) -> int | None:
    """Return the number of a month written as number or name ("12", "dec", "december"), None when it is neither."""
    text = text.strip().lower().rstrip(".")
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 4 else None
    known = text in MONTHS or text == "sept" or any(name.startswith(text) for name in NAMES if len(text) > 3)
    return MONTHS.get(text[:3]) if known else None


def day(on: date) -> str:
    """Return 20 november 2026. Bron: ux.md section 6 (numbers)."""
    return f"{on.day} {NAMES[on.month - 1]} {on.year}"


def read(text: str) -> date | None:
    """
    Return the date that a text of one piece says, None when it says none.

    Reads 2020-01-31, 31-01-2020, 31 1 2020, 20200131 and "31 januari 2020"; never slashes: they are read in two ways.

    Bron: R-40.
    """
    if len(text) == 10 and text[4] == text[7] == "-":
        # Nearly all that programs write; a file of a million rows feels the difference.
        with suppress(ValueError):
            return date.fromisoformat(text)
    text = " ".join(text.split())
    for pattern in (ISO, DUTCH, WRITTEN):
        if found := pattern.fullmatch(text):
            day, month_, year = (found[part] for part in ("day", "month", "year"))
            if day is None:
                day, month_, year = (found[part] for part in ("d", "m", "y"))
            return compose(day, month_, year)
    return None


def compose(day: str, month_: str, year: str) -> date | None:
    """Return the date of three parts as typed, None when there is no such day."""
    number = month(month_)
    if number is None or not all(part.isascii() and part.isdigit() and len(part) < 5 for part in (day, year)):
        return None
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
