"""Long work that somebody started, done by the worker in steps; the rows in the database are the work."""

import time

from celery import shared_task
from django.utils import timezone

from authorizations.services import check_run_work, replays, traject_import_work
from authorizations.services.check_runs import BELL as CHECKS
from authorizations.services.traject_imports import BELL
from kit import bell

TURN = 20
"""After so many seconds the worker looks round: other bells may have rung."""


@shared_task(ignore_result=True)
def traject_imports() -> None:
    """Read, check and apply the files of activities that wait, step by step."""
    began = time.monotonic()
    while traject_import_work.do_next(now=timezone.now()):
        if time.monotonic() - began > TURN:
            bell.ring(BELL)
            return


@shared_task(ignore_result=True)
def policy_replays() -> None:
    """Replay the closed requests that wait, step by step."""
    began = time.monotonic()
    while replays.do_next(now=timezone.now()):
        if time.monotonic() - began > TURN:
            bell.ring(replays.BELL)
            return


@shared_task(ignore_result=True)
def check_runs() -> None:
    """Judge the files that wait for a check, stretch by stretch."""
    began = time.monotonic()
    while check_run_work.do_next(now=timezone.now()):
        if time.monotonic() - began > TURN:
            bell.ring(CHECKS)
            return
