"""
The decision term in werkdagen: computed from stored moments, never counted up, so a missed night changes nothing.

Bron: R-18.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from authorizations.domain.policy import Policy

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """The term rests while the provider has a question to answer; an open question has no end yet. Bron: R-18, R-20."""

    started_at: datetime
    ended_at: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        """Tell whether the term rests at this moment."""
        return self.started_at <= moment and (self.ended_at is None or moment < self.ended_at)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the Dutch public holidays: 5 May only in lustrum years, Good Friday not. Bron: R-18."""
    # The package counts Good Friday among them since a recent version; in the Netherlands people work on that day.
    named = holidays.country_holidays("NL", years=year, language="en_US")
    return frozenset(day for day, name in named.items() if name != "Good Friday")


def is_workday(day: date) -> bool:
    """Tell whether this is a werkdag: no weekend and no public holiday. Bron: R-18."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def next_workday(day: date) -> date:
    """Return the first werkdag after this day."""
    day += ONE_DAY
    while not is_workday(day):
        day += ONE_DAY
    return day


def workdays_after(day: date, number: int) -> date:
    """Return the werkdag that comes `number` werkdagen after this day."""
    for _ in range(number):
        day = next_workday(day)
    return day


def workdays_until(day: date, due_on: date) -> int:
    """
    Return how many werkdagen there are from this day to a due date; below 0 how many it is late.

    For lists, that know the due date only: a term that rests has none.

    Bron: R-18.
    """
    first, last, sign = (day, due_on, 1) if day <= due_on else (due_on, day, -1)
    return sign * sum(is_workday(first + ONE_DAY * step) for step in range(1, (last - first).days + 1))


def day_zero(received_at: datetime, cut_off: time) -> date:
    """Return the werkdag on which a request counts as received: after the cut-off it is the next one. Bron: R-18."""
    local = received_at.astimezone(AMSTERDAM)
    if is_workday(local.date()) and local.time() <= cut_off:
        return local.date()
    return next_workday(local.date())


def decision_due(
    *, received_at: datetime, policy: Policy, pauses: Iterable[Pause] = (), urgent: bool = False
) -> date | None:
    """
    Return the last day of the decision term, or None while the term rests.

    The day of receipt is day 0. A werkdag counts when the term was running at its end (17.00 o'clock).

    Bron: R-18.
    """
    pauses = tuple(pauses)
    if any(pause.ended_at is None for pause in pauses):
        return None
    day = day_zero(received_at, policy.terms.cut_off)
    to_go = term(policy, urgent=urgent)
    while to_go:
        day = next_workday(day)
        if _counts(day, pauses, policy.terms.cut_off):
            to_go -= 1
    return day


def expected_decision_on(
    *,
    received_at: datetime,
    policy: Policy,
    now: datetime,
    pauses: Iterable[Pause] = (),
    urgent: bool = False,
) -> date:
    """
    Return the day on which the provider may expect the decision.

    While the term rests this is reckoned as if the answer came now; when the term is over, it is the next werkdag.

    Bron: R-18; feature 28 (the provider sees an expected date, always a new one when it has passed).
    """
    ended = tuple(Pause(pause.started_at, pause.ended_at or max(now, pause.started_at)) for pause in pauses)
    due = decision_due(received_at=received_at, policy=policy, pauses=ended, urgent=urgent)
    today = now.astimezone(AMSTERDAM).date()
    if due is None or due < today:
        return today if is_workday(today) else next_workday(today)
    return due


def working_days_left(
    *,
    received_at: datetime,
    policy: Policy,
    now: datetime,
    pauses: Iterable[Pause] = (),
    urgent: bool = False,
) -> int:
    """
    Return how many werkdagen are left, today included: 1 on the last day itself, 0 or less when the term is over.

    A day is used up when it has ended (17.00 o'clock) with the term running; while the term rests nothing is used up.

    Bron: R-18.
    """
    return term(policy, urgent=urgent) - used(received_at=received_at, policy=policy, now=now, pauses=pauses)


def used(*, received_at: datetime, policy: Policy, now: datetime, pauses: Iterable[Pause] = ()) -> int:
    """Return how many werkdagen of the term have been used up by now. Bron: R-18."""
    pauses = tuple(pauses)
    count = 0
    day = next_workday(day_zero(received_at, policy.terms.cut_off))
    while _end_of(day, policy.terms.cut_off) <= now:
        count += _counts(day, pauses, policy.terms.cut_off)
        day = next_workday(day)
    return count


def is_resting(pauses: Iterable[Pause], now: datetime) -> bool:
    """Tell whether the term rests now."""
    return any(pause.holds_at(now) for pause in pauses)


def is_overdue(
    *, received_at: datetime, policy: Policy, now: datetime, pauses: Iterable[Pause] = (), urgent: bool = False
) -> bool:
    """Tell whether the term is over: a state to be seen, never a decision. Bron: R-18, R-19."""
    due = decision_due(received_at=received_at, policy=policy, pauses=pauses, urgent=urgent)
    return due is not None and _end_of(due, policy.terms.cut_off) < now


def term(policy: Policy, *, urgent: bool) -> int:
    """Return the length of the decision term in werkdagen."""
    return policy.terms.urgent_workdays if urgent else policy.terms.decision_workdays


def question_due(policy: Policy, *, asked_on: date) -> date:
    """Return the day that is proposed for answering a question. Bron: R-20; the number of days is a policy value."""
    return workdays_after(asked_on, policy.terms.question_workdays)


def _end_of(day: date, cut_off: time) -> datetime:
    return datetime.combine(day, cut_off, tzinfo=AMSTERDAM)


def _counts(day: date, pauses: tuple[Pause, ...], cut_off: time) -> bool:
    return not is_resting(pauses, _end_of(day, cut_off))
