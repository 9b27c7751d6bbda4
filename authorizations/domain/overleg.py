"""
Collegiaal overleg before a denial: what may be offered, who may still answer, and when its result is written down.

No source says that the decision term rests for it, so it runs on (R-18 names questions only).

Bron: features.md, row 54, and "what none of them has", row 16.
"""

from collections.abc import Sequence
from datetime import date, datetime

from authorizations.domain import words
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.obstacles import Obstacle
from kit.terms import Term

MOST_MOMENTS = 5


class OverlegStatus(Term):
    """How an offered overleg stands. Bron: features.md, row 54 (a list of our own)."""

    OFFERED = "offered", "Aangeboden"
    BOOKED = "booked", "Afgesproken"
    DECLINED = "declined", "Niet aangenomen"
    HELD = "held", "Gevoerd"
    CANCELLED = "cancelled", "Afgezegd"


OPEN = frozenset({OverlegStatus.OFFERED, OverlegStatus.BOOKED})


def why_not_offer(*, now: datetime, last_day: date | None, is_open: bool) -> str:
    """
    Return why there can be no offer at all; empty when there can: none is open, and the decision isn't late already.

    Bron: features.md, row 54; R-18 (the term runs on).
    """
    if is_open:
        return "Er staat al een aanbod voor overleg open."
    if last_day and now.astimezone(AMSTERDAM).date() > last_day:
        return f"De beslistermijn liep tot en met {words.day(last_day)}. Overleg aanbieden kan niet meer."
    return ""


def obstacles_to_offer(
    moments: Sequence[datetime], *, now: datetime, last_day: date | None, is_open: bool
) -> list[Obstacle]:
    """
    Return why this can't be offered; `last_day` is the last day of the decision term, None while there is none.

    Bron: features.md, row 54; R-18 (the term runs on).
    """
    if reason := why_not_offer(now=now, last_day=last_day, is_open=is_open):
        return [Obstacle("no_offer", reason)]
    if not moments:
        return [Obstacle("moment_missing", "Vul minstens 1 moment in.", field="moments")]
    found = []
    if len(moments) > MOST_MOMENTS:
        found.append(Obstacle("too_many", f"Bied hoogstens {MOST_MOMENTS} momenten aan.", field="moments"))
    if len(set(moments)) < len(moments):
        found.append(Obstacle("same_twice", "U vulde een moment dubbel in. Haal er 1 weg.", field="moments"))
    for row, moment in enumerate(moments):
        if moment <= now:
            found.append(Obstacle("in_the_past", "Kies een moment dat nog komt.", field="day", row=row))
        elif last_day and moment.astimezone(AMSTERDAM).date() > last_day:
            message = f"De beslistermijn loopt tot en met {words.day(last_day)} en rust niet. Kies een eerder moment."
            found.append(Obstacle("after_the_term", message, field="day", row=row))
    return found


def why_not_book(status: OverlegStatus, moment: datetime | None, offered: Sequence[datetime], *, now: datetime) -> str:
    """Return why this moment can't be agreed on; empty when it can. Bron: features.md, row 54."""
    if status is not OverlegStatus.OFFERED:
        return "Dit aanbod staat niet meer open."
    if moment is None or moment not in offered:
        return "Kies 1 van de momenten die de medisch adviseur aanbood."
    return "Dit moment is voorbij. Kies een ander moment." if moment <= now else ""


def why_not_write(status: OverlegStatus, booked_for: datetime | None, result: str, *, now: datetime) -> str:
    """Return why the result can't be written down; empty when it can: after the moment agreed on, and in words."""
    if status is not OverlegStatus.BOOKED or booked_for is None:
        return "Er is geen overleg afgesproken."
    if booked_for > now:
        return "Het overleg moet nog komen. Leg daarna de uitkomst vast."
    return "" if result.strip() else "Schrijf de uitkomst van het overleg."
