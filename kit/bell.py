"""Ring a bell for the worker: 'there is work', never 'this is the work'. The row in the database is the work."""

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def ring(task_name: str) -> None:
    """
    Ring for a task after the commit, if there will be one; it takes no arguments and may be called twice or never.

    A broker that is away is no reason to fail: the clock rings the same bell for rows left behind.
    """
    transaction.on_commit(lambda: _send(task_name), robust=True)


def _send(task_name: str) -> None:
    try:
        current_app.send_task(task_name, retry=False, ignore_result=True)
    except Exception as error:
        # Whatever a broker may raise: the work is in the database and the clock knows it.
        logger.warning("De bel %s gaat niet: %s", task_name, type(error).__name__)
