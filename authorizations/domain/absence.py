"""
Until which last day work comes back from whoever has it and isn't there.

Bron: feature 43; R-18: the portal warns two werkdagen before the last day, so work is with a colleague before that. How
many werkdagen exactly stands in no source.
"""

from dataclasses import dataclass
from datetime import date

from authorizations.domain import deadlines
from kit.terms import Term

MARGIN = 3
"""So many werkdagen a colleague needs: what must be decided that soon after the return doesn't wait for it."""
UNSEEN = 2
"""After so many whole werkdagen without logging in nobody knows when somebody returns."""


class Why(Term):
    """Why the portal puts work back for a colleague."""

    LEFT = "left", "Geen medisch adviseur meer"
    AWAY = "away", "Afwezig"
    UNSEEN = "unseen", "Niet ingelogd"


@dataclass(frozen=True)
class Holder:
    """Who has work: whether it is still theirs to do, until when they are away, and the last day they were seen."""

    is_advisor: bool
    away_until: date | None
    last_seen: date


@dataclass(frozen=True)
class Return:
    """What comes back: why, and what is due on this day or before. Without a day everything, also what rests."""

    why: Why
    due_until: date | None


def what_returns(holder: Holder, *, today: date) -> Return | None:
    """
    Return which work of this person comes back today; None when all of it stays.

    Bron: feature 43; R-18.
    """
    if not holder.is_advisor:
        return Return(Why.LEFT, None)
    if holder.away_until and holder.away_until >= today:
        return Return(Why.AWAY, deadlines.workdays_after(holder.away_until, MARGIN))
    if deadlines.workdays_until(holder.last_seen, today) > UNSEEN:
        return Return(Why.UNSEEN, deadlines.workdays_after(today, MARGIN))
    return None
