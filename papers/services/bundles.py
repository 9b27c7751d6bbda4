"""Many stored files as one zip, made on disk in pieces: memory doesn't grow with what is in it."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from kit.downloads import Download
from papers.delivery import store


class Damaged(Exception):
    """A stored file is gone or no longer what it was. The message is for people."""


@dataclass(frozen=True)
class Packed:
    """What now lies in the zip: its name there, its size and its fingerprint as it went in."""

    name: str
    size: int
    sha256: str


class Bundle:
    """A zip in the making. Files are packed as they are: PDFs and photos don't get smaller."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def take(self, download: Download, *, name: str, day: date, sha256: str) -> Packed:
        """
        Pack a stored file under this name, and see that it is still the one that came in.

        :raises Damaged: when it isn't there, or its fingerprint is another
        """
        try:
            with store.full(download.path).open("rb") as stored:
                packed = self._write(name, day, stored, size=store.full(download.path).stat().st_size)
        except FileNotFoundError:
            raise Damaged(f"{name} ontbreekt in onze opslag.") from None
        if packed.sha256 != sha256:
            raise Damaged(f"{name} is in onze opslag niet meer wat het was.")
        return packed

    def add(self, content: bytes, *, name: str, day: date) -> Packed:
        """Pack what was just made."""
        return self._write(name, day, [content], size=len(content))

    def _write(self, name: str, day: date, content: BinaryIO | Iterable[bytes], *, size: int) -> Packed:
        # A date without a clock: the same file makes the same zip.
        entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
        entry.file_size, entry.external_attr = size, 0o600 << 16
        digest, written = hashlib.sha256(), 0
        with self._archive.open(entry, "w") as place:
            for chunk in store.chunks(content):
                digest.update(chunk)
                place.write(chunk)
                written += len(chunk)
        return Packed(name, written, digest.hexdigest())


@contextmanager
def begin() -> Iterator[tuple[Bundle, BinaryIO]]:
    """
    Give a bundle to fill and the file that it stands in, wound back to its beginning when the block has ended.

    The file has no name on disk: closed it is gone, also when something goes wrong on the way.
    """
    # In the store and not in /tmp, which may be memory.
    file = tempfile.TemporaryFile(dir=store.waiting_room())  # noqa: SIM115 (the answer closes it)
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            yield Bundle(archive), file
        file.seek(0)
    except BaseException:
        file.close()
        raise
