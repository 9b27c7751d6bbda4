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
