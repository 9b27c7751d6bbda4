"""What the clock starts. It only knocks: it gives the same result when it comes late or twice."""

from celery import shared_task

from ggz_codes.queries import releases as asked
from ggz_codes.services.releases import BELL
from kit import bell


@shared_task(ignore_result=True)
def releases() -> None:
    """Ring for releases of codes that were left behind: their bell got lost, or their worker did."""
    if asked.at_work().exists():
        bell.ring(BELL)
