"""
Write a request, step by step: begin, save as typed, throw away, and what may not get lost when two people type at once.

A draft keeps what was typed (`answers`) beside what we read of it (`reading`), so that a half or wrong answer is never
lost and the rules still have values to judge.
"""

import re
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import application as applications
from authorizations.domain import deadlines, identifiers, intake_asked, references
from authorizations.domain.application import Application
from authorizations.domain.intake import STEPS
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Kind, Origin
from authorizations.models import AuthorizationRequest, ChecklistAnswer, Document, DocumentItem, Insured, PolicyVersion
from authorizations.services import privacy_content, retention
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.prefill import Start
from papers.services import files

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved in the meantime: who, when, and the step as it is kept now."""

    name: str
    at: datetime
    typed: dict[str, list[str]]
    draft_version: int
    is_own: bool = False


@dataclass(frozen=True)
class Tab:
    """The page in a browser that saves, and how often it did: what it sends later is newer than what it sent before."""

    key: str = ""
    turn: int = 0


class Conflict(NotAllowed):
    """Somebody else, or another tab, saved this step first. Nothing was changed."""

    def __init__(self, theirs: Theirs) -> None:
        self.theirs = theirs
        at = theirs.at.astimezone(deadlines.AMSTERDAM)
        who = (
            "U wijzigde dit concept zelf in een ander tabblad"
            if theirs.is_own
            else f"{theirs.name} wijzigde dit concept"
        )
        super().__init__(f"{who} om {at:%-H.%M} uur. Bekijk de verschillen voordat u bewaart.")


def start(
    *,
    by: Actor,
    policy_version: PolicyVersion,
    kind: Kind,
    planned_start_on: date,
    creation_key: uuid.UUID,
    now: datetime,
    contracted: bool = False,
    contract_reason: str = "",
    previous: AuthorizationRequest | None = None,
    previous_number: str = "",
    code: str = "",
) -> AuthorizationRequest:
    """
    Begin a draft, filled in beforehand with what we know. The same `creation_key` again gives the same draft.

    Bron: Z-01, Z-29; R-01 (the policy valid on the planned start); features 3, 5 and 61.

    :raises NotAllowed: when this person can't file, or the policy isn't for this day, kind or provider
    """
    begin = Start.of(by, kind=kind, planned_start_on=planned_start_on, previous=previous)
    begin.set("care", contracted=contracted, contract_reason=contract_reason)
    if previous_number and not previous:
        begin.take_number(previous_number, by)
    if code:
        begin.set("plan", code=code)
    return create(begin, by=by, policy_version=policy_version, creation_key=creation_key, now=now)


def amend(
    *, authorization: AuthorizationRequest, by: Actor, creation_key: uuid.UUID, now: datetime
) -> AuthorizationRequest:
    """
    Copy a filed request into a draft that supersedes it when it is filed; until then the filed one stands.

    Bron: feature 10.

    :raises NotAllowed: when it was never filed, or is closed already
    """
    if not authorization.is_open:
        raise NotAllowed("U kunt alleen een aanvraag wijzigen die is ingediend en waarover nog niet is besloten.")
    begin = Start.again(authorization)
    with transaction.atomic():
        draft = create(begin, by=by, policy_version=authorization.policy_version, creation_key=creation_key, now=now)
        if not Document.objects.filter(authorization=draft).exists():
            _take_documents(authorization, draft, by=by, now=now)
    return draft


def create(
    begin: Start, *, by: Actor, policy_version: PolicyVersion, creation_key: uuid.UUID, now: datetime, **on_paper: Any
) -> AuthorizationRequest:
    """
    Make the draft of which `begin` is the content; `on_paper` are the columns of one that came by post.

    :raises NotAllowed: when this person can't file, or the policy isn't for this day, kind or provider
    """
    staff = on_paper and by.organization_id == policy_version.insurer_id and by.roles & queries.STAFF_ROLES
    if not staff and not (by.is_provider and by.roles & queries.FILING_ROLES):
        raise NotAllowed("Alleen een indiener of behandelaar van een zorgaanbieder kan een aanvraag maken.")
    policy, insurer_id = queries.policy(policy_version), policy_version.insurer_id
    if insurer_id is None:
        raise NotAllowed("Dit beleid hoort niet bij een verzekeraar.")
    starts_on = begin.starts_on
    if starts_on and not policy.valid_on(starts_on):
        raise NotAllowed("Dit beleid geldt niet op de dag waarop de behandeling begint. Kies het beleid opnieuw.")
    if begin.kind not in policy.kinds:
        raise NotAllowed(f"Bij {policy.insurer.name} kunt u geen {begin.kind.label} doen.")
    found = _with_key(creation_key, by)
    if found:
        return found
    try:
        with transaction.atomic():
            authorization = AuthorizationRequest.objects.create(
                reference=references.request_reference(secrets.choice),
                creation_key=creation_key,
                provider_id=by.organization_id,
                insurer_id=insurer_id,
                policy_version=policy_version,
                kind=begin.kind.value,
                previous=begin.previous,
                amends=begin.amends,
                reading=begin.reading,
                prefilled=begin.prefilled,
                edited_by_id=by.user_id,
                edited_at=now,
                created_by_id=by.user_id,
                created_at=now,
                **on_paper,
            )
            _keep_columns(authorization, application_of(authorization))
            authorization.save()
            privacy_content.take_along(authorization)
    except IntegrityError:
        # A double click: the other one won. Anything else is a mistake of ours and may be seen.
        found = _with_key(creation_key, by)
        if found is None:
            raise
        return found
    return authorization


@transaction.atomic
def save_step(
    *,
    authorization_id: int,
    step: str,
    values: Mapping[str, Mapping[str, Any]],
    draft_version: int,
    by: Actor,
    now: datetime,
    data: Typed | None = None,
    unread: Sequence[Obstacle] = (),
    tidy: bool = True,
    tab: Tab = Tab(),
) -> AuthorizationRequest:
    """
    Keep a step exactly as typed (`data`), with what was read of it (`values`) and what couldn't be read (`unread`).

    Answers that the request no longer needs go, unless `tidy` is off: a draft that saves itself while someone is still
    choosing throws nothing away. Saving the same thing twice changes nothing. Of what one page (`tab`) sends without
    knowing what became of its last save, the latest stays.

    Bron: features 1 and 4.

    :raises Conflict: when this step was saved after `draft_version` by somebody else, or from another page
    :raises NotAllowed: when the request was filed, or isn't this person's to fill in
    """
    authorization = draft_to_change(authorization_id, by)
    typed = {name: list(several) for name, several in (data or {}).items()}
    note = authorization.step_notes.get(step, {})
    if note.get("version", 0) > draft_version:
        if data is not None and typed == authorization.answers.get(step):
            return authorization
        if not tab.key or (note.get("tab"), note.get("base")) != (tab.key, draft_version):
            raise Conflict(_theirs(authorization, step, by))
        if tab.turn <= note["turn"]:
            return authorization
    for part, table in values.items():
        authorization.reading[part] = {**authorization.reading.get(part, {}), **table}
    authorization.answers[step] = typed
    authorization.draft_version += 1
    authorization.step_notes[step] = {
        "version": authorization.draft_version,
        "by": by.name,
        "by_id": by.user_id,
        "at": now.isoformat(),
        "tab": tab.key,
        "turn": tab.turn,
        "base": draft_version,
        "unread": [asdict(obstacle) for obstacle in unread],
    }
    if tidy:
        _forget_superfluous(authorization, now)
    _keep_columns(authorization, application_of(authorization))
    authorization.last_step = step
    authorization.edited_by_id = by.user_id
    authorization.edited_at = now
    privacy_content.tidy(authorization)
    authorization.save()
    return authorization


@transaction.atomic
def adopt_policy(*, authorization_id: int, by: Actor, now: datetime) -> AuthorizationRequest:
    """
    Go on under the policy that is valid on the planned start, after being told what changed. Bron: R-01; feature 19.
    """
    authorization = draft_to_change(authorization_id, by)
    version = current_policy_version(authorization)
    if version and version.pk != authorization.policy_version_id:
        authorization.policy_version = version
        authorization.draft_version += 1
        _forget_superfluous(authorization, now)
        authorization.save()
    return authorization


@transaction.atomic
def delete(*, authorization_id: int, by: Actor) -> None:
    """
    Throw a draft away, with its documents; what was filed can only be withdrawn.

    :raises NotAllowed: when the request was filed, or isn't this person's
    """
    authorization = draft_to_change(authorization_id, by)
    retention.whole(authorization)


def application_of(authorization: AuthorizationRequest) -> Application:
    """Return what the request says: of a draft what we could read, of a filed one what was frozen."""
    content = authorization.reading if authorization.application is None else authorization.application
    found = applications.read({**content, "kind": authorization.kind})
    return privacy_content.read(authorization, found)


def unread_of(authorization: AuthorizationRequest) -> list[Obstacle]:
    """Return what was typed in this draft but couldn't be read, per field."""
    return [Obstacle(**unread) for note in authorization.step_notes.values() for unread in note.get("unread", ())]


