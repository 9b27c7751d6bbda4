"""Values in the columns of a check, read as people and programs write them. Bron: checks.md; R-40."""

from datetime import date

from kit import dates

# Outside of these years a day is a slip, or stands for "never": nothing can be counted from it.
YEARS = range(1900, 2200)
YES_NO = {"ja": True, "j": True, "nee": False, "n": False}


class Unjudgeable(ValueError):
    """This row can't be judged; the message names the column and the value."""


def read_day(column: str, text: str) -> date:
    """
    Return the day that a text says.

    :raises Unjudgeable: naming the column and the value
    """
    day = dates.read(text)
    if day is None or day.year not in YEARS:
        raise Unjudgeable(f"{column}: '{text}' is geen datum")
    return day


def read_count(column: str, text: str) -> int:
    """
    Return the number that a text says.

    :raises Unjudgeable: naming the column and the value
    """
    # More figures than any real number has: a slip, and no work for the machine.
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Unjudgeable(f"{column}: '{text}' is geen aantal")
    return int(text)


def read_year(column: str, text: str) -> int:
    """
    Return the year that a text says.

    :raises Unjudgeable: naming the column and the value
    """
    if not text.isascii() or not text.isdigit() or len(text) != 4 or int(text) not in YEARS:
        raise Unjudgeable(f"{column}: '{text}' is geen jaar")
    return int(text)


def read_yes_no(column: str, text: str) -> bool | None:
    """
    Return yes or no; None when nothing is told.

    :raises Unjudgeable: naming the column and the value
    """
    said = text.strip().lower()
    if said and said not in YES_NO:
        raise Unjudgeable(f"{column}: '{text}' is geen ja of nee")
    return YES_NO.get(said)
