"""
A file of zorgactiviteiten: what stands in a line, what is wrong with it, and how far the file is.

A line is judged by itself here; what follows from it, the rules of `subtrajects` say (in words: `import_effects`). What
somebody wrote in another column is never looked at, and never kept. Bron: R-07, R-08; domain.md section 3.2 (a code is
text).
"""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from authorizations.domain import identifiers, words, zorgactiviteiten
from authorizations.domain.subtrajects import REHABILITATION
from authorizations.domain.terms import Discipline
from kit import dates
from kit.terms import Term

NEEDED = ("zorgtrajectnummer", "zorgactiviteit", "uitgevoerd_op", "discipline")
NUMBERS = ("aantal", "zorgprofielklasse")
COLUMNS = (*NEEDED, *NUMBERS)
MOST_LINES = 250_000
LONGEST_LINE = 4000
LONGEST_CELL = 100
KEPT = timedelta(days=30)
"""How long a file with its result is kept after the last thing that happened to it. No source: long enough to mend."""

MANGLED = re.compile(r"\d+([.,]\d+)?E[+-]?\d+|\d+[.,]\d+", re.IGNORECASE)
MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?$")
WHOLE = re.compile(r"[0-9]{1,9}")
HIDDEN = "(niet bewaard)"
LONG_NUMBER = re.compile(r"(?<!\d)\d{8,9}(?!\d)")
EIGHT_DIGITS = re.compile(r"\d(?:[\W_]*\d){7}")


class Stage(Term):
    """How far a file is."""

    READING = "reading", "Wordt gelezen"
    CHECKING = "checking", "Wordt gecontroleerd"
    READY = "ready", "Gecontroleerd: wacht op u"
    APPLYING = "applying", "Wordt verwerkt"
    DONE = "done", "Verwerkt"
    CANCELLED = "cancelled", "Gestopt"


AT_WORK = (Stage.READING, Stage.CHECKING, Stage.APPLYING)


class RowState(Term):
    """What is known of a line."""

    READ = "read", "Nog niet gecontroleerd"
    NEW = "new", "Nieuw"
    THERE = "there", "Staat er al"
    WRONG = "wrong", "Fout"
    APPLIED = "applied", "Verwerkt"
    CHANGED = "changed", "Niet verwerkt: er was iets veranderd"


class FaultCode(Term):
    """What is wrong with a line, so that equal faults are counted together."""

    SHAPE = "shape", "De regel is geen goede CSV-regel"
    ENCODING = "encoding", "Verkeerde tekencodering"
    MANGLED = "mangled", "Door Excel veranderd"
    NUMBER = "number", "Zorgtrajectnummer klopt niet"
    UNKNOWN = "unknown", "Onbekend zorgtraject"
    CODE = "code", "Zorgactiviteit klopt niet"
    DATE = "date", "Datum klopt niet"
    FUTURE = "future", "Datum in de toekomst"
    EARLY = "early", "Voor de opening"
    DISCIPLINE = "discipline", "Onbekende discipline"
    AMOUNT = "amount", "Aantal of zorgprofielklasse klopt niet"
    TWICE = "twice", "Staat twee keer in het bestand"
    OTHERWISE = "otherwise", "Staat er al, maar anders"
    REMOVED = "removed", "Was eerder verwijderd"
    REFUSED = "refused", "Past in geen subtraject"


class Unreadable(ValueError):
    """It isn't a file of activities; the message says why, and what to do."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, and what to do about it."""

    code: FaultCode
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Line:
    """An activity as a line of the file says it."""

    number: str
    code: str
    performed_on: date
    discipline: Discipline
    units: int = 1
    profile_class: int = REHABILITATION


@dataclass(frozen=True)
class Read:
    """A line with what it says, or with everything that is wrong with it; `cells` in the order of COLUMNS."""

    cells: tuple[str, ...]
    line: Line | None = None
    faults: tuple[Fault, ...] = ()


# -- the header ------------------------------------------------------------------------------------------------------


def header(first: bytes) -> list[str]:
    """
    Return the names of the columns.

    :raises Unreadable: when a column is lacking or stands there twice, naming it; or when it isn't CSV with semicolons
    """
    if first.startswith(b"PK\x03\x04"):
        raise Unreadable("Dit is een Excel-bestand. Sla het in Excel op als “CSV UTF-8” en kies dat bestand.")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in first:
        raise Unreadable("Dit bestand is geen tekst in UTF-8. Sla het in Excel op als “CSV UTF-8” en kies het opnieuw.")
    try:
        names = [name.strip().casefold() for name in cells_of(first.decode("utf-8-sig"))]
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable("De eerste regel is niet te lezen. Daar horen de namen van de kolommen.") from None
    if not any(names):
        raise Unreadable("Het bestand is leeg. De eerste regel noemt de kolommen.")
    lacking = [name for name in NEEDED if name not in names]
    if lacking and len(names) == 1:
        raise Unreadable("De kolommen zijn niet gescheiden door een puntkomma. Sla het bestand op als CSV met ;.")
    if lacking:
        raise Unreadable(f"In de eerste regel ontbreekt: {words.listing(lacking)}.")
    twice = sorted({name for name in COLUMNS if names.count(name) > 1})
    if twice:
        raise Unreadable(f"Deze kolom staat er twee keer: {words.listing(twice)}.")
    if "actie" in names:
        raise Unreadable("Wij kennen geen kolom “actie”: verwijderen of verbeteren doet u bij het zorgtraject zelf.")
    return names


