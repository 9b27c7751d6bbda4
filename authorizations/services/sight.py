"""
What a medisch adviseur sees of a request at one moment, and what changed since: nothing is decided on what nobody saw.

A decision, a proposal and its confirmation come with the `seen` of the page that they were made on.
"""

from collections.abc import Iterator
from functools import partial

from django.utils.dateformat import format as dated

from authorizations import queries
from authorizations.domain import deadlines, lifecycle
from authorizations.domain import sight as rules
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import DocumentKind
from authorizations.models import (
    AuthorizationRequest,
    CounterQuestion,
    CriterionAssessment,
    Decision,
    Document,
    StatusEvent,
)
from authorizations.services import review
from authorizations.services.lifecycle import Stale
from kit import text

VERSION, EVENT, DOCUMENT, CRITERION, COUNTER = "version", "event", "document-", "criterion-", "counter-"
LEAD = "Deze aanvraag is intussen gewijzigd. Kijk naar wat er nieuw is en leg uw besluit daarna opnieuw vast."


class Changed(Stale):
    """The request is not what this person saw; `obstacles` names what is new and where it stands."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(LEAD)
        self.obstacles = obstacles


def of(authorization: AuthorizationRequest) -> str:
    """Return what there is to see now, to give back as `seen`."""
    return rules.write(_parts(authorization))


def require_same(authorization: AuthorizationRequest, seen: str) -> None:
    """
    Refuse when anything changed since it was seen: the status, a document, a verdict, or a counter-question.

    :raises Changed: naming all that is new; nothing in particular when `seen` isn't something that we gave
    """
    before, now = rules.read(seen), _parts(authorization)
    if not before.get(VERSION):
        raise Changed([])
    event = before.pop(EVENT, "")
    now.pop(EVENT)
    if names := rules.changed(before, now):
        raise Changed(list(_told(authorization, names, before, since=text.number(event) or 0)))


def since(authorization: AuthorizationRequest, proposal: Decision) -> list[Obstacle]:
    """Return the documents and counter-questions that came after this proposal: the proposer did not weigh them."""
    documents = {one.pk: one for one in queries.documents_of(authorization)}
    counters = {one.pk: one for one in queries.counter_questions(authorization)}
    return [
        *(_document(documents, {}, str(pk)) for pk, one in documents.items() if one.added_at > proposal.proposed_at),
        *(_counter(counters, str(pk)) for pk, one in counters.items() if one.asked_at > proposal.proposed_at),
    ]


def _parts(authorization: AuthorizationRequest) -> dict[str, str]:
    last = StatusEvent.objects.filter(authorization=authorization).order_by("-id").values_list("id", flat=True).first()
    parts = {VERSION: str(authorization.version), EVENT: str(last or 0)}
    for document in queries.documents_of(authorization):
        kinds = sorted(item.kind for item in document.items.all())
        mark = rules.state(kinds, document.dated_on, document.features, document.verdict, document.verdict_note)
        parts[f"{DOCUMENT}{document.pk}"] = mark
    verdicts = CriterionAssessment.objects.filter(authorization=authorization)
    parts |= {f"{CRITERION}{one.criterion}": str(one.version) for one in verdicts}
    counters = queries.counter_questions(authorization)
    return parts | {f"{COUNTER}{one.pk}": "replied" if one.replied_at else "open" for one in counters}


def _told(
    authorization: AuthorizationRequest, names: list[str], before: dict[str, str], *, since: int
) -> Iterator[Obstacle]:
    tellers = {
        DOCUMENT: partial(_document, {one.pk: one for one in queries.documents_of(authorization)}, before),
        CRITERION: partial(_verdict, authorization, review.assessments(authorization)),
        COUNTER: partial(_counter, {one.pk: one for one in queries.counter_questions(authorization)}),
    }
    for name in names:
        if name == VERSION:
            yield from _steps(authorization, since)
        for prefix, tell in tellers.items():
            if name.startswith(prefix):
                yield tell(name.removeprefix(prefix))


def _steps(authorization: AuthorizationRequest, since: int) -> Iterator[Obstacle]:
    """Tell what moved the request: its status, or who has it."""
    steps = StatusEvent.objects.filter(authorization=authorization, id__gt=since).select_related("by")
    named = lifecycle.MOVES.keys() | {"assign", "unassign", "put_back", "take_over"}
    for step in steps.filter(move__in=named).order_by("id"):
        words = lifecycle.MOVES[step.move].words if step.move in lifecycle.MOVES else "De beoordelaar is gewijzigd"
        at = dated(step.at.astimezone(deadlines.AMSTERDAM), "j F, G.i")
        yield Obstacle("step_new", f"{words}, {at} uur.", "verloop")


def _document(documents: dict[int, Document], before: dict[str, str], key: str) -> Obstacle:
    document = documents.get(text.number(key) or 0)
    if document is None:
        return Obstacle("document_gone", "Een document is vervangen door een nieuwe versie.", "document")
    title = ", ".join(DocumentKind(item.kind).label for item in document.items.all()) or DocumentKind.OVERIG.label
    added = dated(document.added_at.astimezone(deadlines.AMSTERDAM), "j F, G.i")
    what = f"{title} ({document.file.name})"
    if DOCUMENT + key in before:
        return Obstacle("document_changed", f"Gewijzigd of beoordeeld: {what}.", "document", key)
    return Obstacle("document_new", f"Nieuw document: {what}, {added} uur.", "document", key)


def _verdict(authorization: AuthorizationRequest, saved: dict[str, CriterionAssessment], code: str) -> Obstacle:
    title = next((one.title for one in review.criteria(authorization) if one.code == code), code)
    by = f" door {saved[code].assessed_by.full_name}" if code in saved else ""
    return Obstacle("verdict_new", f"Het oordeel over “{title}” is gewijzigd{by}.", "criteria", code)


def _counter(counters: dict[int, CounterQuestion], key: str) -> Obstacle:
    counter = counters.get(text.number(key) or 0)
    words = (
        "Op een wedervraag is gereageerd."
        if counter and counter.replied_at
        else "De zorgaanbieder stelde een wedervraag."
    )
    return Obstacle("counter_new", words, "vragen")
