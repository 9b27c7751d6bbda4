"""Make the pictures of the pages of a file, some pages at a time, in the child that may open it."""

import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from papers import queries
from papers.delivery import child, store
from papers.delivery.work import UNTROUBLED, do_next
from papers.domain.states import WorkKind
from papers.models import File, PageImage

PAGES_AT_ONCE = 10


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
    last = queries.pages(file_id).count()
    count = file.page_count or 0
    if last < count:
        first, last = last + 1, min(last + (PAGES_AT_ONCE if file.attempts <= 1 else 1), count)
        PageImage.objects.bulk_create(draw(file, first, last))
    undone.update(pages_made_at=now if last == count else None, **UNTROUBLED)


def draw(file: File, first: int, last: int) -> list[PageImage]:
    """Draw these pages and bring them to their place; what stood there is drawn over."""
    with tempfile.TemporaryDirectory(dir=store.waiting_room()) as folder:
        source = store.full(store.place("files", file.pk))
        drawn = child.run("pages", str(source), file.content_type, folder, str(first), str(last))
        if [page["number"] for page in drawn] != list(range(first, last + 1)):
            raise PagesMissing
        for page in drawn:
            page["path"] = store.place("pages", file.pk, f"/{page['number']}.webp")
            made = Path(folder, f"{page['number']}.webp")
            with made.open("rb") as written:
                store.to_disk(written)
            store.move_in(made, page["path"])
    return [PageImage(file=file, **page) for page in drawn]
