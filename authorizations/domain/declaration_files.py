"""
Claims as a file: read line by line, and the wrong lines given back with what is wrong.

A column of another name is never looked at, and never kept. Bron: R-40; security.md section 3, row 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TextIO

from authorizations.domain import words
from authorizations.domain.coulance_files import Unreadable, lines
from authorizations.domain.declarations import COLUMN_OF, COLUMNS, NEEDED, Told, read
from authorizations.domain.obstacles import Obstacle
from kit.csv import BOM, Writer

MOST_BYTES = 1024 * 1024
MOST_LINES = 5000
FAULT = "fout"
EXAMPLE = {
    "declaratienummer": "D-2026-0001",
    "verzekeraar": "Zilveren Kruis",
    "regime": "ZK_GGZ",
    "declaratiecode": "25B130",
    "code_herdeclaratie": "01",
}


@dataclass
class Claims:
    """What a file says: each line as it was, the claims of the good ones, and what is wrong with the others."""

    names: list[str]
    cells: dict[int, list[str]] = field(default_factory=dict)
    told: dict[int, Told] = field(default_factory=dict)
    faults: list[tuple[int, Obstacle]] = field(default_factory=list)


def read_file(content: bytes) -> Claims:
    """
    Return the claims of a file, by their line.

    :raises Unreadable: when it is no file of claims at all
    """
    rows = lines(content)
    _, names = next(rows, (1, []))
    claims = Claims(_header(names))
    for line, cells in rows:
        claims.cells[line] = cells
        if len(claims.cells) > MOST_LINES:
            raise Unreadable(f"Er passen {words.number(MOST_LINES)} declaraties in een bestand. Maak er meer van.")
        if len(cells) != len(claims.names):
            told = f"Deze regel heeft {len(cells)} kolommen. Het moeten er {len(claims.names)} zijn."
            claims.faults.append((line, Obstacle("columns", told)))
            continue
        # Our own files put an apostrophe in front of what a spreadsheet would run.
        by_name = {name: cell.removeprefix("'") for name, cell in zip(claims.names, cells, strict=True)}
        claim, wrong = read({column.field: by_name.get(name, "") for name, column in COLUMNS.items()})
        if claim:
            claims.told[line] = claim
        claims.faults += [(line, fault) for fault in wrong]
    if not claims.cells:
        raise Unreadable("In het bestand staan geen declaraties. Onder de kolommen hoort per declaratie een regel.")
    return claims


def _header(names: list[str]) -> list[str]:
    folded = [name.casefold() for name in names]
    if not folded:
        raise Unreadable("Het bestand is leeg. De eerste regel noemt de kolommen.")
    if lacking := [name for name in NEEDED if name not in folded]:
        raise Unreadable(f"In de eerste regel ontbreekt: {words.listing(lacking)}. Tussen kolommen staat een ;.")
    if double := [name for name in COLUMNS if folded.count(name) > 1]:
        raise Unreadable(f"Deze kolom staat er twee keer: {words.listing(double)}.")
    return folded


def wrong_lines(claims: Claims, faults: Iterable[tuple[int, Obstacle]], outgoing: TextIO) -> None:
    """Write the lines that have a fault as they came, with what is wrong behind them: mended, they can come again."""
    told: dict[int, list[str]] = {}
    for line, fault in faults:
        told.setdefault(line, []).append(said(fault))
    kept = [at for at, name in enumerate(claims.names) if name != FAULT]
    writer = Writer(outgoing)
    outgoing.write(BOM)
    writer.write([*(claims.names[at] for at in kept), FAULT])
    for line in sorted(told):
        cells = claims.cells[line]
        writer.write([*(cells[at] if at < len(cells) else "" for at in kept), " ".join(told[line])])


def said(fault: Obstacle) -> str:
    """Return what is wrong, with the column in front."""
    return f"{COLUMN_OF[fault.field]}: {fault.message}" if fault.field in COLUMN_OF else fault.message


def example(outgoing: TextIO, *, today: date) -> None:
    """Write a file of one claim that must still be handed in, as it should be."""
    writer = Writer(outgoing)
    outgoing.write(BOM)
    writer.write(COLUMNS)
    year = today.year - 1
    days = {"geopend_op": f"{year}-01-15", "gesloten_op": f"{year}-12-31"}
    writer.write([(EXAMPLE | days).get(name, "") for name in COLUMNS])
