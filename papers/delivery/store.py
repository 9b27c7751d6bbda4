"""
The bytes on disk: whole or not at all.

A file is written beside its place, brought to the platter, and then moved: whoever sees it sees all of it.
Places are named by ids, never by what somebody called the file.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

CHUNK = 64 * 1024
ABANDONED_AFTER = timedelta(days=1)


class TooBig(Exception):
    """More came in than the limit."""


@dataclass(frozen=True)
class Incoming:
    """What came in, on disk in the waiting room."""

    path: Path
    size: int
    sha256: str


def place(kind: str, identity: uuid.UUID, suffix: str = "") -> str:
    """Return where something stands, seen from the root of the store."""
    return f"{kind}/{identity.hex[:2]}/{identity}{suffix}"


def full(path: str) -> Path:
    """Return the path on disk."""
    return Path(settings.MEDIA_ROOT) / path


def waiting_room() -> Path:
    """Return the folder where things are written before they are moved to their place."""
    room = full("incoming")
    room.mkdir(parents=True, exist_ok=True)
    return room


def chunks(stream: BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    """Read a stream (or take it as it comes) in pieces of one size: memory doesn't grow with the file."""
    if hasattr(stream, "read"):
        return iter(lambda: stream.read(CHUNK), b"")
    return iter(stream)


@contextmanager
def incoming(stream: BinaryIO | Iterable[bytes], *, limit: int) -> Iterator[Incoming]:
    """
    Write what comes in to the waiting room; what hasn't been moved when the block ends, is gone.

    :raises TooBig: as soon as there is more than `limit`
    """
    path = waiting_room() / str(uuid.uuid4())
    try:
        size, digest = 0, hashlib.sha256()
        with path.open("xb") as file:
            for chunk in chunks(stream):
                size += len(chunk)
                if size > limit:
                    raise TooBig
                digest.update(chunk)
                file.write(chunk)
            to_disk(file)
        yield Incoming(path, size, digest.hexdigest())
    finally:
        path.unlink(missing_ok=True)


def move_in(path: Path, to: str) -> None:
    """Move what was written to its place, at once."""
    target = full(to)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write(to: str, content: bytes) -> None:
    """Write a whole file to its place, at once; what stood there is replaced."""
    path = waiting_room() / str(uuid.uuid4())
    try:
        with path.open("xb") as file:
            file.write(content)
            to_disk(file)
        move_in(path, to)
    finally:
        path.unlink(missing_ok=True)


def to_disk(file: BinaryIO) -> None:
    """Bring what was written to the platter."""
    file.flush()
    os.fsync(file.fileno())


def remove(*paths: str) -> None:
    """Remove what stands there, if anything does."""
    for path in paths:
        full(path).unlink(missing_ok=True)


def abandoned(kind: str, now: datetime) -> Iterator[Path]:
    """Return what has stood in this part of the store for more than a day: its owner may never have been born."""
    root = full(kind)
    before = (now - ABANDONED_AFTER).timestamp()
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and path.stat().st_mtime < before:
            yield path
