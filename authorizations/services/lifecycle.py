"""Move a request along its life: the one place that changes a status, and that lets the decision term rest and run."""

from datetime import date, datetime
from typing import Any

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import deadlines
from authorizations.domain.lifecycle import CLOSED, MOVES, Party
from authorizations.models import AuthorizationRequest, DeskDraft, StatusEvent, TermPause
from kit import tenancy


class NotAllowed(Exception):
    """This step can't be taken now; the text says why, in words for people."""


class Stale(NotAllowed):
    """Somebody else changed the request in the meantime."""


def require_filer(by: Actor) -> None:
    """
    Let only who files for a zorgaanbieder go on.

    :raises NotAllowed: for everybody else
    """
    if not by.is_provider or not by.roles & queries.FILING_ROLES:
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")


def move(
    authorization: AuthorizationRequest,
    name: str,
    *,
    by: Actor | None,
    at: datetime,
    note: str = "",
    internal: bool = False,
    **changes: Any,
) -> None:
    """
    Take the step `name` of `lifecycle.MOVES`, with further column `changes`, and write it down.

    Runs inside the caller's transaction. The update is guarded by status and version: of two people who act at
    once, one wins and the other reads why not.

    :raises NotAllowed: when the step doesn't lead on from the present status, or isn't this party's to take
    :raises Stale: when the request changed since it was read
    """
    step = MOVES[name]
    if by and not _is_party(by, step.by, authorization):
        raise NotAllowed(f"{step.words}: dat kan alleen de {step.by.label.lower()}.")
    if authorization.status not in step.sources:
        raise NotAllowed(_why_not(authorization, step.words))
    if step.target in CLOSED:
        changes["closed_at"] = at
    changed = AuthorizationRequest.objects.filter(
        pk=authorization.pk, status__in=step.sources, version=authorization.version
    ).update(status=step.target.value, version=authorization.version + 1, **authorization.sealed(**changes))
    if not changed:
        raise Stale("Iemand anders heeft deze aanvraag zojuist gewijzigd. Bekijk de aanvraag opnieuw.")
    for field, value in changes.items():
        setattr(authorization, field, value)
    if step.target in CLOSED:
        # nothing is judged any more: what was typed and never saved says nothing about anybody
        with tenancy.as_system("closing"):
            DeskDraft.objects.filter(authorization=authorization).delete()
    authorization.status = step.target.value
    authorization.version += 1
    StatusEvent.objects.create(
        authorization=authorization,
        move=name,
        status=step.target.value,
        by_id=by.user_id if by else None,
        at=at,
        note=note,
        internal=internal,
    )


def record(
    authorization: AuthorizationRequest,
    name: str,
    *,
    by: Actor | None,
    at: datetime,
    note: str = "",
    internal: bool = False,
) -> None:
    """Write down something that happened without a change of status: documents added, a letter issued, a reminder."""
    StatusEvent.objects.create(
        authorization=authorization,
        move=name,
        status=authorization.status,
        by_id=by.user_id if by else None,
        at=at,
        note=note,
        internal=internal,
    )


def rest_term(authorization: AuthorizationRequest, *, at: datetime) -> None:
    """Let the decision term rest from now on: the provider has a question to answer. Bron: R-18."""
    if not TermPause.objects.filter(authorization=authorization, ended_at=None).exists():
        TermPause.objects.create(authorization=authorization, started_at=at)
    update_due_date(authorization)


def run_term(authorization: AuthorizationRequest, *, at: datetime) -> None:
    """Let the decision term run again. Bron: R-18."""
    TermPause.objects.filter(authorization=authorization, ended_at=None).update(ended_at=at)
    update_due_date(authorization)


def update_due_date(authorization: AuthorizationRequest) -> None:
    """
    Compute the last day for the decision anew from the stored intervals; none while the term rests.

    The column is a copy for lists. It never counts: computing it again, however late, gives the same day.
    """
    authorization.due_on = due_on(authorization)
    AuthorizationRequest.objects.filter(pk=authorization.pk).update(due_on=authorization.due_on)


def due_on(authorization: AuthorizationRequest) -> date | None:
    """Return the last day for the decision, from the stored intervals; None while the term rests. Bron: R-18."""
    if authorization.submitted_at is None:
        return None
    return deadlines.decision_due(
        received_at=authorization.submitted_at,
        pauses=[deadlines.Pause(pause.started_at, pause.ended_at) for pause in queries.pauses(authorization)],
        policy=queries.policy_of(authorization),
        urgent=authorization.urgent,
    )


def _is_party(by: Actor, party: Party, authorization: AuthorizationRequest) -> bool:
    owner = authorization.provider_id if party is Party.PROVIDER else authorization.insurer_id
    return by.organization_id == owner


def _why_not(authorization: AuthorizationRequest, words: str) -> str:
    status = authorization.get_status_display().lower()
    return f"{words}: dat kan niet meer. De status van deze aanvraag is nu: {status}."