def expected_on(authorization: AuthorizationRequest, *, now: datetime) -> date:
    """Return the day on which a decision may be expected if this were filed now. Bron: R-18, R-22."""
    care = application_of(authorization).care
    policy = queries.policy_of(authorization)
    return deadlines.expected_decision_on(received_at=now, policy=policy, now=now, urgent=care.urgent)


def current_policy_version(authorization: AuthorizationRequest) -> PolicyVersion | None:
    """Return the version of its policy that is valid on the planned start; None when there is none. Bron: R-01."""
    if authorization.planned_start_on is None:
        return authorization.policy_version
    return queries.policy_version_on(authorization.policy_version.slug, authorization.planned_start_on)


def draft_to_change(authorization_id: int, by: Actor) -> AuthorizationRequest:
    """
    Lock this draft and return it.

    :raises NotAllowed: when it was filed, or isn't this person's to fill in
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan deze aanvraag invullen.")
    if not authorization.is_draft:
        raise NotAllowed("Deze aanvraag is al ingediend. U kunt haar niet meer invullen.")
    return authorization


def _with_key(creation_key: uuid.UUID, by: Actor) -> AuthorizationRequest | None:
    return AuthorizationRequest.objects.filter(creation_key=creation_key, provider_id=by.organization_id).first()


def _take_documents(old: AuthorizationRequest, draft: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    """
    Give the draft the documents of the request that it will supersede, as files of its own.

    A copy is checked like what comes in. What was refused, or is refused now, stays behind: the checklist asks for it.
    """
    is_whole = True
    for document in queries.documents_of(old):
        try:
            file = None if document.file.is_refused else files.again(document.file_id, by_user_id=by.user_id, now=now)
        except files.Refused:
            file = None
        if file is None:
            is_whole = False
            continue
        is_whole = is_whole and file.is_clean
        copy = Document.objects.create(
            authorization=draft,
            file_id=file.pk,
            origin=Origin.FILING.value,
            added_by_id=by.user_id,
            added_at=now,
            dated_on=document.dated_on,
            features=document.features,
        )
        DocumentItem.objects.bulk_create([DocumentItem(document=copy, kind=item.kind) for item in document.items.all()])
    ChecklistAnswer.objects.bulk_create(
        ChecklistAnswer(
            authorization=draft,
            kind=answer.kind,
            absent_reason=answer.absent_reason,
            answered_by_id=by.user_id,
            answered_at=now,
        )
        for answer in ChecklistAnswer.objects.filter(authorization=old)
    )
    draft.documents_complete = old.documents_complete and is_whole
    draft.save(update_fields=["documents_complete"])


def _theirs(authorization: AuthorizationRequest, step: str, by: Actor) -> Theirs:
    note = authorization.step_notes[step]
    return Theirs(
        name=note["by"],
        at=datetime.fromisoformat(note["at"]),
        typed=authorization.answers.get(step, {}),
        draft_version=authorization.draft_version,
        is_own=note.get("by_id") == by.user_id,
    )


def _forget_superfluous(authorization: AuthorizationRequest, now: datetime) -> None:
    """Drop what the request doesn't need, of what was typed and of what was read. Bron: feature 4."""
    forgotten = intake_asked.superfluous(
        application_of(authorization),
        queries.policy_of(authorization),
        expected_on=expected_on(authorization, now=now),
    )
    for part, name in forgotten:
        authorization.reading.get(part, {}).pop(name, None)
        own = re.compile(rf"{re.escape(name)}(_\d|-.*)?", re.DOTALL)
        for step in (step.code for step in STEPS if step.part == part):
            typed = authorization.answers.get(step, {})
            for key in [key for key in typed if own.fullmatch(key)]:
                del typed[key]
            note = authorization.step_notes.get(step, {})
            note["unread"] = [row for row in note.get("unread", ()) if row["field"] != name]


