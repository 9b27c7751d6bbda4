"""
Codes to choose from at a form: each with the days on which it holds, so that the form offers those of the day typed.

Bron: R-27 (the day of the care decides); features.md, 15; docs/adr/0009-releases.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ggz_codes.domain.validity import Period, before


@dataclass(frozen=True)
class Choice:
    """A code, what it is, and the days on which that holds."""

    code: str
    what: str
    period: Period


def combined(own: Iterable[Choice], told: Iterable[Choice]) -> list[Choice]:
    """Return what releases tell, and of our own list what they leave: the days before the first they tell of."""
    found = list(told)
    days: dict[str, list[Period]] = {}
    for one in found:
        days.setdefault(one.code, []).append(one.period)
    found += [replace(one, period=period) for one in own for period in before([one.period], days.get(one.code, ()))]
    once = {(one.code, one.period): one for one in found}
    return sorted(once.values(), key=lambda one: (one.code, one.period.valid_from or date.min))


def on(day: date, choices: Iterable[Choice]) -> list[tuple[Choice, bool]]:
    """Return the choices, each with whether it holds on this day."""
    return [(one, one.period.holds_on(day)) for one in choices]
