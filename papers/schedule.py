"""What the clock starts. It only knocks: the work is what stands in the database."""

from celery import shared_task
from django.utils import timezone

from papers.services import tidying, work


@shared_task
def sweep() -> None:
    """Ring for rows that were left behind: their bell got lost, or their worker did."""
    work.ring_for_what_waits(now=timezone.now())


@shared_task
def tidy() -> None:
    """Remove from disk what no row knows of."""
    tidying.remove_abandoned(now=timezone.now())
