"""
Take work, and remember how it went.

A try is counted and committed before it begins, so work that kills its worker can't come back for ever. The work itself
runs under a lock on its row; when the worker dies the database lets go, and the next try comes after the pause.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.domain.events import Kind, Outcome
from audit.services import recording
from papers import queries
from papers.domain import work
from papers.domain.states import WorkKind

logger = logging.getLogger(__name__)
LOGGED = {
    WorkKind.LETTER: (Kind.WORK_LETTER, "letters"),
    WorkKind.MAIL: (Kind.WORK_MAIL, "mails"),
    WorkKind.PAGES: (Kind.WORK_PAGES, "files"),
    WorkKind.READ: (Kind.WORK_PAGES, "files"),
    WorkKind.SCAN: (Kind.WORK_SCAN, "files"),
}
"""What the access log calls this work, and by what it finds whose it is."""
UNTROUBLED: dict[str, Any] = {"attempts": 0, "last_error": "", "gave_up_at": None, "next_attempt_at": None}


def do_next(kind: WorkKind, do: Callable[[Any], object], *, now: datetime) -> bool:
    """Take the longest waiting work of this kind and try it; False when there is none to take."""
    pk = take(kind, now=now)
    if pk is None:
        return False
    try:
        # Before the work: what can't be logged isn't done.
        log(kind, pk)
        do(pk)
    except Exception as error:
        # Whatever a library raises: the row stays, the pause doubles, and after the last try a person sees it.
        failed(kind, pk, error, now=now)
    return True


@transaction.atomic
def take(kind: WorkKind, *, now: datetime) -> Any | None:
    """Count a try and set the moment of the next one, before it begins."""
    give_up(kind, now=now)
    row = queries.due(kind, now).select_for_update(skip_locked=True, no_key=True).first()
    if row is None:
        return None
    attempts = row.attempts + 1
    queries.undone(kind).filter(pk=row.pk).update(attempts=attempts, next_attempt_at=now + work.pause(attempts))
    return row.pk


def log(kind: WorkKind, pk: Any, outcome: Outcome = Outcome.DONE) -> None:
    """Write down that the portal itself works on somebody's dossier."""
    event, found_by = LOGGED[kind]
    named: dict[str, Any] = {found_by: [pk]}
    recording.by_the_portal(event, outcome=outcome, detail={"werk": kind.value, "nummer": str(pk)}, **named)


def failed(kind: WorkKind, pk: Any, error: BaseException, *, now: datetime) -> None:
    """Remember what kind of error it was (never its text: that may hold what nobody should read here)."""
    reason = " ".join(
        [
            type(error).__name__,
            *map(str, filter(None, [getattr(error, "smtp_code", None) or getattr(error, "trouble", None)])),
        ]
    )
    row = queries.undone(kind).filter(pk=pk)
    row.update(last_error=reason[:200])
    if row.filter(attempts__gte=work.TRIES, gave_up_at=None).update(gave_up_at=now):
        logger.error("Werk vastgelopen: %s %s: %s", kind.value, pk, reason)
        log(kind, pk, Outcome.FAILED)
    else:
        logger.warning("Werk mislukt: %s %s: %s", kind.value, pk, reason)


def give_up(kind: WorkKind, *, now: datetime) -> None:
    """Set apart what had its last try and never came back from it: its worker died."""
    last_tries = queries.due(kind, now).filter(attempts__gte=work.TRIES, gave_up_at=None)
    for row in last_tries.select_for_update(skip_locked=True, no_key=True):
        queries.undone(kind).filter(pk=row.pk).update(gave_up_at=now)
        logger.error("Werk vastgelopen: %s %s: onderbroken bij de laatste poging", kind.value, row.pk)
