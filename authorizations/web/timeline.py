"""What happened to a request and what comes next, as components/_timeline.html shows it."""

from datetime import date
from typing import Any

from authorizations.domain.lifecycle import Party, Status
from authorizations.domain.timeline import Happened
from authorizations.models import AuthorizationRequest
from authorizations.services.progress import Progress
from kit import dates

SIGNS = {
    "documents_added": "file",
    "document_refused": "x",
    "counter": "question",
    "reply": "message",
    "remind": "bell",
    "new_date": "clock",
    "extend": "clock",
    "ask": "message",
    "privacy_withdrawn": "x",
    "privacy_not_in_order": "x",
    "withdraw": "x",
    "deny": "x",
}


def day(moment: date) -> str:
    """Return a day as people say it: vrijdag 27 november."""
    names = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
    return f"{names[moment.weekday()]} {moment.day} {dates.NAMES[moment.month - 1]}"


def events(
    authorization: AuthorizationRequest, history: list[Happened], progress: Progress, *, answer_by: date | None
) -> list[dict[str, Any]]:
    """Return the timeline, oldest first, with what is going on now and what is still to come."""
    insurer = authorization.insurer.name
    rows: list[dict[str, Any]] = [
        {
            "state": "done",
            "title": step.words,
            "at": step.at,
            "by": step.person if step.by is Party.PROVIDER else insurer,
            "note": step.note,
            "sign": SIGNS.get(step.name, "check"),
        }
        for step in history
    ]
    return rows + [{"at": None, "by": "", "sign": "", **row} for row in _to_come(authorization, progress, answer_by)]


def _to_come(authorization: AuthorizationRequest, progress: Progress, answer_by: date | None) -> list[dict[str, str]]:
    if not authorization.is_open:
        return []
    if authorization.status == Status.WAITING_FOR_PROVIDER:
        by = f"Antwoord graag uiterlijk {day(answer_by)}. " if answer_by else ""
        now = ("Informatie nodig van u", f"{by}De beslistermijn rust.")
    elif authorization.status == Status.SUBMITTED:
        now = ("Wacht op een medisch adviseur", "")
    else:
        now = ("Wordt beoordeeld", "")
    expected = f"Verwacht op {day(progress.expected_on)}" if progress.expected_on else ""
    if progress.resting:
        expected = f"{left(progress)} na uw antwoord"
    return [
        {"state": "current", "title": now[0], "note": now[1]},
        {"state": "todo", "title": "Besluit", "note": expected},
        {"state": "todo", "title": "Brief voor u en voor de verzekerde", "note": "Op de dag van het besluit"},
    ]


def left(progress: Progress) -> str:
    """Return how much of the term is left, in words."""
    days = max(progress.days_left, 0)
    return f"{days} werkdag" if days == 1 else f"{days} werkdagen"
