"""What the clock starts. It only knocks: it gives the same result when it comes late or twice."""

from celery import shared_task
from django.utils import timezone

from contracting.services import seasons


@shared_task(ignore_result=True)
def remind() -> None:
    """Remind the beheerders of insurers of the days of their season that come near."""
    seasons.remind(now=timezone.now())
