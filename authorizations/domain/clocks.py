"""
The twin clocks: whose time it was, and how long the patient waits, from stored moments and one moment `now`.

Nothing is counted up night by night. What happened after `now` is left out, so the answer for a moment is the same
whenever it is asked, also when a night was missed.

**Whose time it is** follows from the status (`lifecycle.TURNS`), from filing until the decision or the withdrawal. A
question back of the provider changes no status: the provider stays at turn until it answers.

**How that hangs together with the decision term (R-18).** The term rests in stored intervals (`Pause`). A question
begins one and the answer ends it in the very steps that hand over the turn, so as a rule the provider's time and the
rest of the term are the same. They are two records all the same: `rested` is what the term says, and `differs` tells
that the two part, so that a page shows both rather than one of them silently.

**Counting.** As in R-18: a day counts for who was at turn at its end (17.00 o'clock, a value of the policy). Werkdagen
count from the day after day 0 of the term, other days from the day after filing. So the insurer's werkdagen are those
that the term has used up, and the werkdagen and days of both parties add up to the patient's total.

**A norm for the patient's total** stands in none of our sources. It is a value of the policy
(`terms.patient_workdays`) that no shipped policy has; without it nothing sounds.

Bron: R-18; features 28, 38 and 39; features.md, "What none of them has", 2.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from authorizations.domain import words
from authorizations.domain.deadlines import AMSTERDAM, ONE_DAY, Pause, day_zero, is_resting, is_workday
from authorizations.domain.lifecycle import CLOSED, TURNS, Status, Turn


class Step(NamedTuple):
    """A stored step: when, and the status that it left the request in."""

    at: datetime
    status: Status


@dataclass(frozen=True)
class Time:
    """So many werkdagen, and so many days of any kind."""

    workdays: int = 0
    days: int = 0

    def __add__(self, other: "Time") -> "Time":
        return Time(self.workdays + other.workdays, self.days + other.days)

    @property
    def words(self) -> str:
        """Say it: "7 werkdagen (9 dagen)"."""
        return f"{_many(self.workdays, 'werkdag', 'werkdagen')} ({_many(self.days, 'dag', 'dagen')})"


@dataclass(frozen=True)
class Interval:
    """A stretch in which one party was at turn: from the first moment up to the last, which is the other's."""

    turn: Turn
    started_at: datetime
    ended_at: datetime
    time: Time = Time()


@dataclass(frozen=True)
class Clocks:
    """
    Who was at turn when, and what that adds up to, as of `ended_at`.

    `ended_at` is the decision or the withdrawal, or the moment that was asked for while the request `is_running`.
    """

    intervals: tuple[Interval, ...]
    rested: Time
    ended_at: datetime
    is_running: bool
    differs: bool

    @property
    def insurer(self) -> Time:
        """The insurer's time."""
        return self._of(Turn.INSURER)

    @property
    def provider(self) -> Time:
        """The provider's time."""
        return self._of(Turn.PROVIDER)

    @property
    def total(self) -> Time:
        """How long the patient waits, or waited."""
        return sum((one.time for one in self.intervals), Time())

    def _of(self, turn: Turn) -> Time:
        return sum((one.time for one in self.intervals if one.turn is turn), Time())


def clocks(
    *, filed_at: datetime, steps: Iterable[Step], pauses: Iterable[Pause], now: datetime, cut_off: time
) -> Clocks:
    """
    Return the clocks of a request as of `now`; `steps` are in the order in which they happened.

    Bron: R-18; lifecycle.TURNS.
    """
    now = max(now, filed_at)
    known = [step for step in steps if filed_at <= step.at <= now and step.status is not Status.DRAFT]
    closed_at = next((step.at for step in known if step.status in CLOSED), None)
    ended_at = now if closed_at is None else closed_at
    bare = _turns(filed_at, known, ended_at, is_running=closed_at is None)
    ends = tuple(_ends(filed_at, ended_at, cut_off))
    first = _end_of(day_zero(filed_at, cut_off), cut_off)
    rests = tuple(_until(pauses, ended_at))
    return Clocks(
        intervals=tuple(
            Interval(one.turn, one.started_at, one.ended_at, _counted(_within(ends, bare, number), first))
            for number, one in enumerate(bare)
        ),
        rested=_counted([end for end in ends if is_resting(rests, end)], first),
        ended_at=ended_at,
        is_running=closed_at is None,
        differs=_merged((one.started_at, one.ended_at) for one in bare if one.turn is Turn.PROVIDER)
        != _merged((rest.started_at, rest.ended_at or ended_at) for rest in rests),
    )


