"""What the clock starts for the log."""

from celery import shared_task

from audit.services import sealing


@shared_task
def seal() -> None:
    """Seal what was logged since the last minute."""
    sealing.seal()
