"""
Read the text of scans with tesseract, some pages at a time, after the pictures of the pages are there.

A page with text of its own is left alone. The child first draws the page large and grey, another child becomes
tesseract: neither has network, disk or more time than it may take.
"""

import logging
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from papers import queries
from papers.delivery import child, rasters, store
from papers.delivery.work import UNTROUBLED, do_next
from papers.domain.states import WorkKind
from papers.models import File

logger = logging.getLogger(__name__)
PAGES_AT_ONCE = 3
MOST_PAGES = 100
"""So many pages of one file are read; a longer scan would keep the others waiting."""


def read_next(*, now: datetime) -> bool:
    """Read the next pages of the file that waits longest; False when none waits."""
    return do_next(WorkKind.READ, lambda file_id: read_some(file_id, now=now), now=now)


@transaction.atomic
def read_some(file_id: UUID, *, now: datetime) -> None:
    """
    Read the next pages of a file. What is read stays, and the rest is taken again as new work.

    A page on which tesseract dies counts as read, without text, after the second try: the others come first.
    """
    undone = queries.files_to_read().filter(pk=file_id)
    file = undone.select_for_update(skip_locked=True, no_key=True).first()
    if file is None:
        return
    waiting = queries.pages_to_read(file_id).filter(number__lte=MOST_PAGES)
    if waiting.exists() and not is_present():
        logger.warning("Een scan is niet gelezen: tesseract of de Nederlandse gegevens ontbreken")
        waiting = waiting.none()
    for page in waiting[: PAGES_AT_ONCE if file.attempts <= 1 else 1]:
        try:
            page.text = read(file, page.number)
        except child.ChildFailed:
            if file.attempts <= 1:
                raise
        page.recognised_at = now
        page.save(update_fields=["text", "recognised_at"])
    undone.update(read_at=None if waiting.exists() else now, **UNTROUBLED)


def read(file: File, number: int) -> str:
    """Return what stands on one page of a scan."""
    with tempfile.TemporaryDirectory(dir=store.waiting_room()) as folder:
        source = store.full(store.place("files", file.pk))
        child.run("scan", str(source), file.content_type, folder, str(number), str(number))
        said = child.output(child.start("read", str(Path(folder, f"{number}.png"))))
    return rasters.storable(said.decode(errors="replace"))


def is_present() -> bool:
    """Tell whether this machine can read scans."""
    return shutil.which("tesseract") is not None
