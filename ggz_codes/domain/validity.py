"""Whether a code may be used for care that begins on a day: three different answers when it may not. Bron: R-27."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


def standing(periods: Iterable[Period], day: date) -> Standing:
    """
    Return how a code with these periods stands on a day. A GGZ code is judged on the opening date of the dbc.

    Bron: R-27; codes.md section 0, findings 4 and 5.
    """
    periods = tuple(periods)
    if not periods:
        return Standing.UNKNOWN
    if any(period.holds_on(day) for period in periods):
        return Standing.VALID
    if any(period.valid_until is not None and period.valid_until < day for period in periods):
        return Standing.ENDED
    return Standing.NOT_YET_VALID
