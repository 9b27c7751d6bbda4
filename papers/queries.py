"""What you can ask about files and letters. Who may see which is for the app that owns the case: it holds the ids."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Greatest

from papers.domain.states import WAITING_FOR_SCANNER, FileState, MailState, PrintState, WorkKind
from papers.models import File, Letter, Mail, PageImage, PrintBatch, PrintItem


def file(file_id: UUID) -> File:
    """Return the file; `File.DoesNotExist` when there is none."""
    return File.objects.get(pk=file_id)


def files(file_ids: list[UUID]) -> dict[UUID, File]:
    """Return these files by id, in one query."""
    return File.objects.in_bulk(file_ids)


def pages(file_id: UUID) -> QuerySet[PageImage]:
    """Return the pages that have been made so far, in order; `File.page_count` tells how many there will be."""
    return pages_of_any_state(file_id).filter(file__state=FileState.CLEAN.value)


def pages_of_any_state(file_id: UUID) -> QuerySet[PageImage]:
    """Return the pages whatever became of the file; to tidy up, never to show."""
    return PageImage.objects.filter(file_id=file_id).order_by("number")


def page_image(file_id: UUID, number: int) -> PageImage | None:
    """Return one page of a file, or None while it isn't made (or doesn't exist)."""
    return pages(file_id).filter(number=number).first()


def page_image_of(file_ids: QuerySet[Any, Any], number: int) -> PageImage | None:
    """Return one page of the file that this query gives, in the same query; None while it isn't made."""
    return PageImage.objects.filter(file_id__in=file_ids, file__state=FileState.CLEAN.value, number=number).first()


def page_images(places: Collection[tuple[UUID, int]]) -> dict[tuple[UUID, int], PageImage]:
    """Return these pages by file and number, in one query; a page that isn't made is left out."""
    found = PageImage.objects.filter(
        file__state=FileState.CLEAN.value,
        file_id__in={file_id for file_id, _ in places},
        number__in={number for _, number in places},
    ).order_by("pk")
    return {(page.file_id, page.number): page for page in found} if places else {}


def letter(letter_id: int) -> Letter:
    """Return the letter; `Letter.DoesNotExist` when there is none."""
    return Letter.objects.get(pk=letter_id)


def letter_with_reference(reference: UUID) -> Letter:
    """Return the letter that bears this reference; `Letter.DoesNotExist` when there is none."""
    return Letter.objects.get(reference=reference)


def mail_with_key(key: str) -> Mail | None:
    """Return the mail that was queued under this key, sent or not."""
    return Mail.objects.filter(key=key).first()


def print_items_waiting(sender_id: int) -> QuerySet[PrintItem]:
    """Return the letters of this sender that can go into a batch now: issued, and in none yet."""
    return (
        PrintItem.objects.filter(sender_id=sender_id, state=PrintState.WAITING.value, letter__issued_at__isnull=False)
        .select_related("letter")
        .order_by("id")
    )


def print_batches(sender_id: int) -> QuerySet[PrintBatch]:
    """Return the batches of this sender, newest first, with their `letters` counted."""
    return PrintBatch.objects.filter(sender_id=sender_id).annotate(letters=Count("items")).order_by("-made_at", "-id")


def print_items(sender_id: int) -> QuerySet[PrintItem]:
    """Return everything of this sender that goes by post, newest first."""
    return PrintItem.objects.filter(sender_id=sender_id).select_related("letter", "batch").order_by("-id")


def letters_in_batch(batch_id: int) -> QuerySet[Letter]:
    """Return the letters of a batch in the order in which they were added."""
    return Letter.objects.filter(print_items__batch_id=batch_id).order_by("print_items__id")


def mail_keys(mail_ids: Iterable[int]) -> list[str]:
    """Return what these mails are about, in the words of whoever asked for them."""
    return list(Mail.objects.filter(pk__in=list(mail_ids)).order_by("pk").values_list("key", flat=True))


# Work: rows that aren't done yet.


def files_to_scan() -> QuerySet[File]:
    """Return the files that the scanner hasn't judged."""
    return File.objects.filter(state__in=[state.value for state in WAITING_FOR_SCANNER])


def pages_to_make() -> QuerySet[File]:
    """Return the files whose pages aren't all made."""
    return File.objects.filter(state=FileState.CLEAN.value, pages_made_at=None)


def files_to_read() -> QuerySet[File]:
    """Return the files of which the pages are there, and perhaps not the text of all of them."""
    return File.objects.filter(state=FileState.CLEAN.value, pages_made_at__isnull=False, read_at=None)


