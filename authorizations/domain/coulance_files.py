"""
The claims of a coulanceverzoek as a file: read line by line, and taken in whole or not at all.

A column of another name is never looked at, and never kept: nothing of the insured is needed. Bron: G-07, R-34; R-40.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TextIO

from authorizations.domain import words
from authorizations.domain.coulance import MOST_CLAIMS, NUMBER_LENGTH, CareKind, Claim, known_number, wrong_with
from kit import dates
from kit.csv import BOM, Writer

MOST_BYTES = 1024 * 1024
MOST_FAULTS = 50
LONGEST_CELL = 100
COLUMNS = {
    "declaratienummer": "number",
    "soort_zorg": "care",
    "geopend_op": "opened_on",
    "gesloten_op": "closed_on",
    "ingediend_op": "handed_in_on",
    "bedrag": "amount",
    "code_herdeclaratie": "code",
}
COLUMN_OF = {field: column for column, field in COLUMNS.items()}
NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./_-]*")
MANGLED = re.compile(r"\d+([.,]\d+)?E[+-]?\d+", re.IGNORECASE)
PLAIN = re.compile(r"\d{1,9}([.,]\d{1,2})?")
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?")


class Unreadable(ValueError):
    """It isn't a file of claims; the message says why, and what to do."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one line, and in which column."""

    line: int
    column: str
    message: str


def read(content: bytes, *, today: date, not_handed_in: bool) -> tuple[list[Claim], list[Fault]]:
    """
    Return the claims of a file, or what is wrong with its lines; with a fault none of it should be taken in.

    :raises Unreadable: when it is no file of claims at all
    """
    rows = lines(content)
    _, names = next(rows, (1, []))
    _judge_header(names)
    claims: list[Claim] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, cells in rows:
        claim, wrong = _claim(line, cells, names, today=today, not_handed_in=not_handed_in)
        if claim and claim.number in seen:
            told = f"Dit nummer staat ook op regel {seen[claim.number]}."
            wrong = [Fault(line, COLUMN_OF["number"], told)]
        if claim:
            seen.setdefault(claim.number, line)
            claims.append(claim)
        faults += wrong
        if len(claims) > MOST_CLAIMS or len(faults) >= MOST_FAULTS:
            break
    if len(claims) > MOST_CLAIMS:
        raise Unreadable(f"Er passen {MOST_CLAIMS} declaraties in een verzoek. Maak er meer verzoeken van.")
    if not claims and not faults:
        raise Unreadable("In het bestand staan geen declaraties. Onder de kolommen hoort per declaratie een regel.")
    return claims, faults


def amount(text: str) -> Decimal | None:
    """Return an amount as people write it: 1.250,00 or 1250,5 or 1250.50; None when it is none."""
    typed = "".join(text.replace("€", "").split())
    if THOUSANDS.fullmatch(typed):
        typed = typed.replace(".", "")
    return Decimal(typed.replace(",", ".")) if PLAIN.fullmatch(typed) else None


def example(outgoing: TextIO, *, today: date) -> None:
    """Write a file of one late claim, as it should be."""
    writer = Writer(outgoing)
    outgoing.write(BOM)
    writer.write(COLUMNS)
    year = today.year - 1
    writer.write(["D-2026-0001", CareKind.GGZ.label, f"{year}-01-15", f"{year}-06-30", today, "1250,00", "01"])


def lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """
    Return the lines of a file that hold something, with their number, cells without outer spaces.

    :raises Unreadable: when it is no CSV in UTF-8
    """
    if content.startswith(b"PK\x03\x04"):
        raise Unreadable("Dit is een Excel-bestand. Sla het in Excel op als “CSV UTF-8” en kies dat bestand.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("Dit bestand is geen tekst in UTF-8. Sla het in Excel op als “CSV UTF-8”.") from None
    if "\x00" in text:
        raise Unreadable("Dit bestand is geen tekst. Sla het in Excel op als “CSV UTF-8”.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            words_ = f"Regel {reader.line_num} is geen CSV. Staat er een aanhalingsteken verkeerd?"
            raise Unreadable(words_) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell.strip() for cell in cells]


def _judge_header(names: list[str]) -> None:
    names[:] = [name.casefold() for name in names]
    lacking = [name for name in COLUMNS if name not in names]
    if not names:
        raise Unreadable("Het bestand is leeg. De eerste regel noemt de kolommen.")
    if lacking:
        raise Unreadable(f"In de eerste regel ontbreekt: {words.listing(lacking)}. Tussen kolommen staat een ;.")
    if double := [name for name in COLUMNS if names.count(name) > 1]:
        raise Unreadable(f"Deze kolom staat er twee keer: {words.listing(double)}.")


def _claim(
    line: int, cells: list[str], names: list[str], *, today: date, not_handed_in: bool
) -> tuple[Claim | None, list[Fault]]:
    if len(cells) != len(names):
        return None, [Fault(line, "", f"Deze regel heeft {len(cells)} kolommen. Het moeten er {len(names)} zijn.")]
    by_name = dict(zip(names, cells, strict=True))
    # Our own files put an apostrophe in front of what a spreadsheet would run.
    texts = {field: by_name[name].removeprefix("'")[:LONGEST_CELL] for name, field in COLUMNS.items()}
    values: dict[str, object] = {}
    wrong = []
    for field, text in texts.items():
        try:
            values[field] = READERS[field](text)
        except ValueError as error:
            wrong.append(Fault(line, COLUMN_OF[field], str(error)))
    if wrong:
        return None, wrong
    claim = Claim(**values)  # type: ignore[arg-type]
    found = wrong_with(claim, today=today, not_handed_in=not_handed_in)
    return claim, [Fault(line, COLUMN_OF[one.field], one.message) for one in found]


def number_of(text: str) -> str:
    """Return the number of a claim. :raises ValueError: in words for people"""
    if MANGLED.fullmatch(text):
        raise ValueError("Excel heeft van dit nummer een ander getal gemaakt. Zet de kolom op Tekst.")
    number = known_number(text)
    if not NUMBER.fullmatch(number) or len(number) > NUMBER_LENGTH:
        raise ValueError(f"Een declaratienummer heeft hoogstens {NUMBER_LENGTH} letters en cijfers.")
    return number


def code_of(text: str) -> str:
    """Return the code her-declaratie; the nought that a spreadsheet drops comes back. :raises ValueError: in words"""
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise ValueError("Een code her-declaratie heeft 2 cijfers, bijvoorbeeld 01.")
    return text.zfill(2)


def _care(text: str) -> CareKind:
    plain = text.casefold()
    found = next((one for one in CareKind if plain in (one.value, one.label.casefold())), None)
    if found is None:
        known: Iterable[str] = (one.label for one in CareKind)
        raise ValueError(f"Kies een soort zorg: {words.listing([*known], 'of')}.")
    return found


def _day(text: str) -> date:
    day = dates.read(text.removesuffix(" 00:00:00"))
    if day is None or not 1900 <= day.year < 2200:
        raise ValueError("Schrijf een bestaande datum als 2026-11-03 of 3-11-2026.")
    return day


def _day_or_nothing(text: str) -> date | None:
    return _day(text) if text else None


def _amount(text: str) -> Decimal:
    found = amount(text)
    if found is None:
        raise ValueError("Schrijf een bedrag als 1250,00.")
    return found


READERS = {
    "number": number_of,
    "care": _care,
    "opened_on": _day,
    "closed_on": _day,
    "handed_in_on": _day_or_nothing,
    "amount": _amount,
    "code": code_of,
}
