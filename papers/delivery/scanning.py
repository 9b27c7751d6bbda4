"""Scan the files that came in while the scanner gave no answer; what turns out to be infected is not kept."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kit import bell
from papers import queries
from papers.delivery import scanner, store
from papers.delivery.work import UNTROUBLED, do_next
from papers.domain.files import refused
from papers.domain.states import FileState, WorkKind
from papers.models import File, PageImage

PATIENCE = 60.0
logger = logging.getLogger(__name__)


class NoAnswer(Exception):
    """The scanner gave no answer that we know; `trouble` is one word for that."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def scan_next(*, now: datetime) -> bool:
    """Scan the file that waits longest; False when none waits."""
    return do_next(WorkKind.SCAN, lambda file_id: scan(file_id, now=now), now=now)


def scan(file_id: UUID, *, now: datetime) -> None:
    """
    Ask the scanner about a file that waits for that, and keep what it says.

    :raises NoAnswer: when it says nothing that we know: the file stays closed, and is scanned again later
    """
    waiting = queries.files_to_scan().filter(pk=file_id)
    with transaction.atomic():
        if waiting.select_for_update(skip_locked=True, no_key=True).first() is None:
            return
        waiting.update(state=FileState.SCANNING.value)
    with transaction.atomic():
        file = waiting.select_for_update(skip_locked=True, no_key=True).first()
        if file is None:
            return
        found = scanner.scan(store.full(store.place("files", file.pk)), patience=PATIENCE)
        if found.outcome is scanner.Outcome.CLEAN:
            waiting.update(state=FileState.CLEAN.value, scanned_at=now, scanner=found.scanner, **UNTROUBLED)
            bell.ring("papers.tasks.make_pages")
        elif found.outcome is scanner.Outcome.INFECTED:
            refuse(file, found, now=now)
        else:
            waiting.update(state=FileState.UNKNOWN.value)
    if found.outcome is scanner.Outcome.UNKNOWN:
        raise NoAnswer(found.reason)


def refuse(file: File, found: scanner.Verdict, *, now: datetime) -> None:
    """Keep the row with its reason, and nothing of what stood in the file."""
    logger.error("Een bestand is alsnog geweigerd: %s, %s", file.pk, found.reason)
    pages = [place for page in queries.pages_of_any_state(file.pk) for place in (page.path, page.small_path)]
    PageImage.objects.filter(file=file).delete()
    File.objects.filter(pk=file.pk).update(
        state=FileState.REFUSED.value,
        refusal=refused("virus", file.name).message,
        scanned_at=now,
        scanner=found.scanner,
        pages_made_at=None,
        read_at=None,
        **UNTROUBLED,
    )
    # When this gets lost, the nightly tidying does it (`services.tidying`).
    transaction.on_commit(lambda: store.remove(store.place("files", file.pk), *pages), robust=True)
