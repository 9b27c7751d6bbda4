"""
A whole CSV file through a check, row by row: memory doesn't grow with the file.

Bron: checks.md (UTF-8, `;`, header; extra columns pass through; a row that can't be judged gets a text in `fout`).
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from authorizations.domain import checks
from authorizations.domain.checks import Toets
from authorizations.domain.policy import Policy
from kit.csv import Writer

FAULT = "fout"


class Unreadable(ValueError):
    """The file isn't what a check reads; the message says why, naming the column or the line."""


@dataclass(frozen=True)
class Done:
    """How many rows were judged, and how many could not be."""

    rows: int
    faults: int


def judge_file(
    toets: Toets, incoming: Iterable[str], outgoing: TextIO, policy: Policy | None = None, *, untouched: bool = False
) -> Done:
    """
    Write each incoming row with its result columns, in order. What passes through can be a formula in a spreadsheet:
    unless it must stay `untouched`, it is written so that it does nothing.

    :raises Unreadable: when it isn't CSV in UTF-8, or a column is lacking
    """
    rows = _rows(incoming)
    header = _header(next(rows, None), toets)
    kept = [at for at, name in enumerate(header) if name not in {*toets.gives, FAULT}]
    writer = Writer(outgoing, untouched=untouched)
    writer.write([*(header[at] for at in kept), *toets.gives, FAULT])
    count = faults = 0
    for cells in rows:
        result, fault = _judged(toets, header, cells, policy)
        padded = cells + [""] * (len(header) - len(cells))
        writer.write([*(padded[at] for at in kept), *result, fault])
        count += 1
        faults += bool(fault)
    return Done(count, faults)


def _judged(toets: Toets, header: list[str], cells: list[str], policy: Policy | None) -> tuple[list[str], str]:
    nothing = [""] * len(toets.gives)
    if len(cells) != len(header):
        return nothing, f"rij: {len(cells)} kolommen, het moeten er {len(header)} zijn"
    try:
        return list(checks.judge(toets, dict(zip(header, cells, strict=True)), policy).values()), ""
    except checks.Unjudgeable as fault:
        return nothing, str(fault)


def _header(names: list[str] | None, toets: Toets) -> list[str]:
    if not names:
        raise Unreadable("Het bestand is leeg: de eerste regel noemt de kolommen.")
    header = [names[0].removeprefix("\ufeff").strip(), *(name.strip() for name in names[1:])]
    lacking = [name for name in toets.takes if name not in header]
    if lacking:
        raise Unreadable(f"Deze kolom ontbreekt: {', '.join(lacking)}. Het scheidingsteken is een puntkomma.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Unreadable(f"Deze kolom staat er twee keer: {', '.join(twice)}.")
    return header


def _rows(incoming: Iterable[str]) -> Iterator[list[str]]:
    # Strict, so that a quote that is never closed is an error instead of swallowing the rest of the file.
    reader = csv.reader(incoming, delimiter=";", strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            words = f"Regel {reader.line_num} is geen CSV. Staat er een aanhalingsteken verkeerd?"
            raise Unreadable(words) from None
        except UnicodeDecodeError:
            told = f"Na regel {reader.line_num} staat tekst die geen UTF-8 is. "
            raise Unreadable(f"{told}Is het een Excel-bestand, of oude tekst? Sla het op als “CSV UTF-8”.") from None
        if cells:
            yield cells


def faults(result: Iterable[str], most: int) -> list[tuple[int, str]]:
    """Return the first rows of a result that couldn't be judged, each by its row in a spreadsheet and why."""
    rows = csv.reader(result, delimiter=";")
    next(rows, None)
    unjudged = ((number, cells[-1]) for number, cells in enumerate(rows, 2) if cells[-1])
    return list(islice(unjudged, most))
