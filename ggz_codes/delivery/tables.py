"""Read a table of codes from CSV, line by line. Bron: codes.md section 3; import.csv IM24 (a BOM is left off)."""

import csv
from collections.abc import Iterator

from ggz_codes.delivery.markup import Stream
from ggz_codes.domain import release_layouts as layouts
from ggz_codes.domain.release_layouts import Reader, Table
from ggz_codes.domain.release_rows import Fault, Found, Place, WrongFile

BOM = b"\xef\xbb\xbf"
LONGEST_LINE = 20_000
MOST_LINES = 1_000_000
DELIMITERS = ";|\t,"
UNKNOWN = (
    "{name}: deze kolommen kennen wij niet. Wij lezen de canonieke CSV, de CSV-tabellen van de NZa en codelijsten van "
    "Vektis, met op de eerste regel de namen van de kolommen."
)


class _Lines:
    """The lines of a stream as text; what isn't text is remembered, and the line number with it."""

    def __init__(self, stream: Stream, name: str) -> None:
        self.stream, self.name, self.encoding, self.number = stream, name, "utf-8", 0
        self.rest, self.ended = b"", False
        self.bad: list[str] = []
        """Lines that aren't text in the encoding of the file, as they read in an old one."""
        self.marked = False

    def first(self) -> bytes:
        """Return the first line without its BOM; the encoding of a file with one is certain."""
        self.rest = self.stream.read(4096)
        if self.rest.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise WrongFile(f"{self.name} is opgeslagen als UTF-16. Sla het op als CSV UTF-8.")
        line = self._next()
        self.marked = line.startswith(BOM)
        return line.removeprefix(BOM)

    def __iter__(self) -> Iterator[str]:
        while line := self._next():
            if self.number > MOST_LINES:
                raise WrongFile(f"{self.name} heeft meer dan {MOST_LINES:,} regels.".replace(",", "."))
            try:
                yield line.decode(self.encoding)
            except UnicodeDecodeError:
                self.bad.append(line.decode("latin-1").strip())
                yield line.decode(self.encoding, "replace")

    def _next(self) -> bytes:
        while b"\n" not in self.rest and not self.ended:
            chunk = self.stream.read(65536)
            self.ended = not chunk
            self.rest += chunk
            if len(self.rest) > LONGEST_LINE and b"\n" not in self.rest:
                raise WrongFile(f"{self.name}, regel {self.number + 1}: deze regel is te lang voor een codelijst.")
        line, mark, self.rest = self.rest.partition(b"\n")
        if line or mark:
            self.number += 1
        if b"\x00" in line:
            raise WrongFile(f"{self.name}, regel {self.number}: dit is geen tekst. Is het wel een codelijst?")
        return line + mark


def read(stream: Stream, *, name: str, package: str) -> tuple[Table, Iterator[Found]]:
    """
    Return which table this is, and what its rows give.

    :raises WrongFile: when its columns are those of no known table
    """
    lines = _Lines(stream, name)
    first = lines.first()
    table, header, delimiter = _known(first, name)
    if not lines.marked:
        lines.encoding = table.encoding
    return table, _rows(lines, Reader(table, header, name=name, package=package), delimiter)


def _known(first: bytes, name: str) -> tuple[Table, list[str], str]:
    text = first.decode("utf-8", "replace").rstrip("\r\n")
    for delimiter in DELIMITERS:
        header = next(csv.reader([text], delimiter=delimiter), [])
        if table := layouts.table_of(header):
            names = [layouts.heading(one) for one in header]
            if double := {one for one in names if names.count(one) > 1 and one in table.columns}:
                raise WrongFile(f"{name}: de kolom {', '.join(sorted(double))} staat er twee keer.")
            return table, header, delimiter
    raise WrongFile(UNKNOWN.format(name=name))


def _rows(lines: _Lines, reader: Reader, delimiter: str) -> Iterator[Found]:
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begin = lines.number + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            message = "Op deze regel staan aanhalingstekens verkeerd. Kijk of een tekst goed is afgesloten."
            yield Fault(Place(reader.name, begin), "", "", message)
            return
        if lines.bad:
            said = " ".join(lines.bad)[:100]
            lines.bad.clear()
            message = f"Deze regel is niet in {'UTF-8' if lines.encoding == 'utf-8' else lines.encoding} geschreven. "
            yield Fault(Place(reader.name, begin), "", said, f"{message}Sla het bestand op als CSV UTF-8.")
            continue
        yield from reader.read(row, begin)
