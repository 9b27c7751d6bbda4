"""
A whole CSV file through a check, row by row: memory doesn't grow with the file. Every door for files goes through here.

Bron: checks.md (UTF-8, `;`, header; extra columns pass through; a row that can't be judged gets a text in `fout`).
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from authorizations.domain.checks import Toets, Unjudgeable
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


class Sheet:
    """
    A file by its header: which cells of a row a check reads, which come back, and what a row becomes.

    `mapping` says in which place the file has each column of the check; what isn't in it is unknown in every row.
    Without a mapping they are found by their names.
    """

    def __init__(
        self, toets: Toets, header: Sequence[str], policy: Policy | None, mapping: Mapping[str, int] | None = None
    ) -> None:
        self._judge, self._policy, self._width = toets.judge, policy, len(header)
        self._nothing = ("",) * len(toets.gives)
        self._kept = [at for at, name in enumerate(header) if name not in {*toets.gives, FAULT}]
        self._all = len(self._kept) == len(header)
        places = mapping if mapping is not None else {name: header.index(name) for name in toets.takes}
        self._taken = [(name, places[name]) for name in toets.takes if name in places]
        self._unknown = {name: "" for name in toets.takes if name not in places}
        self.names = [*(header[at] for at in self._kept), *toets.gives, FAULT]
        """The header of the result."""

    def judged(self, cells: list[str]) -> tuple[list[str], str]:
        """Return the row as it goes out, and why it can't be judged: nothing when it can."""
        if len(cells) != self._width:
            fault = f"rij: {len(cells)} kolommen, het moeten er {self._width} zijn"
            padded = cells + [""] * (self._width - len(cells))
            return [*(padded[at] for at in self._kept), *self._nothing, fault], fault
        kept = cells if self._all else [cells[at] for at in self._kept]
        try:
            row = {name: cells[at] for name, at in self._taken}
            return [*kept, *self._judge(row | self._unknown if self._unknown else row, self._policy), ""], ""
        except Unjudgeable as unjudgeable:
            fault = str(unjudgeable)
            return [*kept, *self._nothing, fault], fault


def judge_file(
    toets: Toets, incoming: Iterable[str], outgoing: TextIO, policy: Policy | None = None, *, untouched: bool = False
) -> Done:
    """
    Write each incoming row with its result columns, in order. What passes through can be a formula in a spreadsheet:
    unless it must stay `untouched`, it is written so that it does nothing.

    :raises Unreadable: when it isn't CSV in UTF-8, or a column is lacking
    """
    coming = rows(incoming)
    header = tidy_header(next(coming, None))
    if lacking := lacking_columns(toets, header):
        raise Unreadable(f"Deze kolom ontbreekt: {', '.join(lacking)}. Het scheidingsteken is een puntkomma.")
    refuse_doubles(header)
    sheet = Sheet(toets, header, policy)
    writer = Writer(outgoing, untouched=untouched)
    writer.write(sheet.names)
    count = faults = 0
    for cells in coming:
        row, fault = sheet.judged(cells)
        writer.write(row)
        count += 1
        faults += bool(fault)
    return Done(count, faults)


def tidy_header(names: list[str] | None) -> list[str]:
    """
    Return the names of the columns.

    :raises Unreadable: when there are none
    """
    if not names:
        raise Unreadable("Het bestand is leeg: de eerste regel noemt de kolommen.")
    return [names[0].removeprefix("\ufeff").strip(), *(name.strip() for name in names[1:])]


def lacking_columns(toets: Toets, header: Sequence[str]) -> list[str]:
    """Return the columns of a check that aren't there under their own names."""
    return [name for name in toets.takes if name not in header]


def refuse_doubles(header: Sequence[str]) -> None:
    """
    Refuse a header that has a name twice: nobody knows which of the two is meant.

    :raises Unreadable: naming it
    """
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Unreadable(f"Deze kolom staat er twee keer: {', '.join(twice)}.")


def rows(incoming: Iterable[str], delimiter: str = ";", *, before: int = 0) -> Iterator[list[str]]:
    """
    Yield the cells of each row that isn't empty; `before` lines of the file were read already.

    :raises Unreadable: when it isn't CSV, or not in UTF-8
    """
    # Strict, so that a quote that is never closed is an error instead of swallowing the rest of the file.
    reader = csv.reader(incoming, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            words = f"Regel {before + reader.line_num} is geen CSV. Staat er een aanhalingsteken verkeerd?"
            raise Unreadable(words) from None
        except UnicodeDecodeError:
            told = f"Na regel {reader.line_num} staat tekst die geen UTF-8 is. "
            raise Unreadable(f"{told}Is het een Excel-bestand, of oude tekst? Sla het op als “CSV UTF-8”.") from None
        if cells:
            yield cells


def faults(result: Iterable[str], most: int) -> list[tuple[int, str]]:
    """Return the first rows of a result that couldn't be judged, each by its row in a spreadsheet and why."""
    found = csv.reader(result, delimiter=";")
    next(found, None)
    unjudged = ((number, cells[-1]) for number, cells in enumerate(found, 2) if cells[-1])
    return list(islice(unjudged, most))
