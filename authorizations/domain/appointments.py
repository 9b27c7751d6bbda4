"""Appointments as people write them down: dates, and series such as "elke week van 4-1-2027 t/m 26-3-2027"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kit import dates

MOST = 400
"""More than there are in a year with one on every day; a longer series is a mistake of typing."""
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SERIES = re.compile(
    r"(?:elke|iedere|ieder)\s+(?:(?P<number>\d{1,3})\s+)?(?P<unit>dag(?:en)?|week|weken|" + "|".join(WEEKDAYS) + r")\s+"
    r"van(?:af)?\s+(?P<first>.+?)\s+(?:t/m|tm|tot\s+en\s+met|tot)\s+(?P<last>.+)",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[\n,;]")
SHOWN = 40


@dataclass(frozen=True)
class Unclear:
    """A piece that says no date, with what to do about it."""

    piece: str
    message: str


def read(text: str) -> tuple[list[date], list[Unclear]]:
    """Return the days that a text names, sorted, each once, and what in it can't be read."""
    found: set[date] = set()
    unclear = []
    for piece in _pieces(text):
        days = _days(piece)
        if isinstance(days, str):
            unclear.append(Unclear(piece[:SHOWN], days))
        else:
            found.update(days)
    return sorted(found), unclear


def _pieces(text: str) -> Iterator[str]:
    for piece in BETWEEN.split(text):
        if tidied := " ".join(piece.split()):
            yield tidied


def _days(piece: str) -> list[date] | str:
    """Return the days of one piece, or why there are none."""
    if day := dates.read(piece):
        return [day]
    series = SERIES.fullmatch(piece)
    if series is None:
        return "Dit is geen datum. Schrijf bijvoorbeeld 4-1-2027, of elke week van 4-1-2027 t/m 26-3-2027."
    first, last = dates.read(series["first"]), dates.read(series["last"])
    if first is None or last is None:
        return "Een van de datums in deze reeks klopt niet. Schrijf bijvoorbeeld elke week van 4-1-2027 t/m 26-3-2027."
    if last < first:
        return "Deze reeks eindigt voordat zij begint. Draai de datums om."
    step = _step(series)
    if not step:
        return "Een reeks heeft minstens 1 dag ertussen."
    if series["unit"].lower() in WEEKDAYS:
        first += timedelta(days=(WEEKDAYS.index(series["unit"].lower()) - first.weekday()) % 7)
    count = (last - first).days // step + 1
    if count > MOST:
        return f"Deze reeks heeft meer dan {MOST} dagen. Controleer de jaartallen."
    return [first + timedelta(days=number * step) for number in range(count)]


def _step(series: re.Match[str]) -> int:
    number = int(series["number"] or 1)
    return number if series["unit"].lower().startswith("dag") else number * 7
