"""
Open a zip that a stranger sent: what it says of itself is checked first, and what comes out is counted as it comes.

Nothing is unpacked to disk, so a name in it leads nowhere. Bron: security.md section 3, row 31 (ASVS 5.2.3).
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from ggz_codes.domain.release_rows import WrongFile

MEGABYTE = 1024**2
MOST_MEMBERS = 60
MOST_UNPACKED = 400 * MEGABYTE
"""The grouper of 2017 is 126 MB."""
MOST_RATIO = 120
"""That of 2017 is 35. A bomb gets to a thousand."""
FREE_RATIO = MEGABYTE
"""Below this a ratio says nothing: a small file of blanks packs well."""
DAMAGED = "Dit zip-bestand is beschadigd of niet helemaal aangekomen. Haal het opnieuw op."
TOO_BIG = "Dit zip-bestand wordt uitgepakt veel te groot. Zo’n bestand lezen wij niet."
# A RuntimeError is also what zipfile says of a kind that it can't read.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)


class Counted:
    """A stream that stops when more comes out of it than was agreed, and that says how far it is."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self.stream, self.most, self.count = stream, most, 0

    def read(self, size: int = -1) -> bytes:
        """
        Return so many bytes.

        :raises WrongFile: when there are too many, or when what they come from is damaged
        """
        wanted = min(size, MEGABYTE) if size and size > 0 else MEGABYTE
        try:
            chunk = self.stream.read(wanted)
        except DAMAGE:
            raise WrongFile(DAMAGED) from None
        self.count += len(chunk)
        if self.count > self.most:
            raise WrongFile(TOO_BIG)
        return chunk


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """
    Open a zip of which the members, their sizes and how they were packed are as they should be.

    :raises WrongFile: when they aren't, or it is no zip
    """
    try:
        archive = zipfile.ZipFile(file)
    except (*DAMAGE, ValueError, OverflowError):
        raise WrongFile(DAMAGED) from None
    with archive:
        _check(archive)
        yield archive


def _check(archive: zipfile.ZipFile) -> None:
    members = members_of(archive)
    if not members:
        raise WrongFile("Dit zip-bestand is leeg.")
    if len(members) > MOST_MEMBERS:
        raise WrongFile(f"Dit zip-bestand heeft meer dan {MOST_MEMBERS} bestanden. Dat is geen codelijst.")
    if len({one.filename for one in members}) < len(members):
        raise WrongFile("In dit zip-bestand staat een bestand dubbel.")
    for one in members:
        if one.flag_bits & 1:
            raise WrongFile("Dit zip-bestand heeft een wachtwoord. Pak het uit en lever het zonder wachtwoord.")
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise WrongFile("Dit zip-bestand is ingepakt op een manier die wij niet lezen. Pak het opnieuw in.")
        if one.file_size > FREE_RATIO and one.file_size > MOST_RATIO * max(one.compress_size, 1):
            raise WrongFile(TOO_BIG)
    if sum(one.file_size for one in members) > MOST_UNPACKED:
        raise WrongFile(TOO_BIG)


def members_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files in it, in their order."""
    return [one for one in archive.infolist() if not one.is_dir()]


@contextmanager
def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Counted]:
    """
    Open a file in it, that never gives more than it said.

    :raises WrongFile: when it is damaged
    """
    try:
        stream = archive.open(info)
    except DAMAGE:
        raise WrongFile(DAMAGED) from None
    with stream:
        yield Counted(stream, info.file_size)
