"""Judge what came in, with the child that may open it."""

from dataclasses import dataclass
from pathlib import Path

from papers.delivery import child
from papers.domain import files


@dataclass(frozen=True)
class Judged:
    """What is in a file that we take in."""

    content_type: str
    page_count: int


def judge(path: Path, *, name: str) -> Judged:
    """
    Return what is in this file.

    :raises Refused: when it isn't a whole PDF, JPEG or PNG that does nothing by itself
    """
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
