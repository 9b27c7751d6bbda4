"""Take in a file."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from kit import bell
from papers import queries
from papers.delivery import content, scanner, store
from papers.delivery.content import each_once
from papers.domain.files import MAX_BYTES, Refused, refused, safe_name, too_big
from papers.domain.states import FileState
from papers.models import File

__all__ = ["MAX_BYTES", "Refused", "again", "each_once", "owner_told", "receive"]
PATIENCE = 8.0
"""So many seconds someone waits for the scanner; after that the worker asks it."""
logger = logging.getLogger(__name__)


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
    Keep what came in, when it is a PDF, JPEG or PNG that we can show and that holds no virus.

    It is `clean`, and its pages are made after the commit; or `unknown`, when the scanner gave no answer: then nobody
    can open it until the worker got one. A file that is refused leaves nothing behind.

    :raises Refused: with a message for people and a code
    """
    name = safe_name(name)
    if size is not None and size > limit:
        raise too_big(name, size=size, limit=limit)
    try:
        with store.incoming(stream, limit=limit) as came:
            if came.size == 0:
                raise refused("empty", name)
            if size is not None and size != came.size:
                raise refused("interrupted", name)
            judged = content.judge(came.path, name=name)
            scanned = scanner.scan(came.path, patience=PATIENCE)
            if scanned.outcome is scanner.Outcome.INFECTED:
                logger.warning("Een bestand is geweigerd: %s", scanned.reason)
                raise refused("virus", name)
            return keep(came, judged, scanned, name=name, by_user_id=by_user_id, now=now)
    except store.TooBig:
        raise too_big(name, size=size, limit=limit) from None
    except ConnectionError:
        raise refused("interrupted", name) from None
    except OSError as error:
        logger.error("Een bestand is niet bewaard: %s (errno %s)", type(error).__name__, error.errno)
        raise refused("not_stored", name) from error


def again(file_id: uuid.UUID, *, by_user_id: int | None, now: datetime) -> File:
    """Return a file of its own with the same bytes, for who goes on with the papers of somebody else's matter."""
    file = queries.file(file_id)
    with store.full(store.place("files", file.pk)).open("rb") as stream:
        return receive(stream=stream, name=file.name, size=file.size, by_user_id=by_user_id, now=now)


def owner_told(file_id: uuid.UUID, *, now: datetime) -> bool:
    """Write down that its owner took the judgement of this file into account; False when that was done before."""
    return bool(File.objects.filter(pk=file_id, scanned_at__isnull=False, owner_told_at=None).update(owner_told_at=now))


def keep(
    came: store.Incoming,
    judged: content.Judged,
    scanned: scanner.Verdict,
    *,
    name: str,
    by_user_id: int | None,
    now: datetime,
) -> File:
    """Give what came in its place and its row. The place comes first: a row always has its bytes."""
    is_clean = scanned.outcome is scanner.Outcome.CLEAN
    identity = uuid.uuid4()
    place = store.place("files", identity)
    store.move_in(came.path, place)
    try:
        with transaction.atomic():
            file = File.objects.create(
                pk=identity,
                name=name,
                size=came.size,
                sha256=came.sha256,
                content_type=judged.content_type,
                page_count=judged.page_count,
                state=(FileState.CLEAN if is_clean else FileState.UNKNOWN).value,
                scanned_at=now if is_clean else None,
                scanner=scanned.scanner if is_clean else "",
                owner_told_at=now if is_clean else None,
                received_at=now,
                received_by_id=by_user_id,
            )
            bell.ring("papers.tasks.make_pages" if is_clean else "papers.tasks.scan_files")
    except BaseException:
        store.remove(place)
        raise
    return file
