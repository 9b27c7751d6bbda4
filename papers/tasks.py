"""The bells of the worker. None carries work: each takes what waits in the database, until nothing does."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from celery import shared_task
from django.utils import timezone

from kit import bell
from papers.delivery import letters, mail, pages, reading, scanning

# After so many the worker looks round: other bells may have rung.
AT_ONCE = 50


class DoNext(Protocol):
    """Does one piece of work, and tells whether there was any."""

    def __call__(self, *, now: datetime) -> bool: ...


@shared_task
def scan_files() -> None:
    """Ask the virus scanner about the files that it hasn't judged."""
    work_through(scanning.scan_next, again="papers.tasks.scan_files")


@shared_task
def make_pages() -> None:
    """Make the pictures of the pages of files that came in."""
    work_through(pages.make_next, again="papers.tasks.make_pages")


@shared_task
def read_scans() -> None:
    """Read the text of pages that are scans."""
    work_through(reading.read_next, again="papers.tasks.read_scans")


@shared_task
def render_letters() -> None:
    """Make the PDF of letters that were written."""
    work_through(letters.issue_next, again="papers.tasks.render_letters")


@shared_task
def send_mail() -> None:
    """Send the mail that was promised."""
    work_through(mail.send_next, again="papers.tasks.send_mail")


def work_through(do_next: DoNext, *, again: str, clock: Callable[[], datetime] = timezone.now) -> None:
    """Do what waits; when there is much, ring again and let others have their turn first."""
    if all(do_next(now=clock()) for _ in range(AT_ONCE)):
        bell.ring(again)
