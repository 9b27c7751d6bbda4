"""Documents of a request: add, replace, remove, describe, explain why there is none, and judge."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import BinaryIO

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import documents as rules
from authorizations.domain.lifecycle import OPEN, Status
from authorizations.domain.terms import (
    DocumentKind,
    DocumentVerdict,
    Feature,
    FeatureAnswer,
    Origin,
)
from authorizations.models import (
    AuthorizationRequest,
    ChecklistAnswer,
    DeskDraft,
    Document,
    DocumentItem,
    InformationItem,
)
from authorizations.services import lifecycle, messages
from authorizations.services.checklist import (
    OTHER,
    Given,
    answers,
    checklist,
    items_of,
    kinds_of,
    places_of,
    room_left,
    why_closed,
)
from authorizations.services.lifecycle import NotAllowed
from kit import text
from papers.domain.states import FileState
from papers.services import files

__all__ = [
    "Given",
    "NotAllowed",
    "Refused",
    "TooMany",
    "answers",
    "checklist",
    "items_of",
    "kinds_of",
    "room_left",
    "why_closed",
]
Refused = files.Refused

ADDED = "documents_added"
BATCH = timedelta(minutes=10)
"""A file that comes this soon after another of the same person gives no mail of its own: nobody wants forty."""


class TooMany(NotAllowed):
    """There are as many files as the policy allows."""


def add(
    *,
    authorization_id: int,
    stream: BinaryIO,
    name: str,
    size: int | None,
    kinds: Collection[DocumentKind],
    by: Actor,
    now: datetime,
    question_id: int | None = None,
    replaces_id: int | None = None,
) -> Document:
    """
    Take in a file for one or more items of the checklist, for a question, or as the new version of a document.

    The very same file twice is one document: a second click, or a retry after a lost answer, changes nothing.

    :raises Refused: when the file itself is no good, with what to do
    :raises TooMany: when the request is full
    :raises NotAllowed: when nothing can be added to this request, or not to this question or document
    """
    fingerprint = _fingerprint(stream)
    with transaction.atomic():
        authorization = _to_fill(authorization_id, by)
        if reason := why_closed(authorization):
            raise NotAllowed(reason)
        replaced = _to_replace(authorization, replaces_id)
        if replaced and replaced.question_id and question_id is None:
            question_id = _still_open(authorization, replaced.question_id)
        question = _open_question(authorization, question_id)
        kinds = set(kinds) or (kinds_of(replaced) if replaced else set()) or _kinds_for(question)
        if same := _same(authorization, fingerprint, question_id):
            _serve(same, kinds)
            _changed(authorization, by=by, now=now)
            present = queries.documents_of(authorization).get(pk=same.pk)
            present.was_there = True
            return present
        # A new version takes the place of the old one while drafting; after filing both stay.
        if room_left(authorization) + bool(replaced and authorization.is_draft) < 1:
            raise TooMany(_full(authorization))
        # The lock on the request is held while the file is checked: so the count holds, however many come at once.
        limit = queries.policy_of(authorization).limits.file_megabytes * 1024 * 1024
        file = files.receive(stream=stream, name=name, size=size, by_user_id=by.user_id, now=now, limit=limit)
        document = Document.objects.create(
            authorization=authorization,
            file_id=file.pk,
            origin=_origin(authorization, question),
            question=question,
            replaces=replaced,
            added_by_id=by.user_id,
            added_at=now,
        )
        _serve(document, kinds)
        if replaced and authorization.without_diagnosis:
            # What is blacked out in the new one is still to be read in the old.
            Document.objects.filter(pk=replaced.pk).update(removed_at=now, removed_by_id=by.user_id)
        _changed(authorization, by=by, now=now)
        if authorization.is_open and question is None:
            _tell(authorization, document, by=by, now=now)
        return document


@transaction.atomic
def remove(*, document_id: int, kind: DocumentKind, by: Actor, now: datetime) -> set[DocumentKind]:
    """
    Take a document of a draft from one item: the file stays while it stands at another.

    Return the items at which it still stands. A second time does nothing.

    :raises NotAllowed: when the request was filed: what was sent, stays
    """
    document, authorization = _document_to_fill(document_id, by)
    if not authorization.is_draft:
        raise NotAllowed(
            "Dit document is al ingediend. U kunt het niet verwijderen, wel vervangen door een nieuwe versie."
        )
    places = set() if document.removed_at else places_of(document, (*items_of(authorization), OTHER))
    left = places - {kind}
    if left == places:
        return left
    if left:
        DocumentItem.objects.filter(document=document, kind=kind).delete()
    else:
        Document.objects.filter(pk=document.pk).update(removed_at=now, removed_by_id=by.user_id)
    _changed(authorization, by=by, now=now)
    return left


@transaction.atomic
def describe(
    *,
    document_id: int,
    kinds: Collection[DocumentKind],
    features: Mapping[Feature, FeatureAnswer],
    dated_on: date | None,
    by: Actor,
    now: datetime,
) -> None:
    """
    Say which items a document serves, its date, and whether it carries signature, profession and so on.

    Bron: Z-21; R-31; features 21 and 27.

    :raises NotAllowed: when the document was filed with the request or judged already
    """
    document, authorization = _document_to_fill(document_id, by)
    if not may_describe(document, authorization):
        raise NotAllowed("De gegevens van dit document kunt u niet meer wijzigen.")
    kinds = set(kinds) or {DocumentKind.OVERIG}
    DocumentItem.objects.filter(document=document).exclude(kind__in=kinds).delete()
    _serve(document, kinds)
    document.features = {feature.value: answer.value for feature, answer in features.items()}
    document.dated_on = dated_on
    document.save(update_fields=["features", "dated_on"])
    _changed(authorization, by=by, now=now)


def may_describe(document: Document, authorization: AuthorizationRequest) -> bool:
    """Tell whether its description may change: in a draft, and of what was added later until someone judges it."""
    if document.removed_at or hasattr(document, "replaced_by") or document.verdict:
        return False
    return authorization.is_draft or (authorization.is_open and document.origin != Origin.FILING)


@transaction.atomic
def explain_absence(*, authorization_id: int, kind: DocumentKind, reason: str, by: Actor, now: datetime) -> None:
    """
    Keep why a document isn't there, exactly as typed; an empty reason takes it back.

    Bron: R-38; feature 17.

    :raises NotAllowed: when the request was filed, or the policy doesn't let this document be absent
    """
    authorization = _to_fill(authorization_id, by)
    if not authorization.is_draft:
        raise NotAllowed("Deze aanvraag is al ingediend. U kunt deze uitleg niet meer wijzigen.")
    reason = text.storable(reason).strip()
    present = ChecklistAnswer.objects.filter(authorization=authorization, kind=kind)
    if not reason:
        if present.delete()[0]:
            _changed(authorization, by=by, now=now)
        return
    takes_words = {item.kind for item in items_of(authorization) if item.may_be_absent or item.statement_may_replace}
    if kind not in takes_words:
        raise NotAllowed(f"{kind.label}: zonder dit document kunt u niet indienen.")
    if any(answer.absent_reason == reason for answer in present):
        return
    ChecklistAnswer.objects.update_or_create(
        authorization=authorization,
        kind=kind,
        defaults={"absent_reason": reason, "answered_by_id": by.user_id, "answered_at": now},
    )
    _changed(authorization, by=by, now=now)


def update_completeness(authorization: AuthorizationRequest) -> None:
    """Bring the column that lists show up to date: whether every document is there, and checked."""
    given = checklist(authorization)
    complete = not rules.missing([row.item for row in given], answers(given))
    AuthorizationRequest.objects.filter(pk=authorization.pk).update(documents_complete=complete)


@transaction.atomic
def judge(*, document_id: int, verdict: DocumentVerdict, note: str, by: Actor, now: datetime) -> None:
    """
    Accept a document, or say what it lacks; the provider sees it at once.

    Bron: feature 23 (verdict per file); R-19 (not on a request of an own institution).

    :raises NotAllowed: when this person doesn't judge this request, it is closed, or the note is missing
    """
    document = Document.objects.select_related("authorization").get(pk=document_id)
    authorization = queries.authorization_to_change(authorization_id=document.authorization_id)
    if not queries.reviewable_by(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Alleen een medisch adviseur van deze verzekeraar beoordeelt dit document.")
    if authorization.status not in OPEN:
        raise NotAllowed("Deze aanvraag is afgerond. Het oordeel over een document staat vast.")
    note = text.storable(note).strip()
    if verdict == DocumentVerdict.INCOMPLETE and not note:
        raise NotAllowed("Schrijf op wat er aan het document ontbreekt. De zorgaanbieder leest dat.")
    judged = {"verdict": verdict.value, "verdict_note": note, "verdict_by_id": by.user_id, "verdict_at": now}
    Document.objects.filter(pk=document_id).update(**document.sealed(**judged))
    lifecycle.record(authorization, "document_judged", by=by, at=now, internal=True)


# -- helpers ---------------------------------------------------------------------------------------------------------


def _fingerprint(stream: BinaryIO) -> str:
    fingerprint = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    stream.seek(0)
    return fingerprint


def _to_fill(authorization_id: int, by: Actor) -> AuthorizationRequest:
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan deze aanvraag aanvullen.")
    return authorization


def _document_to_fill(document_id: int, by: Actor) -> tuple[Document, AuthorizationRequest]:
    authorization_id = Document.objects.values_list("authorization_id", flat=True).get(pk=document_id)
    authorization = _to_fill(authorization_id, by)
    return Document.objects.get(pk=document_id), authorization


def _to_replace(authorization: AuthorizationRequest, replaces_id: int | None) -> Document | None:
    if replaces_id is None:
        return None
    replaced = queries.documents_of(authorization).filter(pk=replaces_id).first()
    if replaced is None:
        raise NotAllowed("Dit document is al vervangen of verwijderd. Bekijk de lijst opnieuw.")
    return replaced


def _still_open(authorization: AuthorizationRequest, question_id: int) -> int | None:
    open_items = queries.unanswered_items(authorization) if authorization.is_open else None
    return question_id if open_items is not None and open_items.filter(pk=question_id).exists() else None


def _open_question(authorization: AuthorizationRequest, question_id: int | None) -> InformationItem | None:
    if question_id is None:
        return None
    question = InformationItem.objects.filter(
        pk=question_id,
        information_request__authorization=authorization,
        information_request__closed_at=None,
    ).first()
    if question is None or authorization.status != Status.WAITING_FOR_PROVIDER:
        raise NotAllowed("Deze vraag staat niet meer open. U kunt het document wel los toevoegen aan de aanvraag.")
    return question


def _kinds_for(question: InformationItem | None) -> set[DocumentKind]:
    return {DocumentKind(question.document_kind)} if question and question.document_kind else {DocumentKind.OVERIG}


def _same(authorization: AuthorizationRequest, fingerprint: str, question_id: int | None) -> Document | None:
    present = queries.documents_of(authorization).exclude(file__state=FileState.REFUSED.value)
    return present.filter(file__sha256=fingerprint, question_id=question_id).first()


def _full(authorization: AuthorizationRequest) -> str:
    limits = queries.policy_of(authorization).limits
    if authorization.is_draft:
        return (
            f"Bij een aanvraag passen {limits.files_at_filing} bestanden, en die staan er al. "
            "Voeg bestanden samen tot 1 pdf, of verwijder wat niet nodig is."
        )
    return (
        f"Na het indienen kunt u {limits.files_after_filing} bestanden toevoegen, en die staan er al. "
        "Bel ons als er nog iets bij moet."
    )


def _origin(authorization: AuthorizationRequest, question: InformationItem | None) -> str:
    if authorization.is_draft:
        return Origin.FILING.value
    return (Origin.ON_REQUEST if question else Origin.OWN_INITIATIVE).value


def _serve(document: Document, kinds: Collection[DocumentKind]) -> None:
    DocumentItem.objects.bulk_create(
        [DocumentItem(document=document, kind=kind.value) for kind in kinds], ignore_conflicts=True
    )


def _changed(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    """Keep the columns that lists show true: who touched the draft last, and whether every document is there."""
    update_completeness(authorization)
    if authorization.is_draft:
        AuthorizationRequest.objects.filter(pk=authorization.pk).update(
            edited_by_id=by.user_id, edited_at=now, last_step=rules.STEP
        )


def _tell(authorization: AuthorizationRequest, document: Document, *, by: Actor, now: datetime) -> None:
    """One line of the history for each file, and one mail for files that come together."""
    last = authorization.events.filter(move=ADDED, by_id=by.user_id).order_by("-at", "-id").first()
    labels = [DocumentKind(item.kind).label for item in document.items.all()]
    lifecycle.record(authorization, ADDED, by=by, at=now, note=", ".join(labels))
    if last is None or last.at <= now - BATCH or _worked_since(authorization, last.at):
        messages.tell_advisor(authorization, ADDED, key=f"{now:%Y%m%d%H%M%S%f}", now=now)


def _worked_since(authorization: AuthorizationRequest, moment: datetime) -> bool:
    """Tell whether the advisor did something with this request since: the mail about an earlier file was read then."""
    by = authorization.assigned_to_id
    return by is not None and (
        authorization.assessments.filter(assessed_by_id=by, assessed_at__gt=moment).exists()
        or authorization.documents.filter(verdict_by_id=by, verdict_at__gt=moment).exists()
        or DeskDraft.objects.filter(authorization=authorization, user_id=by, saved_at__gt=moment).exists()
        or authorization.events.filter(by_id=by, at__gt=moment).exists()
    )
