"""
When a subtraject (DOT) closes, why, and where its vervolg begins.

Days are calendar days: "de Ne dag na X" is X + N days. What somebody knows on a day counts, never when somebody asks:
a run that comes late finds the same day. Bron: Z-31 to Z-35; R-02, R-04 to R-12; domain.md sections 4 and 10.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from authorizations.domain import policy as policies
from authorizations.domain.signals import SignalCode
from kit.terms import Term

IDLE = timedelta(days=42)
LONGEST = timedelta(days=120)
DAY = timedelta(days=1)

# Zorgprofielklassen: rehabilitation, and those that NZa lets restart the count beside it. Bron: R-07.
REHABILITATION = 14
COUNTED_CLASSES = frozenset({1, 2, 3, REHABILITATION, 19})


class Ground(Term):
    """Why a subtraject closes, in the order in which grounds of the same day are named. Bron: Z-31 to Z-34; R-10."""

    FINISHED = "afgerond", "Behandeling afgerond"
    IDLE = "42_dagen", "42 dagen geen activiteit"
    LONGEST = "120_dagen", "120 dagen open"
    DEATH = "overleden", "Patiënt overleden"


class DotZorgtype(Term):
    """The zorgtypes of a subtraject in the MSR. Bron: domain.md section 3.4."""

    FIRST = "11", "Eerste subtraject"
    CONSULT = "13", "Intercollegiaal consult"
    VERVOLG = "21", "Vervolg"


class NoOpening(Term):
    """Why no vervolg opens. Bron: R-12; checks.md, `vervolg`."""

    NEW_ZORGTRAJECT = "nieuw_zorgtraject", "Een nieuw zorgtraject"
    NONE = "geen", "Geen vervolg"


class Change(Term):
    """What happened to a subtraject. Bron: R-08 (late registration recomputes); R-12."""

    OPENED = "opened", "Geopend"
    FINISHED = "finished", "Behandeling afgerond"
    FINISH_MOVED = "finish_moved", "Afronding verbeterd"
    DIED = "died", "Patiënt overleden"
    DEATH_MOVED = "death_moved", "Overlijden verbeterd"
    CLOSED = "closed", "Gesloten"
    REOPENED = "reopened", "Heropend"
    MOVED = "moved", "Andere sluitdatum"
    GONE = "gone", "Vervallen: de activiteiten horen bij het vorige subtraject"
    LINKED = "linked", "Andere machtiging"
    DECLARED = "declared", "Gedeclareerd"
    TAKEN_BACK = "taken_back", "Declaratie teruggenomen"
    TO_CORRECT = "to_correct", "Al gedeclareerd: correctie nodig"


@dataclass(frozen=True)
class Activity:
    """A zorgactiviteit: when it was performed, of which class it is, and since when it is known (else: at once)."""

    performed_on: date
    profile_class: int = REHABILITATION
    registered_on: date | None = None

    def known_on(self, day: date) -> bool:
        """Tell whether it was performed and registered up to and including this day. Bron: R-05, R-08."""
        return self.performed_on <= day and (self.registered_on is None or self.registered_on <= day)

    @property
    def counts(self) -> bool:
        """Whether it restarts the count of 42 days. Bron: R-07."""
        return self.profile_class in COUNTED_CLASSES


@dataclass(frozen=True)
class Closing:
    """The day on which a subtraject closes, and every ground of that day."""

    closed_on: date
    grounds: tuple[Ground, ...]

    @property
    def code(self) -> str:
        """Return the grounds as one text: afgerond+42_dagen. Bron: R-10."""
        return "+".join(self.grounds)


@dataclass(frozen=True)
class Subtraject:
    """A subtraject as the rules have it; without a closing it is still open."""

    zorgtype: DotZorgtype
    opened_on: date
    closing: Closing | None


@dataclass(frozen=True)
class EndWarning:
    """That a ground comes near: so many days before the day on which it would close the subtraject."""

    ground: Ground
    closes_on: date
    days: int

    @property
    def warn_on(self) -> date:
        """Return the day to warn on."""
        return self.closes_on - timedelta(days=self.days)


# -- closing ---------------------------------------------------------------------------------------------------------


def counted(activities: Iterable[Activity], *, known_on: date) -> list[date]:
    """Return when the activities were performed that count and were known on a day. Bron: R-07, R-08."""
    return [activity.performed_on for activity in activities if activity.counts and activity.known_on(known_on)]


def idle_end(performed_on: Iterable[date]) -> date | None:
    """
    Return the day on which 42 days without an activity were first full; what comes after it belongs to the vervolg.

    Bron: Z-32; R-05 (an activity on day 42 itself restarts the count), R-07 (up to the first gap), R-09 (none at all).
    """
    last = None
    for day in sorted(performed_on):
        if last and day > last + IDLE:
            break
        last = day
    return last and last + IDLE


def outlook(
    *,
    opened_on: date,
    performed_on: Iterable[date],
    finished_on: date | None = None,
    died_on: date | None = None,
    by: policies.Closing = policies.Closing.BRON,
) -> Closing:
    """
    Return how this subtraject closes when nothing more happens than this. There is always an end: day 120.

    Bron: Z-31 to Z-34 (Zilveren Kruis, "Openen en sluiten subtraject" 1-3); R-02, R-04, R-10.
    """
    ends = {
        Ground.FINISHED: finished_on if by is policies.Closing.BRON else None,
        Ground.IDLE: idle_end(performed_on),
        # Opening is day 0, so a subtraject opened on 15 January closes on 14 May (domain.md, Q-04).
        Ground.LONGEST: opened_on + LONGEST,
        Ground.DEATH: died_on if by is policies.Closing.NZA else None,
    }
    closed_on = min(day for day in ends.values() if day)
    return Closing(closed_on, tuple(ground for ground, day in ends.items() if day == closed_on))


def closing(
    *,
    opened_on: date,
    performed_on: Iterable[date],
    judged_on: date,
    finished_on: date | None = None,
    died_on: date | None = None,
    by: policies.Closing = policies.Closing.BRON,
) -> Closing | None:
    """
    Return how this subtraject closes, judged after `judged_on` has ended, or None while it stays open.

    The date is the rule's own, so a run that comes late still closes on the right day.

    Bron: Z-31 to Z-34; R-02, R-04 to R-10.
    """
    # What is planned for after judged_on moves no end that lies before it.
    found = outlook(opened_on=opened_on, performed_on=performed_on, finished_on=finished_on, died_on=died_on, by=by)
    return found if found.closed_on <= judged_on else None


def signals(
    *,
    opened_on: date,
    activities: Collection[Activity],
    judged_on: date,
    chronic_pain: bool,
    finished_on: date | None = None,
    by: policies.Closing = policies.Closing.BRON,
) -> tuple[SignalCode, ...]:
    """
    Return what a person should look at. A signal blocks nothing.

    Bron: Z-33, Z-35; R-02, R-06, R-10, R-11; checks.md, values of `signalen`.
    """
    known = [activity.performed_on for activity in activities if activity.known_on(judged_on)]
    performed_on = counted(activities, known_on=judged_on)
    finished = finished_on if finished_on and finished_on <= judged_on else None
    found = closing(opened_on=opened_on, performed_on=performed_on, judged_on=judged_on, finished_on=finished_on, by=by)
    last_day = opened_on + LONGEST
    told = {
        SignalCode.CONTRARY_TO_NZA: found is not None
        and Ground.FINISHED in found.grounds
        and any(day <= found.closed_on < day + IDLE for day in performed_on),
        SignalCode.INEFFICIENT: finished is None and _longest_gap(performed_on, until=judged_on) > IDLE,
        SignalCode.PAIN_120: chronic_pain and last_day <= judged_on and not (finished and finished <= last_day),
        SignalCode.AFTER_FINISHED: finished is not None and any(day > finished for day in known),
    }
    return tuple(code for code, holds in told.items() if holds)


def _longest_gap(performed_on: Iterable[date], *, until: date) -> timedelta:
    return max((after - before for before, after in pairwise([*sorted(performed_on), until])), default=timedelta())


# -- opening ---------------------------------------------------------------------------------------------------------


def vervolg(*, closed_on: date, next_activity_on: date | None) -> date | NoOpening:
    """
    Return on which day the vervolg opens, or why none does.

    It joins on to the closing, not to the activity: the day after it, or day 121 or 241. An activity on the closing
    day still belongs to the closed subtraject.

    Bron: R-12 (NR/CU-263 art. 16 lid 2-3, art. 6 lid 1b).
    """
    if next_activity_on is None or next_activity_on <= closed_on:
        return NoOpening.NONE
    periods = (next_activity_on - closed_on - DAY) // LONGEST
    return closed_on + periods * LONGEST + DAY if periods < 3 else NoOpening.NEW_ZORGTRAJECT


def course(
    *,
    opened_on: date,
    performed_on: Iterable[date],
    judged_on: date,
    finished_on: Collection[date] = (),
    died_on: date | None = None,
    zorgtype: DotZorgtype = DotZorgtype.FIRST,
    by: policies.Closing = policies.Closing.BRON,
) -> Iterator[Subtraject]:
    """
    Yield the subtrajects of one zorgtraject, the first and every vervolg; they end where a new zorgtraject begins.

    What was due when `judged_on` had ended is closed. With planned appointments, and a day behind them, it foretells.

    Bron: R-04, R-07 (what comes after a gap belongs to the vervolg), R-08, R-12.
    """
    days = sorted(performed_on)
    while True:
        finished = min((day for day in finished_on if day >= opened_on), default=None)
        own = [day for day in days if day >= opened_on]
        found = closing(
            opened_on=opened_on, performed_on=own, judged_on=judged_on, finished_on=finished, died_on=died_on, by=by
        )
        yield Subtraject(zorgtype, opened_on, found)
        if found is None or Ground.DEATH in found.grounds:
            return
        following = next((day for day in own if day > found.closed_on), None)
        opening = vervolg(closed_on=found.closed_on, next_activity_on=following)
        if isinstance(opening, NoOpening):
            return
        zorgtype, opened_on = DotZorgtype.VERVOLG, opening


# -- looking ahead ---------------------------------------------------------------------------------------------------


def last_safe_day(*, opened_on: date, performed_on: Iterable[date]) -> date:
    """
    Return the last day on which the next activity still falls in this subtraject.

    Bron: Z-32, Z-34; R-05 (day 42 itself restarts the count; nothing moves day 120).
    """
    return outlook(opened_on=opened_on, performed_on=performed_on).closed_on


def fits(*, opened_on: date, planned_on: Iterable[date]) -> bool:
    """Tell whether a plan is done within 120 days of the opening. Bron: Z-35; R-04, R-11."""
    return all(day <= opened_on + LONGEST for day in planned_on)


# How many days before the end people are warned; no source has these numbers.
WARN_IDLE = (14, 7)
WARN_LONGEST = (30, 14, 7)
WARN_PAIN = (45, *WARN_LONGEST)
WARNINGS = (
    *((Ground.IDLE, days, False) for days in WARN_IDLE),
    *((Ground.LONGEST, days, days not in WARN_LONGEST) for days in WARN_PAIN),
)
"""Each warning: its ground, how many days before the end it comes, and whether only chronic pain has it."""


def warnings(*, opened_on: date, idle_on: date | None, chronic_pain: bool) -> tuple[EndWarning, ...]:
    """
    Return what to warn of, from early to late. `idle_on` is the day on which 42 days without activity would be full.

    An end by idleness behind day 120 never comes. For chronic pain the warnings of day 120 begin earlier, for
    treatment must be over by then.

    Bron: Z-32, Z-34, Z-35 (the ends; how many days before them has no source).
    """
    last_day = opened_on + LONGEST
    ends = {Ground.LONGEST: last_day, Ground.IDLE: idle_on if idle_on and idle_on <= last_day else None}
    found = [
        EndWarning(ground, closes_on, days)
        for ground, days, only_pain in WARNINGS
        if (closes_on := ends[ground]) and (chronic_pain or not only_pain)
    ]
    return tuple(sorted(found, key=lambda warning: (warning.warn_on, warning.ground)))
