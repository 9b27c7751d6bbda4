"""
The dbc's of a zorgtraject in the GGZ: an initial one, and perhaps one or more vervolg-dbc's after it.

Together they are all care for one primary diagnosis. Days are counted as elsewhere: the opening is day 0.
Bron: G-33 (S2, "Een initiële DBC, met eventueel één of meerdere vervolg-DBC's, vormt het zorgtraject").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from authorizations.domain import identifiers, words
from ggz_codes.domain.validity import Standing, Validity
from kit.terms import Term

LONGEST = timedelta(days=365)
"""How long a dbc stays open at most. Bron: domain.md section 8 (dbcregels.nza.nl 2020, ggz, openen)."""
EARLIEST = date(2008, 1, 1)
"""Before it the GGZ had no dbc's: an earlier day is a slip in the year. No source in S2."""


class DbcKind(Term):
    """Whether a dbc begins the care or goes on with it. Bron: G-33."""

    INITIAL = "initieel", "Initieel"
    VERVOLG = "vervolg", "Vervolg"


SERIES = {"1": (DbcKind.INITIAL,), "2": (DbcKind.VERVOLG,), "3": (DbcKind.INITIAL, DbcKind.VERVOLG)}
"""
By its first digit a zorgtype is for the first dbc, for a vervolg, or (crisis) for both.

Bron: G-16 to G-32 (ggz_codes/data: 100 initial, 200 vervolg, 300 crisis, of which 304 follows on 303).
"""


@dataclass(frozen=True)
class Dbc:
    """A dbc as it is told, or as it stands here."""

    kind: DbcKind
    zorgtype: str
    opened_on: date | None
    closed_on: date | None = None


def next_kind(standing: Sequence[Dbc]) -> DbcKind:
    """Return which kind the next dbc of a zorgtraject is. Bron: G-33."""
    return DbcKind.VERVOLG if standing else DbcKind.INITIAL


def wrong(
    told: Dbc, standing: Sequence[Dbc], *, validity: Validity | None, today: date, born_on: date | None = None
) -> Iterator[tuple[str, str]]:
    """
    Yield the field and what is wrong with a dbc that would come beside those that stand in its zorgtraject.

    `validity` is how the catalogue has the zorgtype on the day of opening; what it doesn't know doesn't bar the way.

    Bron: G-33; R-27 (the day of opening decides); codes.md section 0, finding 10.
    """
    yield from _zorgtype(told, validity)
    if told.opened_on is None:
        yield "opened_on", "Vul in op welke dag de dbc is geopend."
        return
    yield from _days(told.opened_on, told.closed_on, today=today, born_on=born_on)
    yield from _order(told, standing)


def wrong_closing(opened_on: date, closed_on: date | None, standing: Sequence[Dbc], *, today: date) -> Iterator[str]:
    """Yield why a dbc can't close on this day; `standing` are the others of its zorgtraject. Bron: G-33."""
    if closed_on is None:
        yield "Vul in op welke dag de dbc is gesloten."
        return
    yield from (said for name, said in _days(opened_on, closed_on, today=today) if name == "closed_on")
    after = [one.opened_on for one in standing if one.opened_on and opened_on < one.opened_on <= closed_on]
    if after:
        yield f"Op {words.day(min(after))} opende al een volgende dbc. Deze sloot eerder."


def wrong_removal(one: Dbc, standing: Sequence[Dbc]) -> str:
    """Return why a dbc can't be taken away, or nothing; `standing` are the others. Bron: G-33."""
    if one.kind is DbcKind.INITIAL and standing:
        return "Na deze dbc kwam een vervolg. Verwijder eerst het vervolg."
    return ""


def last_day(opened_on: date) -> date:
    """Return the last day on which a dbc may close. Bron: domain.md section 8 (365 days)."""
    return opened_on + LONGEST


def _zorgtype(told: Dbc, validity: Validity | None) -> Iterator[tuple[str, str]]:
    try:
        identifiers.zorgtype(told.zorgtype)
    except ValueError as refused:
        yield "zorgtype", str(refused)
        return
    if told.kind not in SERIES.get(told.zorgtype[0], tuple(DbcKind)):
        other = "een eerste dbc" if told.kind is DbcKind.VERVOLG else "een vervolg"
        yield "zorgtype", f"Zorgtype {told.zorgtype} is voor {other}. Controleer het zorgtype."
    elif validity and validity.standing in (Standing.ENDED, Standing.NOT_YET_VALID):
        told_on = words.day(validity.day)
        yield "zorgtype", f"Zorgtype {told.zorgtype} geldt niet voor een dbc van {told_on}. {validity.words}"


def _days(
    opened_on: date, closed_on: date | None, *, today: date, born_on: date | None = None
) -> Iterator[tuple[str, str]]:
    if opened_on > today:
        yield "opened_on", f"Een dbc kan niet in de toekomst openen ({words.day(opened_on)})."
    elif opened_on < EARLIEST:
        yield "opened_on", "Controleer het jaar."
    elif born_on and opened_on < born_on:
        yield "opened_on", "De patiënt was toen nog niet geboren. Controleer deze dag en de geboortedatum."
    if closed_on is None:
        return
    if closed_on > today:
        yield "closed_on", f"Een dbc kan niet in de toekomst sluiten ({words.day(closed_on)})."
    elif closed_on < opened_on:
        yield "closed_on", "De dbc sluit voordat zij is geopend. Controleer beide dagen."
    elif closed_on > last_day(opened_on):
        last = words.day(last_day(opened_on))
        yield "closed_on", f"Een dbc duurt hoogstens {LONGEST.days} dagen. Deze sluit uiterlijk op {last}."


def _order(told: Dbc, standing: Sequence[Dbc]) -> Iterator[tuple[str, str]]:
    opened_on = told.opened_on
    assert opened_on  # noqa: S101 (asked before)
    firsts = [one for one in standing if one.kind is DbcKind.INITIAL]
    if told.kind is DbcKind.INITIAL and firsts:
        yield "kind", "Dit zorgtraject heeft al een initiële dbc. Daarna komt een vervolg."
        return
    if told.kind is DbcKind.VERVOLG and not [one for one in firsts if one.opened_on and one.opened_on < opened_on]:
        yield "opened_on", "Een vervolg opent na de initiële dbc. Leg die eerst vast."
        return
    for one in standing:
        if one.opened_on and _overlap(told, one):
            if one.closed_on is None and one.opened_on < opened_on:
                yield "opened_on", f"De dbc van {words.day(one.opened_on)} is nog open. Sluit die eerst."
            else:
                yield "opened_on", f"Op deze dagen loopt al de dbc van {words.day(one.opened_on)}."
            return


def _overlap(one: Dbc, other: Dbc) -> bool:
    assert one.opened_on and other.opened_on  # noqa: S101 (asked before)
    return one.opened_on <= (other.closed_on or date.max) and other.opened_on <= (one.closed_on or date.max)