def ignored(names: Sequence[str]) -> list[str]:
    """Return the columns that are passed over."""
    return [name[:40] for name in names if name and name not in COLUMNS]


# -- a line ----------------------------------------------------------------------------------------------------------


def read(raw: bytes, names: Sequence[str], *, today: date) -> Read:
    """Return what a line says, or all that is wrong with it. Bron: R-05, R-07; domain.md section 3.2."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return _wrong_encoding(raw, names)
    try:
        cells = cells_of(text)
    except csv.Error:
        told = "Deze regel is geen CSV. Staat er een aanhalingsteken verkeerd?"
        return Read(("",) * len(COLUMNS), faults=(Fault(FaultCode.SHAPE, "", "", told),))
    if len(cells) != len(names):
        many = "1 kolom" if len(cells) == 1 else f"{len(cells)} kolommen"
        told = f"Deze regel heeft {many}. Het moeten er {len(names)} zijn."
        known = _known(cells + [""] * (len(names) - len(cells)), names)
        return Read(_kept(known), faults=(Fault(FaultCode.SHAPE, "", "", told),))
    return judged(_known(cells, names), today=today)


def judged(known: tuple[str, ...], *, today: date) -> Read:
    """Return what these values say, in the order of COLUMNS, or all that is wrong with them."""
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for column, cell in zip(COLUMNS, known, strict=True):
        try:
            values[column] = READERS[column](cell, today)
        except _Wrong as wrong:
            faults.append(Fault(wrong.code, column, safe(cell), str(wrong)))
    if faults:
        return Read(_kept(known), faults=tuple(faults))
    return Read(_kept(known), Line(*(values[column] for column in COLUMNS)))


def unknown(number: str) -> Fault:
    """Return what is wrong with a zorgtrajectnummer that isn't one of the institution."""
    if safe(number) == HIDDEN:
        told = "Dit lijkt een burgerservicenummer. Vul het zorgtrajectnummer in. Wij bewaren dit getal niet."
        return Fault(FaultCode.NUMBER, "zorgtrajectnummer", HIDDEN, told)
    told = (
        "Wij vinden dit zorgtraject niet bij uw instelling. Controleer het nummer, of leg eerst het zorgtraject vast."
    )
    return Fault(FaultCode.UNKNOWN, "zorgtrajectnummer", number, told)


def cells_of(text: str) -> list[str]:
    """Return the cells of one line of text; a quote that isn't closed is an error of that line alone."""
    return next(csv.reader([text.rstrip("\r\n")], delimiter=";", strict=True), [])


def is_empty(raw: bytes) -> bool:
    """Tell whether a line holds nothing, as spreadsheets leave behind at the end."""
    return not raw.strip(b" \t\r\n;")


