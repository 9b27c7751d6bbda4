"""Read a file of codes of whichever form: what it is shows in what stands in it, never in its name."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from ggz_codes.delivery import archives, markup, tables, workbooks
from ggz_codes.delivery.archives import Counted
from ggz_codes.domain.release_grouper import LEFT, LIST_LEFT, TAGS, Grouper
from ggz_codes.domain.release_rows import Found, Onward, WrongFile
from ggz_codes.domain.release_terms import Layout

WRONG = (
    "Dit is geen bestand met codes dat wij kennen. Lever een zip met de XML van de NZa-grouper, een CSV-tabel van de "
    "NZa, een codelijst van Vektis, een werkmap (XLSX) of de canonieke CSV."
)
TELL = 5000
"""After so many records, of which most give no row, we say how far it is."""
MOST_PLAIN = archives.MOST_UNPACKED


@dataclass
class Read:
    """A file that is being read: its form becomes known on the way."""

    file: BinaryIO
    name: str
    package: str
    size: int
    layout: Layout | None = None
    total: int = 0
    """How many bytes there are to go through, unpacked."""
    follow: tuple[int, Counted] | None = None
    """How many bytes came before the stream at hand, and that stream."""

    def found(self) -> Iterator[Found]:
        """
        Yield what stands in it.

        :raises WrongFile: when it is something else altogether, damaged or dangerous
        """
        self.file.seek(0)
        begin = self.file.read(4096)
        self.file.seek(0)
        self.total = self.size
        if begin.startswith(b"PK"):
            with archives.opened(self.file) as archive:
                yield from self._archive(archive)
        elif begin.removeprefix(tables.BOM).lstrip()[:1] == b"<":
            yield from self._xml([(self.name, Counted(self.file, MOST_PLAIN))])
        elif not begin.strip():
            raise WrongFile("Dit bestand is leeg.")
        else:
            yield from self._table(Counted(self.file, MOST_PLAIN), self.name)

    def _archive(self, archive: zipfile.ZipFile) -> Iterator[Found]:
        members = archives.members_of(archive)
        self.total = sum(one.file_size for one in members)
        if workbooks.is_workbook(archive):
            self.layout = Layout.WORKBOOK
            yield from workbooks.read(archive, package=self.package)
            return
        kinds = {one.filename.rpartition(".")[2].lower() for one in members}
        if kinds == {"xml"}:
            yield from self._xml(self._opened(archive))
        elif kinds == {"csv"}:
            for name, stream in self._opened(archive):
                yield from self._table(stream, name)
        else:
            raise WrongFile(f"{WRONG} In deze zip staan: {', '.join(sorted(kinds)) or 'geen bestanden'}."[:300])

    def _opened(self, archive: zipfile.ZipFile) -> Iterator[tuple[str, Counted]]:
        before = 0
        for info in archives.members_of(archive):
            with archives.member(archive, info) as stream:
                self.follow = (before, stream)
                yield info.filename.rpartition("/")[2][:80], stream
            before += info.file_size

    @property
    def progress(self) -> int:
        """Return how many bytes were gone through."""
        before, count = (self.follow[0], self.follow[1].count) if self.follow else (0, 0)
        return min(before + count, self.total)

    def _table(self, stream: Counted, name: str) -> Iterator[Found]:
        if not self.follow:
            self.follow = (0, stream)
        table, rows = tables.read(stream, name=name, package=self.package)
        if self.layout not in (None, table.layout):
            raise WrongFile(f"{name}: in één zip horen tabellen van dezelfde soort.")
        self.layout = table.layout
        yield from rows

    def _xml(self, files: Iterable[tuple[str, Counted]]) -> Iterator[Found]:
        grouper = Grouper()
        self.layout = Layout.NZA_GROUPER_XML
        for name, stream in files:
            if not self.follow:
                self.follow = (0, stream)
            kept = markup.Without(stream, *LIST_LEFT)
            for number, element in enumerate(markup.elements(kept, TAGS, name), 1):
                if number % TELL == 0:
                    yield Onward()
                tag = element.tag
                if tag in LEFT:
                    grouper.leave(tag)
                else:
                    yield from grouper.read(tag, _record(element), name)
            if kept.count:
                grouper.leave(LIST_LEFT[1], kept.count)
        if not grouper.numbers:
            raise WrongFile(WRONG)
        yield from grouper.rest()


def _record(element: Any) -> dict[str, Any]:
    return {child.tag: child.text if not len(child) else [item.text for item in child] for child in element}
