"""How a request stands: who must act, when the decision may be expected, when the term rested, what happened."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import clocks as twin
from authorizations.domain import deadlines, timeline
from authorizations.domain.clocks import Clocks, Step
from authorizations.domain.deadlines import Pause
from authorizations.domain.lifecycle import TURNS, Status, Turn
from authorizations.domain.timeline import Happened
from authorizations.models import AuthorizationRequest, Document
from authorizations.queries import heroverweging


@dataclass(frozen=True)
class Progress:
    """
    The term of a request at one moment.

    `expected_on` is None in a draft and after the decision. While the term rests it is the day if the answer came now.
    """

    turn: Turn
    due_on: date | None
    expected_on: date | None
    days_left: int
    resting: bool
    overdue: bool
    pauses: tuple[Pause, ...]


def progress(authorization: AuthorizationRequest, *, now: datetime) -> Progress:
    """Return how the request stands. Bron: R-18; features 28, 38 and 39."""
    turn = TURNS[Status(authorization.status)]
    if authorization.submitted_at is None:
        return Progress(turn, None, None, 0, False, False, ())
    pauses = tuple(Pause(pause.started_at, pause.ended_at) for pause in queries.pauses(authorization))
    if not authorization.is_open:
        return Progress(turn, None, None, 0, False, False, pauses)
    policy = queries.policy_of(authorization)
    received_at, urgent = authorization.submitted_at, authorization.urgent
    return Progress(
        turn=turn,
        due_on=deadlines.decision_due(received_at=received_at, policy=policy, pauses=pauses, urgent=urgent),
        expected_on=deadlines.expected_decision_on(
            received_at=received_at, policy=policy, now=now, pauses=pauses, urgent=urgent
        ),
        days_left=deadlines.working_days_left(
            received_at=received_at, policy=policy, now=now, pauses=pauses, urgent=urgent
        ),
        resting=deadlines.is_resting(pauses, now),
        overdue=deadlines.is_overdue(received_at=received_at, policy=policy, now=now, pauses=pauses, urgent=urgent),
        pauses=pauses,
    )


def clocks(authorization: AuthorizationRequest, *, now: datetime) -> Clocks | None:
    """Return whose time it was, for both sides the same, as of `now`; None in a draft. Bron: R-18."""
    if authorization.submitted_at is None:
        return None
    steps = authorization.events.order_by("at", "id").values_list("at", "status")
    return twin.clocks(
        filed_at=authorization.submitted_at,
        steps=[Step(at, Status(status)) for at, status in steps],
        pauses=[Pause(pause.started_at, pause.ended_at) for pause in queries.pauses(authorization)],
        now=now,
        cut_off=queries.policy_of(authorization).terms.cut_off,
    )


def history(authorization: AuthorizationRequest) -> list[Happened]:
    """
    Return what happened, oldest first, as the provider may read it: nothing that is the insurer's own.

    Bron: features 28 and 33 (internal notes never reach a provider).
    """
    happened = []
    for event in authorization.events.filter(internal=False).select_related("by").order_by("at", "id"):
        if found := timeline.words(event.move):
            party, words = found
            person = event.by.full_name if event.by else ""
            happened.append(Happened(event.move, event.at, words, party, person, event.note))
    return happened


def document_for(actor: Actor, reference: str, document_id: int) -> Document | None:
    """Return a document that this person may read, old versions included; never one that was taken out of a draft."""
    readable = _with_content(actor)
    authorization = readable.filter(reference=reference).first()
    if authorization is None:
        return None
    found: QuerySet[Document] = Document.objects.filter(authorization=authorization, removed_at=None, pk=document_id)
    if actor.is_provider:
        found = heroverweging.for_provider(found)
    return found.select_related("file", "authorization", "added_by").prefetch_related("items").first()


def with_file(actor: Actor, reference: str, document_id: int) -> Document | None:
    """Return such a document with its file and no more."""
    return _readable(actor, reference, document_id).select_related("file").only("file").first()


def file_of(actor: Actor, reference: str, document_id: int) -> QuerySet[Document, Any]:
    """Return the id of the file of such a document as a part of another query: a page must be there at once."""
    return _readable(actor, reference, document_id).values("file_id")


def _with_content(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return what this person may read; staff who type a paper request over read what came with it."""
    readable = queries.with_content_for(actor)
    return readable | queries.fillable_by(actor) if actor.is_insurer else readable


def _readable(actor: Actor, reference: str, document_id: int) -> QuerySet[Document]:
    readable = _with_content(actor).filter(reference=reference).order_by()
    found: QuerySet[Document] = Document.objects.filter(
        authorization__in=readable.values("pk"), removed_at=None, pk=document_id
    )
    if actor.is_provider:
        found = heroverweging.for_provider(found)
    return found.order_by()