def _known(cells: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    by_name = dict(zip(names, cells, strict=False))
    return tuple(tidy(by_name.get(column, "")) for column in COLUMNS)


def _kept(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(safe(cell) for cell in cells)


def tidy(cell: str) -> str:
    """Return a cell without what can't be seen."""
    if not (cell.isascii() and cell.isprintable()):
        cell = identifiers.clean(cell)
    # Our own list of faults puts an apostrophe in front of what a spreadsheet would run.
    return cell.strip().removeprefix("'").strip()[:LONGEST_CELL]


def safe(cell: str) -> str:
    """Return what may be kept of a cell: everything but a burgerservicenummer, which a day as 2026-08-05 is not."""
    if not EIGHT_DIGITS.search(cell) or dates.read(MIDNIGHT.sub("", cell)):
        return cell
    return HIDDEN if any(_is_bsn(one) for one in (cell, *LONG_NUMBER.findall(cell))) else cell


def _is_bsn(text: str) -> bool:
    try:
        identifiers.bsn(text)
    except ValueError:
        return False
    return True


def _wrong_encoding(raw: bytes, names: Sequence[str]) -> Read:
    old = raw.decode("cp1252", errors="replace")
    try:
        known = _known(cells_of(old), names)
    except csv.Error:
        known = ("",) * len(COLUMNS)
    known = _kept(known)
    column, value = next(
        ((column, cell) for column, cell in zip(COLUMNS, known, strict=True) if not cell.isascii()), ("", "")
    )
    told = (
        "Deze regel staat niet in UTF-8 maar waarschijnlijk in Windows-1252. "
        "Sla het bestand in Excel op als “CSV UTF-8”."
    )
    return Read(known, faults=(Fault(FaultCode.ENCODING, column, value, told),))


class _Wrong(ValueError):
    def __init__(self, code: FaultCode, message: str) -> None:
        super().__init__(message)
        self.code = code


def _number(cell: str, _today: date) -> str:
    if MANGLED.fullmatch(cell):
        raise _Wrong(FaultCode.MANGLED, _mangled("dit nummer"))
    if not cell:
        raise _Wrong(FaultCode.NUMBER, "Vul het zorgtrajectnummer in.")
    try:
        return identifiers.zorgtrajectnummer(cell)
    except ValueError as wrong:
        raise _Wrong(FaultCode.NUMBER, str(wrong)) from None


def _code(cell: str, _today: date) -> str:
    if re.fullmatch(r"[0-9]{6}", cell):
        return cell
    if MANGLED.fullmatch(cell):
        raise _Wrong(FaultCode.MANGLED, _mangled("deze code"))
    if WHOLE.fullmatch(cell) and len(cell) < 6:
        told = f"Een zorgactiviteit heeft 6 cijfers. Hier staan er {len(cell)}. Liet Excel de nullen vooraan weg?"
        raise _Wrong(FaultCode.MANGLED, f"{told} Zet de kolom op Tekst.")
    told = "Vul de zorgactiviteit in: 6 cijfers." if not cell else "Een zorgactiviteit heeft 6 cijfers."
    raise _Wrong(FaultCode.CODE, told)


def _performed_on(cell: str, today: date) -> date:
    found = dates.read(MIDNIGHT.sub("", cell))
    if found is None and WHOLE.fullmatch(cell) and len(cell) == 5:
        told = "Excel heeft van deze datum een getal gemaakt. Zet de kolom op Datum, of schrijf 2026-11-03."
        raise _Wrong(FaultCode.MANGLED, told)
    if found is None or not 1900 <= found.year < 2200:
        raise _Wrong(FaultCode.DATE, "Schrijf een bestaande datum als 2026-11-03 of 3-11-2026.")
    if found > today:
        told = f"{words.day(found).capitalize()} is in de toekomst. Alleen wat is uitgevoerd telt."
        raise _Wrong(FaultCode.FUTURE, told)
    return found


def _discipline(cell: str, _today: date) -> Discipline:
    found = DISCIPLINES.get(_plain(cell))
    if found is None:
        known = words.listing([one.value for one in Discipline], "of")
        raise _Wrong(FaultCode.DISCIPLINE, f"Kies een discipline uit de lijst: {known}.")
    return found


def _units(cell: str, _today: date) -> int:
    return _whole(cell, "Het aantal", absent=1, most=zorgactiviteiten.MOST_UNITS)


def _profile_class(cell: str, _today: date) -> int:
    return _whole(cell, "De zorgprofielklasse", absent=REHABILITATION, most=99)


def _whole(cell: str, name: str, *, absent: int, most: int) -> int:
    if not cell:
        return absent
    if WHOLE.fullmatch(cell) and 1 <= int(cell) <= most:
        return int(cell)
    raise _Wrong(FaultCode.AMOUNT, f"{name} is een heel getal van 1 tot en met {most}, of leeg.")


def _mangled(what: str) -> str:
    return f"Excel heeft van {what} een getal gemaakt. Zet de kolom in Excel op Tekst en typ {what} opnieuw."


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "_".join("".join(sign for sign in spread if not unicodedata.combining(sign)).split())


DISCIPLINES = {_plain(text): one for one in Discipline for text in (one.value, one.label)}
READERS = {
    "zorgtrajectnummer": _number,
    "zorgactiviteit": _code,
    "uitgevoerd_op": _performed_on,
    "discipline": _discipline,
    "aantal": _units,
    "zorgprofielklasse": _profile_class,
}


# -- how far it is ---------------------------------------------------------------------------------------------------

AHEAD = {Stage.CHECKING: RowState.READ, Stage.APPLYING: RowState.NEW}


def progress(stage: Stage, *, lines: int, counts: Mapping[str, int]) -> tuple[int, int]:
    """Return how many lines this stage has done, and of how many; `counts` are those of when it began, and `done`."""
    total = counts.get(AHEAD[stage].value, 0) if stage in AHEAD else lines
    return min(counts.get("done", 0), total), total


def refusal_to_apply(*, whole: bool, counts: Mapping[str, int]) -> str:
    """Return why a checked file can't be applied, or nothing when it can."""
    if whole and counts.get(RowState.WRONG.value):
        return "U koos: alleen als alles goed is. Verbeter de fouten en lees het bestand opnieuw in."
    return "" if counts.get(RowState.NEW.value) else "In dit bestand staat niets nieuws."
