"""
Read XML that a stranger sent, piece by piece: no entities, no DTD, nothing from the network, never the whole of it.

Bron: security.md section 3, row 9 (ASVS 1.5.1).
"""

from collections.abc import Collection, Iterator
from typing import Any, Protocol

from lxml import etree

from ggz_codes.domain.release_rows import WrongFile

DTD = "Dit XML-bestand heeft een DTD of entiteiten. Zo’n bestand lezen wij niet, want het kan misbruikt worden."

SWEEP = 500
"""After so many elements those that were emptied are taken off: each by itself costs as much as the parsing."""


class Stream(Protocol):
    """Something that gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes."""
        ...


class Without:
    """
    A stream of XML from which a list that nobody keeps is left out; its items are counted.

    To parse what is thrown away takes as long as the rest. A list of which the tag has attributes, or that isn't in an
    alphabet that begins with ASCII, is not recognised and goes the long way.
    """

    def __init__(self, stream: Stream, tag: str, item: str) -> None:
        self.stream, self.count = stream, 0
        self.begin, self.end, self.item = f"<{tag}>".encode(), f"</{tag}>".encode(), f"<{item}>".encode()
        self.rest, self.is_inside = b"", False

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes; none at the end."""
        while True:
            chunk = self.stream.read(size)
            kept = self._kept(self.rest + chunk, 0 if not chunk else max(len(self.begin), len(self.end)) - 1)
            if kept or not chunk:
                return kept

    def _kept(self, data: bytes, held: int) -> bytes:
        """Return what is outside the list; the last bytes are held, for a tag may have begun there."""
        parts: list[bytes] = []
        while (at := data.find(mark := self.end if self.is_inside else self.begin)) >= 0:
            self._take(data, at, parts)
            data, self.is_inside = data[at + len(mark) :], not self.is_inside
        cut = max(len(data) - held, 0)
        self._take(data, cut, parts)
        self.rest = data[cut:]
        return b"".join(parts)

    def _take(self, data: bytes, until: int, parts: list[bytes]) -> None:
        if self.is_inside:
            # An item counts where it begins.
            self.count += data.count(self.item, 0, until + len(self.item) - 1)
        else:
            parts.append(data[:until])


def elements(stream: Stream, tags: Collection[str], name: str) -> Iterator[Any]:
    """
    Yield the elements with these tags, each when it has ended; what was yielded is thrown away.

    :raises WrongFile: when it is no XML or stops halfway, and for a DTD
    """
    try:
        parsing = etree.iterparse(
            stream,
            events=("end",),
            tag=tuple(tags),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            remove_blank_text=True,
        )
        checked = False
        for number, (_event, element) in enumerate(parsing):
            if not checked:
                _refuse_dtd(element)
                checked = True
            yield element
            element.clear()
            # Emptied it still hangs on its parent: a list of 148,190 rows would stay in memory.
            if number % SWEEP == 0 and (parent := element.getparent()) is not None:
                del parent[:-1]
        if not checked and parsing.root is not None:
            _refuse_dtd(parsing.root)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise WrongFile(f"{name}, regel {line}: dit is geen geldige XML, of het bestand houdt halverwege op.") from None


def _refuse_dtd(element: Any) -> None:
    about = element.getroottree().docinfo
    if about.doctype or about.internalDTD is not None or about.externalDTD is not None:
        raise WrongFile(DTD)
