"""
What a release changes, in words and as lines of a file.

Bron: codes.md section 3 (a diff before activation); R-32 (prices are for internal roles).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TextIO

from ggz_codes.domain.release_terms import DiffKind, NoteKind, RowKind
from ggz_codes.domain.validity import Period
from kit.csv import BOM, Writer

COLUMNS = ("wijziging", "soort", "domein", "code", "was", "wordt", "geldig_vanaf", "geldig_tot", "plaats")


@dataclass(frozen=True)
class Version:
    """A code as it was or becomes."""

    kind: RowKind
    domain: str
    code: str
    description: str
    period: Period
    cents: int | None
    group: str
    tariff_kind: str


@dataclass(frozen=True)
class Line:
    """One change: of which code, what it was and what it becomes."""

    change: str
    kind: str
    domain: str
    code: str
    before: str
    after: str
    period: Period
    place: str

    @property
    def valid(self) -> str:
        """When it is valid, in words."""
        return valid(self.period)


def change(diff: DiffKind, before: Version | None, after: Version, place: str) -> Line:
    """Return a change of a code as a line; the two sides say what differs."""
    words = WORDS.get(diff, _description)
    was = words(before) if before else ""
    return Line(diff.label, after.kind.label, after.domain, after.code, was, words(after), after.period, place)


def note(kind: NoteKind, *, about: str, value: str, message: str, place: str, before: Version | None) -> Line:
    """Return what is told beside the codes as a line."""
    known = {one.value: one.label for one in RowKind}
    period = before.period if before else Period()
    return Line(kind.label, known.get(about, about), before.domain if before else "", value, "", message, period, place)


def valid(period: Period) -> str:
    """Say when something is valid."""
    if period.valid_from and period.valid_until:
        return f"{_day(period.valid_from)} tot en met {_day(period.valid_until)}"
    if period.valid_from:
        return f"vanaf {_day(period.valid_from)}"
    return f"tot en met {_day(period.valid_until)}" if period.valid_until else "altijd"


def euros(cents: int | None) -> str:
    """Say a price as people do."""
    if cents is None:
        return "geen prijs"
    whole = f"{cents // 100:,}".replace(",", ".")
    return f"€ {whole},{cents % 100:02d}"


def write(outgoing: TextIO, lines: Iterable[Line]) -> None:
    """Write the changes for a spreadsheet."""
    writer = Writer(outgoing)
    outgoing.write(BOM)
    writer.write(COLUMNS)
    for one in lines:
        begin, end = one.period.valid_from or "", one.period.valid_until or ""
        writer.write((one.change, one.kind, one.domain, one.code, one.before, one.after, begin, end, one.place))


def _description(version: Version) -> str:
    return version.description


def _price(version: Version) -> str:
    return " ".join(filter(None, (euros(version.cents), version.tariff_kind)))


def _validity(version: Version) -> str:
    return valid(version.period)


def _other(version: Version) -> str:
    return ", ".join(filter(None, (valid(version.period), version.group)))


WORDS: dict[DiffKind, Any] = {
    DiffKind.PRICE: _price,
    DiffKind.ENDED: _validity,
    DiffKind.CUT: _validity,
    DiffKind.OTHER: _other,
}


def _day(day: date | None) -> str:
    return f"{day.day}-{day.month}-{day.year}" if day else ""
