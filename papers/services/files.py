"""Take in a file."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from papers.domain.files import MAX_BYTES, Refused
from papers.models import File

__all__ = ["MAX_BYTES", "Refused", "receive"]


def receive(
    *,
    stream: BinaryIO | Iterable[bytes],
    name: str,
    size: int | None,
    by_user_id: int | None,
    now: datetime,
    limit: int = MAX_BYTES,
) -> File:
    """
    Keep what came in, when it is a PDF, JPEG or PNG that we can show; its pages are made after the commit.

    :raises Refused: with a message for people and a code; then nothing is kept
    """
    raise Refused("not_ready", name)
