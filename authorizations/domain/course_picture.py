"""The course of a zorgtraject as a drawing: where everything stands, in whole units of the drawing. No colours here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from authorizations.domain import words
from authorizations.domain.drawing import Bar, Mark
from authorizations.domain.subtrajects import IDLE, LONGEST, Closing
from kit import dates

WIDTH, HEIGHT, MARGIN = 960, 152, 12
BEFORE, AFTER = timedelta(days=4), timedelta(days=10)
ROOM_FOR_NAME, ROOM_FOR_DAY = 108, 64
"""So wide a bar must be to bear its name, and so far apart two days to be both named."""


@dataclass(frozen=True)
class Span:
    """
    A subtraject to draw, with the days of its activities; without a closing it is open.

    `expected_on` is when an open one closes if nothing more happens; without it that is day 120.
    """

    opened_on: date
    closing: Closing | None
    activities: Sequence[date] = ()
    expected_on: date | None = None
    uncounted: Sequence[date] = ()
    """Activities that don't restart the 42 days. Bron: R-07."""

    @property
    def closes_on(self) -> date:
        """The day on which it closed, or will."""
        return self.closing.closed_on if self.closing else self.expected_on or self.last_day

    @property
    def last_day(self) -> date:
        """Day 120. Bron: R-04."""
        return self.opened_on + LONGEST

    @property
    def reaches_last_day(self) -> bool:
        """Whether day 120 still is, or was, its own: one that closed before never sees it."""
        return self.closing is None or self.closing.closed_on == self.last_day


@dataclass(frozen=True)
class Picture:
    """What is drawn, and the same in words for who doesn't see it."""

    told: str
    spans: list[Bar] = field(default_factory=list)
    later: list[Bar] = field(default_factory=list)
    """From the day on which an open one closes by itself to day 120: so long it can still go on."""
    idle: list[Bar] = field(default_factory=list)
    grants: list[Bar] = field(default_factory=list)
    activities: list[Mark] = field(default_factory=list)
    uncounted: list[Mark] = field(default_factory=list)
    longest: list[Mark] = field(default_factory=list)
    ends: list[Mark] = field(default_factory=list)
    months: list[Mark] = field(default_factory=list)
    warnings: list[Mark] = field(default_factory=list)
    today: Mark | None = None
    width: int = WIDTH
    height: int = HEIGHT


def draw(
    spans: Sequence[Span],
    *,
    granted: Iterable[tuple[date, date]] = (),
    warned_on: Iterable[date] = (),
    today: date | None = None,
) -> Picture:
    """
    Return the drawing of these subtrajects, the machtigingen over them, the days of warnings, and today.

    Bron: Z-31 to Z-34 (what is drawn: 42 days after each activity, and day 120).
    """
    grants = list(granted)
    first = min([span.opened_on for span in spans] + [start for start, _end in grants]) - BEFORE
    ends = [_end_of(span) for span in spans] + [end for _start, end in grants]
    scale = Scale(first, max([*ends, *([today] if today else [])]) + AFTER)
    picture = Picture(told=" ".join(_told(number, span) for number, span in enumerate(spans, 1)))
    for number, span in enumerate(spans, 1):
        bar = scale.bar(span.opened_on, span.closes_on)
        name = f"Subtraject {number}" if bar.width >= ROOM_FOR_NAME else str(number)
        picture.spans.append(Bar(bar.x, bar.width, name))
        picture.activities.extend(Mark(scale.x(day)) for day in span.activities)
        picture.uncounted.extend(Mark(scale.x(day)) for day in span.uncounted)
        if span.reaches_last_day:
            picture.longest.append(Mark(scale.x(span.last_day)))
        if span.closes_on < _end_of(span):
            picture.later.append(scale.bar(span.closes_on, span.last_day))
        if span.activities:
            last = max(span.activities)
            picture.idle.append(scale.bar(last, min(last + IDLE, span.opened_on + LONGEST)))
    picture.grants.extend(scale.bar(start, end) for start, end in grants)
    picture.ends.extend(scale.named(sorted({span.closes_on for span in spans if span.closing or span.expected_on})))
    picture.months.extend(scale.months())
    picture.warnings.extend(Mark(scale.x(day)) for day in sorted(set(warned_on)) if scale.first <= day <= scale.last)
    return picture if today is None else _with_today(picture, scale.x(today))


def _with_today(picture: Picture, x: int) -> Picture:
    return Picture(**{**vars(picture), "today": Mark(x, "vandaag")})


def _end_of(span: Span) -> date:
    return span.closing.closed_on if span.closing else span.last_day


def _told(number: int, span: Span) -> str:
    how = f"sluit op {words.day(span.closes_on)}"
    if span.closing is None:
        how = f"is nog open en {how} als er niets gebeurt" if span.expected_on else "is nog open"
    many = len(span.activities) + len(span.uncounted)
    visits = "zonder activiteiten" if not many else f"met {many} {'activiteit' if many == 1 else 'activiteiten'}"
    return f"Subtraject {number} is geopend op {words.day(span.opened_on)}, {visits}, en {how}."


class Scale:
    """From days to places."""

    width = WIDTH

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last

    def x(self, day: date) -> int:
        """Return where a day is."""
        return MARGIN + round((WIDTH - 2 * MARGIN) * (day - self.first).days / (self.last - self.first).days)

    def bar(self, start: date, end: date) -> Bar:
        """Return where a stretch of days is; it is never too thin to see."""
        return Bar(self.x(start), max(self.x(end) - self.x(start), 2))

    def named(self, days: Sequence[date]) -> Iterable[Mark]:
        """Yield these days with their date, but for those that would stand over the one before."""
        before = -ROOM_FOR_DAY
        for day in days:
            x = self.x(day)
            fits = x - before >= ROOM_FOR_DAY
            before = x if fits else before
            anchor = "end" if x > WIDTH - ROOM_FOR_DAY else "middle"
            yield Mark(x, f"{day.day} {dates.NAMES[day.month - 1][:3]}" if fits else "", anchor)

    def months(self) -> Iterable[Mark]:
        """Yield the first of each month; of a long stretch only some, so that names don't touch."""
        every = 1 + (self.last - self.first).days // 400
        day = date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)
        while day <= self.last:
            if (day.month - 1) % every == 0:
                name = dates.NAMES[day.month - 1][:3]
                yield Mark(self.x(day), f"{name} {day.year}" if day.month == 1 else name, "start")
            day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
