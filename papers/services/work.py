"""What a person does with work that is stuck."""

from datetime import datetime

from django.db import transaction

from kit import bell
from papers import queries
from papers.domain.states import MailState, WorkKind

BELLS = {
    WorkKind.PAGES: "papers.tasks.make_pages",
    WorkKind.LETTER: "papers.tasks.render_letters",
    WorkKind.MAIL: "papers.tasks.send_mail",
}


class NotStuck(Exception):
    """It isn't stuck (any more): someone else was first, or it is done. The message is for people."""


@transaction.atomic
def retry(*, kind: str, id: str, now: datetime) -> None:
    """
    Let the worker try it again from now on. An uncertain mail is sent again: the person accepts that it may come twice.

    :raises NotStuck: when there is nothing to retry
    """
    undone, _ = queries.WORK[WorkKind(kind)]
    fresh = {"attempts": 0, "gave_up_at": None, "next_attempt_at": now}
    if kind == WorkKind.MAIL:
        fresh["state"] = MailState.READY.value
    if not undone().filter(queries.NEEDS_A_PERSON[WorkKind(kind)], pk=id).update(**fresh):
        raise NotStuck("Dit werk is niet meer vastgelopen.")
    bell.ring(BELLS[WorkKind(kind)])
