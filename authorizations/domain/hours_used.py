"""
Hours of treatment used against those of the machtiging, per discipline, unweighted as they were granted.

Bron: Z-20 (hours per discipline); R-17; codes.md section 2 (a unit is five minutes).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from authorizations.domain.terms import Discipline
from authorizations.domain.weighting import UNIT_MINUTES, WEIGHTS_2017

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One discipline: what was granted (None: nothing was), and what was used."""

    discipline: Discipline
    granted: Decimal | None
    used: Decimal

    @property
    def over(self) -> Decimal:
        """Return by how many hours more was used than granted."""
        return max(self.used - (self.granted or NOTHING), NOTHING)

    @property
    def percent(self) -> int:
        """Return how full the bar is; without a grant it is full as soon as something is used."""
        whole = self.granted or NOTHING
        return min(100, int(self.used * 100 / whole)) if whole else 100 if self.used else 0


@dataclass(frozen=True)
class Usage:
    """All disciplines, and the codes of which we don't know how long one unit lasts: those aren't counted."""

    lines: tuple[Line, ...]
    unknown: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Return the minutes that were used in all."""
        return int(sum((line.used for line in self.lines), NOTHING) * 60)


def used(
    activities: Iterable[tuple[str, Discipline, int]], granted: Iterable[tuple[Discipline, Decimal]] = ()
) -> Usage:
    """
    Return what was used of what was granted; activities are (code, discipline, units).

    A code without a weight has no known unit: it is named and left out, never counted as five minutes.

    Bron: R-17 (never silently a factor 1); codes.md section 2.
    """
    minutes: Counter[Discipline] = Counter()
    unknown = set()
    for code, discipline, units in activities:
        if code in WEIGHTS_2017:
            minutes[discipline] += units * UNIT_MINUTES
        else:
            unknown.add(code)
    given = _together(granted)
    return Usage(
        tuple(
            Line(discipline, given.get(discipline), Decimal(minutes[discipline]) / 60)
            for discipline in Discipline
            if discipline in given or minutes[discipline]
        ),
        tuple(sorted(unknown)),
    )


def _together(granted: Iterable[tuple[Discipline, Decimal]]) -> Mapping[Discipline, Decimal]:
    found: dict[Discipline, Decimal] = {}
    for discipline, hours in granted:
        found[discipline] = found.get(discipline, NOTHING) + hours
    return found
