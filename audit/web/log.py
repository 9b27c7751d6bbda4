"""What a view tells the log: which dossiers its answer shows. The middleware does the writing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from audit.domain.events import Kind, Outcome, Purpose, Sensitivity, Subject, Who
from audit.services import recording


@dataclass(frozen=True)
class Logged:
    """
    What using an address means: an event for looking, one for sending, or None where that shows nothing of a dossier.

    `search` names the parameters of the address that hold what somebody searches for.
    """

    get: Kind | None
    post: Kind | None
    purpose: Purpose
    sensitivity: Sensitivity = Sensitivity.NONE
    search: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unlogged:
    """An address that shows nothing of any dossier, with the reason."""

    because: str


@dataclass
class Notes:
    """What became known while one request was answered."""

    references: dict[str, None] = field(default_factory=dict)
    subjects: list[Subject] = field(default_factory=list)
    kind: Kind | None = None
    outcome: Outcome | None = None
    who: Who | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def notes(request: HttpRequest) -> Notes:
    """Return the notes of this request."""
    found: Notes | None = getattr(request, "audit_notes", None)
    if found is None:
        found = request.audit_notes = Notes()  # type: ignore[attr-defined]
    return found


def shows(request: HttpRequest, references: Iterable[str]) -> None:
    """Say that the answer shows something of these dossiers, beside the one that the address names."""
    notes(request).references.update(dict.fromkeys(references))


def about(request: HttpRequest, subject: Subject) -> None:
    """Say that the answer is about this subject, whole as it is."""
    notes(request).subjects.append(subject)


def acts(request: HttpRequest, user_id: int) -> None:
    """Say whose account it is, when that is known before somebody is in."""
    notes(request).who = recording.who_is(user_id=user_id)


def tells(request: HttpRequest, kind: Kind | None = None, outcome: Outcome | None = None, **detail: Any) -> None:
    """Say what else the row should tell: another kind, another outcome, or a detail (plain, nothing personal)."""
    found = notes(request)
    found.kind, found.outcome = kind or found.kind, outcome if outcome is not None else found.outcome
    found.detail |= detail
