"""
Big tables on disk, for who keeps a row of them: whole or not at all, and scanned for viruses as all that comes in.

A table is no document: nobody opens it here, so it has no pages and no row among the files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from kit.downloads import Download
from papers.delivery import scanner, store
from papers.delivery.scanner import Outcome
from papers.delivery.store import Incoming, TooBig

__all__ = [
    "Incoming",
    "Outcome",
    "TooBig",
    "abandoned",
    "download",
    "incoming",
    "keep",
    "opened",
    "remove",
    "scanned",
    "written",
]
KIND = "tables"
PATIENCE = 60.0
incoming = store.incoming


def keep(came: Incoming) -> UUID:
    """Give what came in its place for good; return under which id."""
    identity = uuid4()
    store.move_in(came.path, store.place(KIND, identity))
    return identity


@contextmanager
def opened(identity: UUID) -> Iterator[BinaryIO]:
    """Read what stands there."""
    with store.full(store.place(KIND, identity)).open("rb") as file:
        yield file


@contextmanager
def written(identity: UUID) -> Iterator[BinaryIO]:
    """Write something that has its place when this ends well, and else was never there."""
    path = store.waiting_room() / str(identity)
    try:
        with path.open("xb") as file:
            yield file
            store.to_disk(file)
        store.move_in(path, store.place(KIND, identity))
    finally:
        path.unlink(missing_ok=True)


def scanned(identity: UUID) -> Outcome:
    """Return what the virus scanner says of it."""
    return scanner.scan(store.full(store.place(KIND, identity)), patience=PATIENCE).outcome


def download(identity: UUID, *, name: str, content_type: str) -> Download:
    """Return what to hand out."""
    return Download(path=store.place(KIND, identity), name=name, content_type=content_type)


def remove(*identities: UUID) -> None:
    """Remove what stands there, if anything does."""
    store.remove(*(store.place(KIND, one) for one in identities))


def abandoned(now: datetime) -> Iterator[Path]:
    """Give what has stood there for more than a day, each named by its id: somebody may have no row of it."""
    return store.abandoned(KIND, now)
