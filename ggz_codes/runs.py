"""Long work that somebody started, done by the worker in steps; the rows in the database are the work."""

from celery import shared_task
from django.utils import timezone

from ggz_codes.services import release_work


@shared_task(ignore_result=True)
def releases() -> None:
    """Read, compare and activate the releases of codes that wait, step by step."""
    while release_work.do_next(now=timezone.now()):
        pass
