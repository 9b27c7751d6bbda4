"""What happened to a request, as the insurer reads it: the internal steps too."""

from dataclasses import dataclass, replace
from datetime import datetime

from authorizations.domain import timeline
from authorizations.domain.lifecycle import MOVES
from authorizations.models import AuthorizationRequest

# What only the insurer sees; the rest has its words in domain/timeline.py.
INTERNAL = {
    "assign": "Toegewezen",
    "unassign": "Toewijzing ingetrokken",
    "put_back": "Teruggelegd in de werkvoorraad",
    "take_over": "Overgenomen",
    "note": "Notitie",
    "document_judged": "Document beoordeeld",
    "reply": "Reactie op de wedervraag",
}


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


def history(authorization: AuthorizationRequest) -> list[Line]:
    """Return what happened, oldest first."""
    return [
        Line(
            move=event.move,
            words=_words(event.move),
            at=event.at,
            by=event.by.full_name if event.by else "",
            by_id=event.by_id,
            note=event.note,
            is_internal=event.internal,
            is_plain=event.move != "note",
        )
        for event in authorization.events.select_related("by").order_by("at", "id")
    ]


def _words(move: str) -> str:
    if move in INTERNAL:
        return INTERNAL[move]
    if move in MOVES:
        return MOVES[move].words
    _, words = timeline.RECORDS.get(move, (None, move))
    return words
