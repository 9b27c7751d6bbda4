"""
Files about zorgtrajecten: the dbc's of the GGZ, and zorgtrajectnummers that changed.

A line is read here; what may be recorded of it, the rules of dbc's and numbers say. What somebody wrote in another
column is never looked at, and never kept. Bron: G-33 to G-36; domain.md section 3.2 (a code is text).
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TextIO

from authorizations.domain import identifiers, words
from authorizations.domain.dbcs import Dbc, DbcKind
from authorizations.domain.traject_import import MANGLED, Unreadable, cells_of, is_empty, tidy
from authorizations.domain.traject_numbers import NumberReason, Told
from kit import dates
from kit.csv import BOM, Writer
from kit.terms import Term

MOST_LINES = 1000
"""All of a file is done at once, while somebody waits; more makes a second file. No source."""
MOST_BYTES = 2 * 1024 * 1024
KEPT = timedelta(days=30)
"""How long a file with its result is kept, as a file of activities is. No source: long enough to mend."""
SHAPE = "regel"
"""Stands for the column when the line as a whole can't be read."""
YES = ("ja", "j", "x", "1", "true")


class FileKind(Term):
    """What a file is about."""

    DBCS = "dbcs", "Dbc’s van de GGZ"
    NUMBERS = "nummers", "Omgezette zorgtrajectnummers"


class FileState(Term):
    """How far a file is."""

    READY = "ready", "Gecontroleerd: wacht op u"
    DONE = "done", "Verwerkt"
    CANCELLED = "cancelled", "Gestopt"


@dataclass(frozen=True)
class Column:
    """What belongs in a column; `field` is how the rules call it."""

    name: str
    field: str
    words: str
    example: str
    needed: bool = True


COLUMNS: Mapping[FileKind, tuple[Column, ...]] = {
    FileKind.DBCS: (
        Column("zorgtrajectnummer", "number", "Hoogstens 15 letters en cijfers.", "GGZ20200001"),
        Column("soort", "kind", "initieel of vervolg.", "initieel"),
        Column("zorgtype", "zorgtype", "3 cijfers.", "155"),
        Column("geopend_op", "opened_on", "De dag, niet in de toekomst.", "2020-03-02"),
        Column("gesloten_op", "closed_on", "Leeg als de dbc nog open is.", "2020-12-31"),
        Column("uzovi", "policy", "Alleen bij een nieuw zorgtraject: de verzekeraar, 4 cijfers.", "3311", False),
        Column("bsn", "bsn", "Alleen bij een nieuw zorgtraject: 9 cijfers.", "999996708", False),
        Column("geboortedatum", "birth_date", "Alleen bij een nieuw zorgtraject.", "1981-04-02", False),
        Column("voorletters", "initials", "Alleen bij een nieuw zorgtraject.", "K.", False),
        Column("achternaam", "surname", "Alleen bij een nieuw zorgtraject.", "Voorbeeld", False),
        Column("privacyverklaring", "privacyverklaring", "ja, of leeg. Bij ja lezen wij geen diagnose.", "", False),
        Column("diagnose", "diagnosis_code", "Een ICD-10-code, of leeg.", "F32.1", False),
    ),
    FileKind.NUMBERS: (
        Column("oud_nummer", "old_number", "Het nummer dat het zorgtraject had.", "ZT20260001"),
        Column("nieuw_nummer", "new_number", "Het nummer nu: hoogstens 15 letters en cijfers.", "2026-88-1"),
        Column("reden", "reason", f"{words.listing([one.value for one in NumberReason], 'of')}.", "softwarewissel"),
        Column("omgezet_op", "changed_on", "De dag waarop u overging.", "2026-11-01"),
        Column("agb_oud", "from_agb", "Alleen bij een fusie: wie het oude nummer gaf.", "", False),
    ),
}

Fault = tuple[str, str]
"""A column, or nothing for the whole line, and what is wrong."""


@dataclass(frozen=True)
class Line:
    """A line with its cells in the order of the columns, or what keeps it from being read."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Patient:
    """Whom a new zorgtraject would be for, as a line says it."""

    uzovi: str
    bsn: str
    birth_date: date | None
    initials: str
    surname: str
    privacyverklaring: bool
    diagnosis: str

    @property
    def said(self) -> bool:
        """Tell whether the line says anything of it."""
        return bool(self.bsn or self.surname or self.initials or self.birth_date)


def read(content: bytes, kind: FileKind) -> list[Line]:
    """
    Return the lines of a file.

    :raises Unreadable: when it isn't such a file, with what to do
    """
    if content.startswith(b"PK\x03\x04"):
        raise Unreadable("Dit is een Excel-bestand. Sla het in Excel op als “CSV UTF-8” en kies dat bestand.")
    try:
        first, *rest = content.decode("utf-8-sig").replace("\x00", "").splitlines() or [""]
        names = [name.strip().casefold() for name in cells_of(first)]
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable("Dit bestand is geen CSV in UTF-8. Sla het in Excel op als “CSV UTF-8”.") from None
    columns = COLUMNS[kind]
    lacking = [one.name for one in columns if one.needed and one.name not in names]
    if lacking and len(names) < 2:
        raise Unreadable("De kolommen zijn niet gescheiden door een puntkomma. Sla het bestand op als CSV met ;.")
    if lacking:
        raise Unreadable(f"In de eerste regel ontbreekt: {words.listing(lacking)}.")
    twice = sorted({one.name for one in columns if names.count(one.name) > 1})
    if twice:
        raise Unreadable(f"Deze kolom staat er twee keer: {words.listing(twice)}.")
    lines = [(number, line) for number, line in enumerate(rest, 2) if not is_empty(line.encode())]
    if not lines:
        raise Unreadable("In dit bestand staan alleen namen van kolommen. Vul de regels eronder in.")
    if len(lines) > MOST_LINES:
        raise Unreadable(f"Dit bestand heeft meer dan {words.number(MOST_LINES)} regels. Splits het.")
    return [_line(number, line, names, kind) for number, line in lines]


def _line(number: int, line: str, names: Sequence[str], kind: FileKind) -> Line:
    columns = COLUMNS[kind]
    try:
        cells = cells_of(line)
    except csv.Error:
        return Line(
            number, ("",) * len(columns), ((SHAPE, "Deze regel is geen CSV. Staat er een aanhalingsteken verkeerd?"),)
        )
    by_name = dict(zip(names, cells, strict=False))
    known = {one.name: tidy(by_name.get(one.name, "")) for one in columns}
    if known.get("privacyverklaring", "").casefold() in YES:
        # Never kept, not even while the file waits. Bron: G-06.
        known["diagnose"] = ""
    values = tuple(known.values())
    if len(cells) != len(names):
        return Line(
            number, values, ((SHAPE, f"Deze regel heeft {len(cells)} kolommen. Het moeten er {len(names)} zijn."),)
        )
    return Line(number, values)


class _Wrong(ValueError):
    """What is wrong in a cell."""


def change_of(cells: Sequence[str]) -> tuple[Told, list[Fault]]:
    """Return what a line says of a changed number, and what can't be read of it. Bron: G-34, G-35."""
    faults: list[Fault] = []
    old, new, reason, changed_on, from_agb = cells
    told = Told(
        _read(faults, "oud_nummer", _number, old, ""),
        _read(faults, "nieuw_nummer", _number, new, ""),
        _read(faults, "reden", _reason, reason, NumberReason.SOFTWARE),
        _read(faults, "omgezet_op", _day, changed_on, None),
        from_agb,
    )
    return told, faults