def _keep_columns(authorization: AuthorizationRequest, application: Application) -> None:
    """Repeat in columns what lists sort, filter and search by; what isn't right yet stays empty there."""
    care, plan = application.care, application.plan
    authorization.indication = care.indication.value if care.indication else ""
    authorization.setting = care.setting.value if care.setting else ""
    authorization.urgent = care.urgent
    authorization.planned_start_on = plan.starts_on
    in_order = plan.starts_on and plan.ends_on and plan.starts_on <= plan.ends_on
    authorization.planned_end_on = plan.ends_on if in_order else None
    Insured.objects.update_or_create(authorization=authorization, defaults=insured_columns(application))


def insured_columns(application: Application) -> dict[str, Any]:
    """Return the columns of the insured, as far as they can be kept."""
    insured = application.insured
    try:
        bsn = identifiers.bsn(insured.bsn)
    except ValueError:
        bsn = ""
    limits = {
        field.name: field.max_length for field in Insured._meta.concrete_fields if getattr(field, "max_length", None)
    }
    texts = ("initials", "surname", "insured_number", "street", "postcode", "city")
    columns: dict[str, Any] = {name: getattr(insured, name)[: limits[name]] for name in texts}
    return {**columns, "bsn": bsn, "birth_date": insured.birth_date}
