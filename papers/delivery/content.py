"""Judge what came in, with the child that may open it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from papers.delivery import child
from papers.domain import files


@dataclass(frozen=True)
class Judged:
    """What is in a file that we take in."""

    content_type: str
    page_count: int


_known: ContextVar[dict[str, Judged] | None] = ContextVar("known", default=None)


@contextmanager
def each_once() -> Iterator[None]:
    """Open what has the same bytes only once while this lasts: for who brings the same invented papers many times."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def judge(path: Path, *, name: str) -> Judged:
    """
    Return what is in this file.

    :raises Refused: when it isn't a whole PDF, JPEG or PNG that does nothing by itself
    """
    known = _known.get()
    if known is None:
        return _opened(path, name=name)
    with path.open("rb") as content:
        key = hashlib.file_digest(content, "sha256").hexdigest()
    if key not in known:
        known[key] = _opened(path, name=name)
    return known[key]


def _opened(path: Path, *, name: str) -> Judged:
    try:
        (found,) = child.run("inspect", str(path))
    except (child.ChildFailed, ValueError):
        raise files.refused("too_complex", name) from None
    code = found.pop("refused", None)
    if code == "other_kind":
        kind, advice = files.OTHER_KINDS[found["kind"]]
        raise files.refused(code, name, kind=kind, advice=advice)
    if code:
        raise files.refused(code, name, **found)
    return Judged(**found)
