"""What a person does with work that is stuck."""

from datetime import datetime

from django.db import transaction

from kit import bell
from papers import queries
from papers.domain.states import MailState, WorkKind

BELLS = {
    WorkKind.SCAN: "papers.tasks.scan_files",
    WorkKind.PAGES: "papers.tasks.make_pages",
    WorkKind.READ: "papers.tasks.read_scans",
    WorkKind.LETTER: "papers.tasks.render_letters",
    WorkKind.MAIL: "papers.tasks.send_mail",
}


class NotStuck(Exception):
    """It isn't stuck (any more): someone else was first, or it is done. The message is for people."""


@transaction.atomic
def retry(*, kind: str, id: str, now: datetime) -> None:
    """
    Let the worker try it now, whether it gave up or only waits for its turn.

    An uncertain mail is sent again: the person accepts that it may come twice.

    :raises NotStuck: when there is nothing to retry
    """
    stuck = queries.stuck(WorkKind(kind)).filter(pk=id)
    fresh: dict[str, object] = {"attempts": 0, "last_error": "", "gave_up_at": None, "next_attempt_at": now}
    if kind == WorkKind.MAIL:
        fresh["state"] = MailState.READY.value
    # What still tries by itself only gets its turn sooner: its tries go on counting.
    if not stuck.update(**fresh) and not queries.failing(WorkKind(kind)).filter(pk=id).update(next_attempt_at=now):
        raise NotStuck("Dit werk is niet meer vastgelopen.")
    bell.ring(BELLS[WorkKind(kind)])


def ring_for_what_waits(*, now: datetime) -> None:
    """Ring the bell of each kind of work that someone may take now."""
    for kind, name in BELLS.items():
        if queries.due(kind, now).exists():
            bell.ring(name)