def alarm(found: Clocks, *, norm: int | None, term: int) -> str:
    """
    Return what to say when the patient's total has passed the norm of the policy; empty without a norm.

    `term` is the decision term of the insurer: the patient may wait too long while the insurer is in time.
    """
    if norm is None or found.total.workdays <= norm:
        return ""
    waits = "wacht" if found.is_running else "wachtte"
    said = (
        f"De patiënt {waits} {_many(found.total.workdays, 'werkdag', 'werkdagen')}. "
        f"Dat is meer dan de norm van {_many(norm, 'werkdag', 'werkdagen')} in dit beleid."
    )
    in_time = " De verzekeraar bleef daarbij binnen de beslistermijn."
    return said + (in_time if found.insurer.workdays <= term else "")


def told(found: Clocks) -> str:
    """Return the clocks in words, for who doesn't see a drawing."""
    stretches = [
        f"{words.day(_local(one.started_at).date())} tot {words.day(_local(one.ended_at).date())}: "
        f"{one.turn.label.lower()} aan zet"
        for one in found.intervals
    ]
    return (
        f"Verzekeraar {found.insurer.words}, zorgaanbieder {found.provider.words}, samen {found.total.words}. "
        f"Achter elkaar: {'; '.join(stretches)}."
    )


def _turns(filed_at: datetime, steps: list[Step], ended_at: datetime, *, is_running: bool) -> list[Interval]:
    """Return who was at turn, one after another, without what lasted no time; who is at turn now always stays."""
    changes = [(filed_at, TURNS[Status.SUBMITTED])]
    for step in steps:
        turn = TURNS[step.status]
        if turn is Turn.NOBODY or turn is changes[-1][1]:
            continue
        if step.at == changes[-1][0]:
            changes.pop()
        if not changes or turn is not changes[-1][1]:
            changes.append((step.at, turn))
    if not is_running and len(changes) > 1 and changes[-1][0] == ended_at:
        changes.pop()
    starts = [moment for moment, _ in changes]
    return [Interval(turn, since, until) for (since, turn), until in zip(changes, [*starts[1:], ended_at], strict=True)]


def _ends(filed_at: datetime, ended_at: datetime, cut_off: time) -> Iterator[datetime]:
    """Yield the end of each day after that of filing, as far as it has come."""
    end = _end_of(_local(filed_at).date() + ONE_DAY, cut_off)
    while end <= ended_at:
        yield end
        end = _end_of(end.date() + ONE_DAY, cut_off)


def _within(ends: tuple[datetime, ...], intervals: list[Interval], number: int) -> list[datetime]:
    """Return the ends of days that fall in this interval: the last one has its own last moment too."""
    one, is_last = intervals[number], number == len(intervals) - 1
    return [end for end in ends if one.started_at <= end and (end < one.ended_at or is_last)]


def _counted(ends: list[datetime], day_zero_ends: datetime) -> Time:
    return Time(sum(is_workday(end.date()) and end > day_zero_ends for end in ends), len(ends))


def _until(pauses: Iterable[Pause], ended_at: datetime) -> Iterator[Pause]:
    """Yield the rests as they were known at this moment: one that ended later was open then."""
    for pause in pauses:
        if pause.started_at <= ended_at:
            yield Pause(pause.started_at, pause.ended_at if pause.ended_at and pause.ended_at <= ended_at else None)


def _merged(stretches: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return these stretches as the time that they cover."""
    covered: list[tuple[datetime, datetime]] = []
    for start, end in sorted(stretches):
        if start == end:
            continue
        if covered and start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(end, covered[-1][1]))
        else:
            covered.append((start, end))
    return covered


def _local(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM)


def _end_of(day: date, cut_off: time) -> datetime:
    return datetime.combine(day, cut_off, tzinfo=AMSTERDAM)


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
