"""
A file of a check as people have it: in another encoding, with another delimiter, or no text at all.

The shell reads UTF-8 with semicolons and nothing else (checks.md); this is for who brings a file to a page.

Bron: checks.md (what the shell reads; the rest is our own).
"""

import codecs
import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from authorizations.domain.check_files import Unreadable

DELIMITERS = (";", "\t", ",", "|")
LONGEST_LINE = 1024 * 1024
LOOKED_AT = 4096
"""So many bytes of the beginning say what a file is."""
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SAVE_AS = "Sla het op als “CSV UTF-8” en kies dat bestand."
OTHER_KINDS = (
    (b"PK\x03\x04", f"Dit is een Excel-werkmap of een zip-bestand. {SAVE_AS}"),
    (b"\xd0\xcf\x11\xe0", f"Dit is een oude Excel-werkmap. {SAVE_AS}"),
    (b"%PDF", "Dit is een pdf. Kies een CSV-bestand."),
    (b"\x1f\x8b", "Dit is een ingepakt bestand (gzip). Pak het uit en kies het CSV-bestand zelf."),
)
NO_TEXT = f"Dit bestand is geen tekst. {SAVE_AS}"
OLD_TEXT = "portal.old_text"


def _as_old_text(error: UnicodeError) -> tuple[str, int]:
    """Read what isn't UTF-8 as the text of older programs, for Windows: no sign of theirs is lost."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 (only decoding comes here)
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(OLD_TEXT, _as_old_text)


def as_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """
    Give a file in UTF-16 as UTF-8, and every other text as it is.

    :raises Unreadable: when it is no text, with what to do
    """
    came = iter(chunks)
    beginning = b""
    for chunk in came:
        beginning += chunk
        if len(beginning) >= LOOKED_AT:
            break
    encoding = _encoding(beginning)
    if encoding == "utf-8":
        yield from chain((beginning,), came)
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for chunk in chain((beginning,), came):
        yield decoder.decode(chunk).encode("utf-8", errors="replace")
    yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")


def _encoding(beginning: bytes) -> str:
    for sign, words in OTHER_KINDS:
        if beginning.startswith(sign):
            raise Unreadable(words)
    for mark, encoding in MARKS:
        if beginning.startswith(mark):
            return encoding
    looked_at = beginning[:LOOKED_AT]
    if b"\0" not in looked_at:
        return "utf-8"
    # Without a mark: of plain text in UTF-16 every second byte is empty.
    even, odd = looked_at[::2], looked_at[1::2]
    if odd.count(0) > len(odd) * 0.8 and 0 not in even:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.8 and 0 not in odd:
        return "utf-16-be"
    raise Unreadable(NO_TEXT)


def delimiter(line: str) -> str:
    """Return what stands between the names in a header: what parts it in most pieces."""

    def pieces(sign: str) -> int:
        return len(next(csv.reader([line], delimiter=sign), []))

    return max(DELIMITERS, key=pieces)


class Lines:
    """
    The lines of a file from a place on. `read_to` is where the last line given ends: there another one can go on.

    :raises Unreadable: at a line that is too long to be one
    """

    def __init__(self, file: BinaryIO, read_to: int = 0) -> None:
        self._file, self.read_to, self.count = file, read_to, 0
        file.seek(read_to)

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                raise Unreadable("Een regel is langer dan 1 MB. Staat er een regeleinde verkeerd?")
            self.read_to += len(line)
            self.count += 1
            yield line.decode("utf-8", OLD_TEXT)
