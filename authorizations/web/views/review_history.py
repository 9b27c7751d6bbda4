"""What happened to a request, and before it, as the insurer reads it: the internal steps too."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.domain.actors import Actor
from audit.web import log
from authorizations import queries
from authorizations.domain import timeline
from authorizations.models import AuthorizationRequest
from authorizations.queries import courses, titles
from authorizations.web import clocks
from authorizations.web.views import subtrajects_lists, taken_over

MOST = 20


@dataclass(frozen=True)
class Line:
    """A step, with who took it; `is_plain` when it holds no words of a colleague."""

    move: str
    words: str
    at: datetime
    by: str
    by_id: int | None
    note: str
    is_internal: bool
    is_plain: bool

    def silent(self) -> "Line":
        """Return the step without what was written at it."""
        return replace(self, note="")


def before(request: HttpRequest, authorization: AuthorizationRequest, actor: Actor, *, shown: bool) -> dict[str, Any]:
    """Return the earlier requests and the zorgtrajecten of the same insured here; the log is told of what is shown."""
    found = queries.earlier_of_insured(authorization).select_related("provider").prefetch_related("grants")
    earlier = list(found[:MOST])
    trajects = list(courses.of_insured(actor, authorization)[:MOST]) if shown else []
    if shown:
        log.shows(request, [one.reference for one in earlier])
        subtrajects_lists.shown(request, trajects)
    today = timezone.localdate()
    taken = titles.of_insured(actor, authorization) if shown else []
    taken_over.shown(request, taken)
    lines = [subtrajects_lists.row_of(one, today=today) for one in trajects]
    return {"earlier": earlier, "trajects": lines, "taken_over": taken}


def course(authorization: AuthorizationRequest, *, now: datetime) -> dict[str, Any]:
    """Return what happened, when the term rested, and whose time it was."""
    return {
        "history": history(authorization),
        "pauses": queries.pauses(authorization),
        **clocks.context(authorization, now=now),
    }


def history(authorization: AuthorizationRequest) -> list[Line]:
    """Return what happened, oldest first."""
    return [
        Line(
            move=event.move,
            words=timeline.insurer_words(event.move),
            at=event.at,
            by=event.by.full_name if event.by else "",
            by_id=event.by_id,
            note=event.note,
            is_internal=event.internal,
            is_plain=event.move != "note",
        )
        for event in authorization.events.select_related("by").order_by("at", "id")
    ]
