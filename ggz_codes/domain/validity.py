"""Whether a code may be used for care that begins on a day: three different answers when it may not. Bron: R-27."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from kit.dates import NAMES


class Standing(StrEnum):
    """How a code stands on a day."""

    VALID = "valid"
    UNKNOWN = "unknown"
    NOT_YET_VALID = "not_yet_valid"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """Return how people read it."""
        return WORDS[self]


WORDS = {
    Standing.VALID: "Geldig",
    Standing.UNKNOWN: "Onbekend",
    Standing.NOT_YET_VALID: "Nog niet geldig",
    Standing.ENDED: "Beëindigd",
}


@dataclass(frozen=True)
class Period:
    """From and until, both inclusive; an unknown end doesn't bind. "Beëindigd per 01-01-2020" ends on 2019-12-31."""

    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the day lies in this period."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class Certainty(StrEnum):
    """How sure it is that a code came in the place of another. Bron: codes.md section 1 (replacement)."""

    PROVEN = "bewezen"
    DERIVED = "afgeleid"


class Successor(NamedTuple):
    """The code that came in the place of an ended one."""

    code: str
    certainty: Certainty


NOTHING: Mapping[str, tuple[Successor, ...]] = MappingProxyType({})
"""For a list of which nobody says what came in the place of a code."""


class Validity(NamedTuple):
    """How a code stands on a day, the period that says so, and what came in its place when it has ended."""

    code: str
    day: date
    standing: Standing
    period: Period | None = None
    successors: tuple[Successor, ...] = ()

    @property
    def start_unknown(self) -> bool:
        """Tell whether the code is valid or ended without a start that anybody named."""
        return self.period is not None and self.period.valid_from is None

    @property
    def words(self) -> str:
        """Return it as people read it, with the day that matters and the successors."""
        told = WORDS[self.standing]
        if self.standing is Standing.NOT_YET_VALID and self.period and self.period.valid_from:
            return f"{told}: geldig vanaf {_written(self.period.valid_from)}."
        if self.standing is not Standing.ENDED or not self.period or not self.period.valid_until:
            return f"{told}."
        proven = [one.code for one in self.successors if one.certainty is Certainty.PROVEN]
        derived = [one.code for one in self.successors if one.certainty is Certainty.DERIVED]
        ended = f"{told}: geldig tot en met {_written(self.period.valid_until)}."
        after = f" Opvolger: {_listed(proven)}." if proven else ""
        return f"{ended}{after}" + (f" Opvolger (afgeleid): {_listed(derived)}." if derived else "")


def before(periods: Iterable[Period], told: Iterable[Period]) -> list[Period]:
    """
    Return what is left of the periods of our own list when a release tells of the code on these days.

    Of a code that it names a release tells everything from its first day there: what came before stays as it is.
    Bron: docs/adr/0009-releases.md.
    """
    days = [one.valid_from or date.min for one in told]
    if not days:
        return list(periods)
    first = min(days)
    if first == date.min:
        return []
    last = first - timedelta(days=1)
    return [
        Period(one.valid_from, min(one.valid_until or last, last))
        for one in periods
        if one.valid_from is None or one.valid_from <= last
    ]


def standing(periods: Iterable[Period], day: date) -> Standing:
    """
    Return how a code with these periods stands on a day. A GGZ code is judged on the opening date of the dbc.

    Bron: R-27; codes.md section 0, findings 4 and 5.
    """
    return validity("", periods, day).standing


def validity(code: str, periods: Iterable[Period], day: date, successors: tuple[Successor, ...] = ()) -> Validity:
    """
    Return how a code with these periods stands on a day: what is known of an ended code is told with it.

    The period is the one that holds, else the nearest one: the last that ended, or the first that is to come.

    Bron: R-27; codes.md section 3 (look-up) and section 1 (replacement).
    """
    ended = coming = None
    # One walk in plain steps: a whole file of codes and days passes here.
    for period in periods:
        begin, end = period.valid_from, period.valid_until
        if end is not None and end < day:
            if ended is None or (ended.valid_until is not None and ended.valid_until < end):
                ended = period
        elif begin is None or begin <= day:
            return Validity(code, day, Standing.VALID, period)
        elif coming is None or (coming.valid_from is not None and begin < coming.valid_from):
            coming = period
    if ended is not None:
        return Validity(code, day, Standing.ENDED, ended, successors)
    return Validity(code, day, Standing.NOT_YET_VALID if coming else Standing.UNKNOWN, coming)


def validities(
    asked: Iterable[tuple[str, date]],
    rows: Iterable[tuple[str, date | None, date | None]],
    successors: Mapping[str, tuple[Successor, ...]] = NOTHING,
) -> list[Validity]:
    """
    Return how each of these codes stands on its day, in their order; `rows` are the codes with begin and end.

    Bron: R-27; codes.md section 3 (`geldig_op`).
    """
    periods: dict[str, list[Period]] = {}
    for code, begin, end in rows:
        periods.setdefault(code, []).append(Period(begin, end))
    return [validity(code, periods.get(code, ()), day, successors.get(code, ())) for code, day in asked]


def _written(day: date) -> str:
    return f"{day.day} {NAMES[day.month - 1]} {day.year}"


def _listed(codes: list[str]) -> str:
    return " of ".join(filter(None, [", ".join(codes[:-1]), codes[-1]]))