def dbc_of(cells: Sequence[str]) -> tuple[str, Dbc, Patient, list[Fault]]:
    """Return what a line says of a dbc, with the number of its zorgtraject and the patient. Bron: G-33."""
    faults: list[Fault] = []
    number, kind, zorgtype, opened_on, closed_on, uzovi, bsn, birth_date, initials, surname, privacy, diagnosis = cells
    dbc = Dbc(
        _read(faults, "soort", _kind, kind, DbcKind.INITIAL),
        _read(faults, "zorgtype", _plain, zorgtype, ""),
        _read(faults, "geopend_op", _day, opened_on, None),
        _read(faults, "gesloten_op", _day, closed_on, None),
    )
    patient = Patient(
        uzovi,
        _read(faults, "bsn", _bsn, bsn, ""),
        _read(faults, "geboortedatum", _day, birth_date, None),
        initials[:20],
        surname,
        _read(faults, "privacyverklaring", _yes, privacy, False),
        _read(faults, "diagnose", _diagnosis, diagnosis, ""),
    )
    return _read(faults, "zorgtrajectnummer", _number, number, ""), dbc, patient, faults


def _read(faults: list[Fault], column: str, reader: Callable[[str], Any], cell: str, otherwise: Any) -> Any:
    try:
        return reader(cell)
    except ValueError as wrong:
        faults.append((column, str(wrong)))
        return otherwise


def _number(cell: str) -> str:
    if not cell:
        raise _Wrong("Vul het zorgtrajectnummer in.")
    return identifiers.zorgtrajectnummer(_plain(cell))


def _plain(cell: str) -> str:
    if MANGLED.fullmatch(cell):
        raise _Wrong("Excel heeft hiervan een getal gemaakt. Zet de kolom in Excel op Tekst en typ het opnieuw.")
    return cell


def _reason(cell: str) -> NumberReason:
    try:
        return NumberReason(cell.casefold())
    except ValueError:
        raise _Wrong(f"Kies {words.listing([one.value for one in NumberReason], 'of')}.") from None


def _kind(cell: str) -> DbcKind:
    try:
        return DbcKind(cell.casefold())
    except ValueError:
        raise _Wrong("Schrijf initieel of vervolg.") from None


def _day(cell: str) -> date | None:
    found = dates.read(cell) if cell else None
    if cell and (found is None or not 1900 <= found.year < 2200):
        raise _Wrong("Schrijf een bestaande datum als 2026-11-03 of 3-11-2026.")
    return found


def _bsn(cell: str) -> str:
    return identifiers.bsn(cell) if cell else ""


def _yes(cell: str) -> bool:
    if cell.casefold() not in (*YES, "", "nee"):
        raise _Wrong("Schrijf ja, of laat het leeg.")
    return cell.casefold() in YES


def _diagnosis(cell: str) -> str:
    return identifiers.icd10(cell).code if cell else ""


def column_of(kind: FileKind, field: str) -> str:
    """Return the column in which the rules' field stands, or nothing."""
    return next((one.name for one in COLUMNS[kind] if one.field == field), "")


def example(outgoing: TextIO, kind: FileKind) -> None:
    """Write a file as it should be, to fill in further."""
    lines = Writer(outgoing)
    outgoing.write(BOM)
    lines.write(one.name for one in COLUMNS[kind])
    lines.write(one.example for one in COLUMNS[kind])


def faulty(
    outgoing: TextIO, kind: FileKind, lines: Iterable[tuple[int, Sequence[str], Sequence[Sequence[str]]]]
) -> None:
    """Write each wrong line as it was, with what is wrong: mended, this file can be brought itself."""
    written = Writer(outgoing)
    outgoing.write(BOM)
    written.write((*(one.name for one in COLUMNS[kind]), "regel", "kolom", "fout"))
    for number, cells, faults in lines:
        columns = dict.fromkeys(column for column, _told in faults if column)
        written.write((*cells, number, ", ".join(columns), " ".join(told for _column, told in faults)))
