"""
Read the sheets of an XLSX. Only cells with text: what a spreadsheet keeps as a number may have been another code.

Bron: codes.md section 0, finding 3, and section 3; import.csv IM02.
"""

import re
import zipfile
from array import array
from collections.abc import Iterator
from typing import Any

from ggz_codes.delivery import archives, markup
from ggz_codes.domain import release_layouts as layouts
from ggz_codes.domain.release_layouts import Reader
from ggz_codes.domain.release_rows import Fault, Found, Place, Skipped, WrongFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MOST_COLUMNS = 200
MOST_STRINGS = 40 * archives.MEGABYTE
NUMBER = (
    "Cel {cell} is een getal. Zo gaan codes en datums stuk: 15E130 wordt 1,5E+131. Zet de kolom op Tekst en vul hem "
    "opnieuw in."
)
FORMULA = "Cel {cell} is een formule. Vul de waarde zelf in, als tekst."


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Tell whether this zip is an XLSX."""
    return BOOK in archive.namelist()


def read(archive: zipfile.ZipFile, *, package: str) -> Iterator[Found]:
    """
    Yield what the sheets with known columns give; other sheets are skipped.

    :raises WrongFile: when there is no such sheet, or the workbook is damaged
    """
    texts = _Texts(archive)
    known = 0
    for name, path in _sheets(archive):
        rows = _rows(archive, path, name, texts)
        header = next(rows, (1, [], []))
        table = layouts.table_of(header[1])
        if table is None:
            yield Skipped(f"blad {name}"[:80], sum(1 for _ in rows))
            continue
        known += 1
        reader = Reader(table, header[1], name=f"blad {name}"[:80], package=package)
        for number, cells, wrong in rows:
            if wrong:
                named = [(column, layouts.heading(header[1][column])) for column, _ in wrong if column < len(header[1])]
                columns = dict(named)
                for column, message in wrong:
                    said = cells[column][:100]
                    yield Fault(Place(reader.name, number), columns.get(column, ""), said, message)
                continue
            padded = cells + [""] * (len(header[1]) - len(cells))
            yield from reader.read(padded, number)
    if not known:
        raise WrongFile("In deze werkmap staat geen blad met kolommen die wij kennen.")


class _Texts:
    """The texts that cells point at: one after the other, so that a million of them cost no million objects."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.ends, self.all = array("Q", [0]), bytearray()
        if STRINGS not in archive.namelist():
            return
        with archives.member(archive, archive.getinfo(STRINGS)) as stream:
            for item in markup.elements(stream, [f"{MAIN}si"], STRINGS):
                self.all += _text(item).encode()
                self.ends.append(len(self.all))
                if len(self.all) > MOST_STRINGS:
                    raise WrongFile(archives.TOO_BIG)

    def at(self, number: int) -> str:
        """Return the text with this number."""
        if not 0 <= number < len(self.ends) - 1:
            raise WrongFile("Deze werkmap is beschadigd: een cel wijst naar een tekst die er niet is.")
        return self.all[self.ends[number] : self.ends[number + 1]].decode()


def _text(item: Any) -> str:
    """Return the text of an element, also when it has more fonts; how it sounds in Japanese is left out."""
    hidden = f"{MAIN}rPh"
    parts = item.iter(f"{MAIN}t")
    return "".join(one.text or "" for one in parts if one.getparent() is None or one.getparent().tag != hidden)


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    if RELATIONS not in archive.namelist():
        raise WrongFile(archives.DAMAGED)
    places = {}
    package = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
    with archives.member(archive, archive.getinfo(RELATIONS)) as stream:
        for one in markup.elements(stream, [package], RELATIONS):
            places[one.get("Id", "")] = one.get("Target", "")
    with archives.member(archive, archive.getinfo(BOOK)) as stream:
        sheets = [
            (one.get("name", ""), one.get(RELATION, "")) for one in markup.elements(stream, [f"{MAIN}sheet"], BOOK)
        ]
    for name, relation in sheets:
        target = places.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in archive.namelist():
            yield name, path


def _rows(
    archive: zipfile.ZipFile, path: str, name: str, texts: _Texts
) -> Iterator[tuple[int, list[str], list[tuple[int, str]]]]:
    """Yield of each row its number, what stands in it, and the cells that are no text with what to do about them."""
    count = 0
    with archives.member(archive, archive.getinfo(path)) as stream:
        for row in markup.elements(stream, [f"{MAIN}row"], f"blad {name}"):
            said = row.get("r", "")
            count = int(said) if said.isdigit() and len(said) < 8 else count + 1
            cells: list[str] = []
            wrong: list[tuple[int, str]] = []
            for cell in row.iterchildren(f"{MAIN}c"):
                found = REFERENCE.fullmatch(cell.get("r", ""))
                column = _column_number(found[1]) if found else len(cells)
                if column >= MOST_COLUMNS:
                    raise WrongFile(f"Blad {name} heeft meer dan {MOST_COLUMNS} kolommen. Dat is geen codelijst.")
                cells += [""] * (column + 1 - len(cells))
                value, message = _cell(cell, texts, cell.get("r") or f"{count}")
                cells[column] = value
                if message:
                    wrong.append((column, message))
            yield count, cells, wrong


def _cell(cell: Any, texts: _Texts, where: str) -> tuple[str, str]:
    """Return what stands in a cell, and what to do about it when that is no text."""
    formula = cell.find(f"{MAIN}f")
    if formula is not None:
        return f"={formula.text or ''}", FORMULA.format(cell=where)
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell), ""
    value = cell.findtext(f"{MAIN}v") or ""
    if kind == "s":
        return texts.at(int(value) if value.isdigit() and len(value) < 10 else -1), ""
    if kind == "str" or not value:
        return value, ""
    return value, NUMBER.format(cell=where)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
