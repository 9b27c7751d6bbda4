"""Figures as drawings: columns per month, and bars per row of a table, in whole units. No colours here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from authorizations.domain import words
from authorizations.domain.drawing import Bar, Mark
from kit import dates

WIDTH, HEIGHT = 400, 186
LEFT, TOP, BOTTOM = 34, 12, 160
"""Where the columns stand: what is left and under them is for the numbers and the months."""
BAR = 100
"""So wide is the longest bar of a table."""
ROOM_FOR_MONTH = 38


@dataclass(frozen=True)
class Column:
    """What was counted in a month, as it stands on the ground line."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Level:
    """A line at a round number."""

    y: int
    text: str


@dataclass(frozen=True)
class Columns:
    """Columns per month, one or two beside each other, and the same in words for who doesn't see it."""

    told: str
    first: list[Column] = field(default_factory=list)
    second: list[Column] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    months: list[Mark] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    ground: int = BOTTOM


def columns(
    months: Sequence[date],
    first: Sequence[int | None],
    second: Sequence[int | None] = (),
    *,
    told: str,
    most: int | None = None,
) -> Columns:
    """
    Return the drawing of one or two numbers per month; a month without a number has no column.

    Bron: feature 69.
    """
    picture = Columns(told)
    top = most or round_top(max((number or 0 for number in (*first, *second)), default=0))
    step = (WIDTH - LEFT) / max(len(months), 1)
    picture.levels.extend(Level(_height(number, top), words.number(number)) for number in (0, top // 2, top))
    free = 0
    for place, month in enumerate(months):
        x = LEFT + step * place
        numbers = (first[place], second[place] if second else None)
        width = max(round(step * (0.38 if second else 0.6)), 2)
        for beside, (number, lane) in enumerate(zip(numbers, (picture.first, picture.second), strict=True)):
            if number:
                y = min(_height(number, top), BOTTOM - 2)
                lane.append(Column(round(x + step * 0.1) + beside * width, y, width - 1, BOTTOM - y))
        if x >= free:
            picture.months.append(Mark(round(x + step / 2), _name(month, first=not place)))
            free = round(x) + ROOM_FOR_MONTH
    return picture


def bars(numbers: Sequence[int | None]) -> list[Bar]:
    """Return a bar per number, as long as it is beside the greatest of them; nothing has no length."""
    most = max((number or 0 for number in numbers), default=0)
    return [Bar(0, max(round(BAR * number / most), 1) if number else 0) for number in numbers]


def round_top(number: int) -> int:
    """Return an even round number that is at least this one: 2, 4, 10, 20, 40, 100, and so on."""
    power = 1
    while 10 * power < number:
        power *= 10
    return next(step * power for step in (2, 4, 10) if step * power >= number)


def _height(number: int, top: int) -> int:
    return BOTTOM - round((BOTTOM - TOP) * min(number, top) / top)


def _name(month: date, *, first: bool) -> str:
    name = dates.NAMES[month.month - 1][:3]
    return f"{name} {month.year % 100:02}" if first or month.month == 1 else name
