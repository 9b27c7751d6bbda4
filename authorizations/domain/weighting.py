"""
Weighted treatment hours of MSR: an estimate from the figures of NZa's release of 2017.

One unit of an activity is five minutes; its weight says for how many minutes it counts. Where a weight is unknown we
say so: a factor of 1 would silently turn unweighted hours into weighted ones.
Bron: R-17; codes.md section 2 (NZa, grouper tables with effect from 2017-01-01, WeegFactor2 of cluster Z99002700).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from authorizations.domain import words
from authorizations.domain.terms import Discipline
from ggz_codes.domain import weights

LABEL = "gewichten 2017"
SOURCE = "NZa, grouper-tabellen met ingang van 2017-01-01 (v20161117)"
UNIT_MINUTES = 5
CENT = Decimal("0.01")

# Weighted minutes per unit of five minutes, by zorgactiviteit.
WEIGHTS_2017 = {code: one.weight for code, one in weights.of_2017().items()}

# The zorgactiviteit whose weight stands for a discipline: direct treatment. "Overig" has none.
ACTIVITY_OF = {Discipline(one.discipline): code for code, one in weights.of_2017().items() if one.discipline}

# Up to and including so many weighted minutes a code without machtiging fits. Bron: Z-23, Z-24; checks.md.
CAPS = ((240, "14E489"), (540, "14E490"))


class UnknownActivity(ValueError):
    """There is no weight for this zorgactiviteit."""


@dataclass(frozen=True)
class Weighted:
    """Weighted minutes, and the code that they would fit without a machtiging."""

    minutes: Decimal

    @property
    def hours(self) -> Decimal:
        """Return the weighted hours, in two places."""
        return (self.minutes / 60).quantize(CENT, ROUND_HALF_UP)

    @property
    def exempt_code(self) -> str:
        """Return 14E489 or 14E490 when the minutes fit under its cap, else nothing. Bron: Z-23, Z-24; R-17."""
        if not self.minutes:
            return ""
        return next((code for cap, code in CAPS if self.minutes <= cap), "")


@dataclass(frozen=True)
class Estimate:
    """
    What the planned hours would weigh. With an unknown weight there is no total and nothing to compare.

    Bron: R-17.
    """

    total: Weighted | None
    unknown: tuple[Discipline, ...]

    @property
    def words(self) -> str:
        """Return the estimate as people read it."""
        if self.total is None:
            names = ", ".join(discipline.label.lower() for discipline in self.unknown)
            return f"Ongewogen uren, weging onbekend voor: {names}."
        return f"Ongeveer {words.number(self.total.hours)} gewogen uren ({LABEL})."


def weigh(units: Iterable[tuple[str, int]]) -> Weighted:
    """
    Return what these activities weigh, given as (zorgactiviteit, number of units of five minutes).

    :raises UnknownActivity: when there is no weight for one of them

    Bron: R-17; codes.md section 2.
    """
    total = 0
    for code, number in units:
        if code not in WEIGHTS_2017:
            raise UnknownActivity(code)
        total += WEIGHTS_2017[code] * number
    return Weighted(Decimal(total))


def estimate(minutes: Mapping[Discipline, int]) -> Estimate:
    """
    Return what these planned minutes per discipline would weigh.

    Bron: Z-20 (hours per discipline); R-17 (an estimate, always shown with its year).
    """
    planned = {discipline: number for discipline, number in minutes.items() if number}
    unknown = tuple(discipline for discipline in planned if discipline not in ACTIVITY_OF)
    if unknown:
        return Estimate(None, unknown)
    total = sum(
        (
            Decimal(WEIGHTS_2017[ACTIVITY_OF[discipline]] * number) / UNIT_MINUTES
            for discipline, number in planned.items()
        ),
        Decimal(0),
    )
    return Estimate(Weighted(total), ())