def pages_to_read(file_id: UUID) -> QuerySet[PageImage]:
    """Return the pages without text at which nobody looked whether they are scans; none where no text is kept."""
    return pages(file_id).filter(text="", recognised_at=None, file__keeps_text=True)


def letters_to_render() -> QuerySet[Letter]:
    """Return the letters without a PDF."""
    return Letter.objects.filter(issued_at=None)


def mail_to_send() -> QuerySet[Mail]:
    """Return the mail that isn't known to be sent."""
    return Mail.objects.exclude(state=MailState.SENT.value)


def mail_in(state: MailState) -> QuerySet[Mail]:
    """Return the mail in this state."""
    return Mail.objects.filter(state=state.value)


WORK: dict[WorkKind, tuple[Callable[[], QuerySet[Any]], str]] = {
    WorkKind.SCAN: (files_to_scan, "received_at"),
    WorkKind.PAGES: (pages_to_make, "received_at"),
    WorkKind.READ: (files_to_read, "received_at"),
    WorkKind.LETTER: (letters_to_render, "created_at"),
    WorkKind.MAIL: (mail_to_send, "created_at"),
}
NEEDS_A_PERSON = {
    WorkKind.SCAN: Q(gave_up_at__isnull=False),
    WorkKind.PAGES: Q(gave_up_at__isnull=False),
    WorkKind.READ: Q(gave_up_at__isnull=False),
    WorkKind.LETTER: Q(gave_up_at__isnull=False),
    WorkKind.MAIL: Q(gave_up_at__isnull=False) | Q(state=MailState.UNCERTAIN.value),
}


# The scanner comes back some day, and nothing gets lost by asking again: a person sees it, and it goes on.
KEEPS_TRYING = frozenset({WorkKind.SCAN})


def undone(kind: WorkKind) -> QuerySet[Any]:
    """Return the work of this kind that isn't done yet."""
    return WORK[kind][0]()


def due(kind: WorkKind, now: datetime) -> QuerySet[Any]:
    """Return the work of this kind that a worker may take now, the longest waiting first."""
    ready = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    free = Q() if kind in KEEPS_TRYING else ~NEEDS_A_PERSON[kind]
    return undone(kind).filter(ready, free).order_by(WORK[kind][1], "pk")


def stuck(kind: WorkKind) -> QuerySet[Any]:
    """Return the work of this kind that a person must look at."""
    return undone(kind).filter(NEEDS_A_PERSON[kind])


def failing(kind: WorkKind) -> QuerySet[Any]:
    """Return the work of this kind that failed and will be tried again by itself."""
    return undone(kind).filter(~NEEDS_A_PERSON[kind]).exclude(last_error="")


@dataclass(frozen=True)
class UndoneWork:
    """What still has to be done of one kind. `waiting` is for the worker, `stuck` for a person."""

    kind: WorkKind
    waiting: int
    oldest_at: datetime | None
    stuck: int


def undone_work(now: datetime) -> list[UndoneWork]:
    """Return per kind of work how much there is as of now, since when, and how much is stuck."""
    return [
        UndoneWork(
            kind,
            **undone(kind)
            .filter(**{f"{since}__lte": now})
            .aggregate(
                waiting=Count("pk", filter=~NEEDS_A_PERSON[kind]),
                oldest_at=Min(Greatest(since, "waiting_since"), filter=~NEEDS_A_PERSON[kind]),
                stuck=Count("pk", filter=NEEDS_A_PERSON[kind]),
            ),
        )
        for kind, (_, since) in WORK.items()
    ]


@dataclass(frozen=True)
class StuckWork:
    """One thing that a person must look at: `kind` and `id` are what `services.work.retry` wants."""

    kind: WorkKind
    id: str
    since: datetime
    attempts: int
    last_error: str
    uncertain: bool
    next_attempt_at: datetime | None = None


def stuck_work() -> list[StuckWork]:
    """Return everything that stopped trying or is uncertain, the oldest first."""
    return _work_of(stuck)


def failing_work() -> list[StuckWork]:
    """Return everything that failed and will be tried again by itself, the oldest first."""
    return _work_of(failing)


def _work_of(rows: Callable[[WorkKind], QuerySet[Any]]) -> list[StuckWork]:
    found = [
        StuckWork(
            kind,
            str(row.pk),
            getattr(row, since),
            row.attempts,
            row.last_error,
            uncertain=getattr(row, "state", "") == MailState.UNCERTAIN.value,
            next_attempt_at=row.next_attempt_at,
        )
        for kind, (_, since) in WORK.items()
        for row in rows(kind).order_by("pk")
    ]
    return sorted(found, key=lambda work: work.since)
