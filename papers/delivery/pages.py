"""Make the pictures of the pages of a file, some pages at a time, in the child that may open it."""

import logging
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from kit import bell
from papers import queries
from papers.delivery import child, standby, store
from papers.delivery.work import UNTROUBLED, do_next
from papers.domain.states import WorkKind
from papers.models import File, PageImage

logger = logging.getLogger(__name__)
PAGES_AT_ONCE = 10
Run = Callable[..., list[dict[str, Any]]]


class PagesMissing(Exception):
    """The child drew fewer pages than the file has."""


def make_next(*, now: datetime) -> bool:
    """Make the next pages of the file that waits longest; False when none waits."""
    return do_next(WorkKind.PAGES, lambda file_id: make_some(file_id, now=now), now=now)


@transaction.atomic
def make_some(file_id: UUID, *, now: datetime) -> None:
    """
    Make the next pages of a file. What is made stays, and the rest is taken again as new work.

    After a failure it goes page by page: then everything before the page that can't be drawn is there to see.
    """
    undone = queries.pages_to_make().filter(pk=file_id)
    file = undone.select_for_update(skip_locked=True, no_key=True).first()
    if file is None:
        return
    missing = set(range(1, (file.page_count or 0) + 1))
    missing -= set(queries.pages(file_id).values_list("number", flat=True))
    if missing:
        first = last = min(missing)
        while last + 1 in missing and last + 1 - first < (PAGES_AT_ONCE if file.attempts <= 1 else 1):
            last += 1
        # Someone who looks at a page that isn't made yet draws it, without waiting for us.
        PageImage.objects.bulk_create(draw(file, first, last), ignore_conflicts=True)
        missing -= set(range(first, last + 1))
    undone.update(pages_made_at=None if missing else now, **UNTROUBLED)
    if not missing:
        bell.ring("papers.tasks.read_scans")


def at_once(file: File, number: int) -> PageImage | None:
    """
    Return a page, drawn before its turn when somebody asks for it first; None when there is none to show.

    Where drawing failed before nobody waits for it once more: the worker goes on page by page.
    """
    if found := queries.page_image(file.pk, number):
        return found
    if not is_untroubled(file) or not 1 <= number <= (file.page_count or 0):
        return None
    try:
        made = draw(file, number, number, run=partial(standby.run, "page"))
    except (child.ChildFailed, PagesMissing, OSError) as error:
        logger.warning("Een pagina is niet meteen getekend: %s", type(error).__name__)
        return None
    PageImage.objects.bulk_create(made, ignore_conflicts=True)
    return queries.page_image(file.pk, number)


def is_untroubled(file: File) -> bool:
    """Tell whether pages of this file that aren't there yet can be drawn at once."""
    return file.is_clean and file.attempts <= 1 and file.gave_up_at is None


def draw(file: File, first: int, last: int, *, run: Run | None = None) -> list[PageImage]:
    """Draw these pages and bring them to their place; what stood there is drawn over."""
    run = run or partial(child.run, "pages")
    with tempfile.TemporaryDirectory(dir=store.waiting_room()) as folder:
        source = store.full(store.place("files", file.pk))
        drawn = run(str(source), file.content_type, folder, str(first), str(last))
        if [page["number"] for page in drawn] != list(range(first, last + 1)):
            raise PagesMissing
        for page in drawn:
            page["path"] = store.place("pages", file.pk, f"/{page['number']}.webp")
            page["text"] = page["text"] if file.keeps_text else ""
        images = [PageImage(file=file, **page) for page in drawn]
        for image in images:
            for place in (image.small_path, image.path):
                made = Path(folder, Path(place).name)
                with made.open("rb") as written:
                    store.to_disk(written)
                store.move_in(made, place)
    return images
