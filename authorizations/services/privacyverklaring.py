"""
Give a privacyverklaring, let the medisch adviseur check it, and withdraw it.

Giving it takes every diagnosis out of the requests about this treatment and out of its zorgtrajecten, for good. The log
and the history name what went, never what it said. Bron: G-06; R-15; R-38.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import deadlines, kinds
from authorizations.domain import privacyverklaring as rules
from authorizations.domain.lifecycle import Status
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.privacyverklaring import NAMES, PrivacyStatus, Signed
from authorizations.domain.terms import DocumentKind, Kind
from authorizations.models import AuthorizationRequest, Document, DocumentReading, Privacyverklaring, Zorgtraject
from authorizations.queries import privacyverklaring as found
from authorizations.services import documents, lifecycle, messages, privacy_content, review
from kit import text
from papers.services import forgetting

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete
NONE = "Er geldt geen privacyverklaring bij deze aanvraag."
TRAJECT = "Primaire diagnose"
OF_TRAJECT = "diagnosis"
OLDER = "Oudere versies van documenten: niemand ziet ze meer"


@dataclass(frozen=True)
class Removal:
    """A value that goes: in which request or zorgtraject, and what people call it."""

    where: str
    name: str
    words: str

    @property
    def mark(self) -> str:
        """What names it in a form."""
        return f"{self.where}:{self.name}"


def why_not_give(authorization: AuthorizationRequest) -> str:
    """Return why no privacyverklaring can be given here; empty when one can."""
    if not kinds.of(Kind(authorization.kind)).takes_privacyverklaring:
        return "Bij deze soort aanvraag is er geen privacyverklaring."
    if authorization.status == Status.WITHDRAWN:
        return "Deze aanvraag is ingetrokken. Een privacyverklaring is niet meer nodig."
    current = found.in_force(authorization)
    if current and current.status != PrivacyStatus.NOT_IN_ORDER:
        return "Er geldt al een privacyverklaring bij deze aanvraag."
    return ""


def removals(authorization: AuthorizationRequest) -> list[Removal]:
    """Return every value of a diagnosis that goes when a privacyverklaring is given here."""
    requests = found.treatment(authorization)
    return _everything(requests, found.trajects(requests))


def has_scan(authorization: AuthorizationRequest) -> bool:
    """Tell whether the signed document stands on the checklist."""
    signed = queries.documents_of(authorization).filter(items__kind=DocumentKind.PRIVACYVERKLARING.value)
    return any(not document.file.is_refused for document in signed)


@transaction.atomic
def give(
    *, authorization_id: int, signed: Signed, confirmed: Collection[str], by: Actor, now: datetime
) -> tuple[Privacyverklaring, list[Removal]]:
    """
    Keep a privacyverklaring with both signatures, and take away every diagnosis; return it with what went.

    `confirmed` are the marks of the values that this person agreed to lose.

    :raises Incomplete: naming everything that it lacks
    :raises NotAllowed: for who doesn't fill in this request, or when one holds already
    """
    authorization = _to_fill(authorization_id, by)
    if reason := why_not_give(authorization):
        raise NotAllowed(reason)
    requests = found.treatment(authorization, lock=True)
    trajects = [one for one in found.trajects(requests) if one.provider_id == authorization.provider_id]
    gone = _everything(requests, trajects)
    wrong = rules.obstacles_to_give(
        replace(signed, has_scan=has_scan(authorization)),
        today=now.astimezone(deadlines.AMSTERDAM).date(),
        on_paper=by.is_insurer,
        removed=[one.mark for one in gone],
        confirmed=confirmed,
    )
    if wrong:
        raise Incomplete(wrong)
    assert signed.way and signed.signer and signed.patient_signed_on  # noqa: S101 (each is one of the obstacles)
    columns = {
        "status": PrivacyStatus.GIVEN.value,
        "way": signed.way.value,
        "signer": signed.signer.value,
        "signer_name": text.storable(signed.signer_name).strip(),
        "patient_signed_on": signed.patient_signed_on,
        "provider_signed_by_id": by.user_id,
        "provider_profession": text.storable(signed.profession).strip(),
        "provider_signed_at": now,
        "checked_by": None,
        "checked_at": None,
        "check_reason": "",
    }
    one = found.in_force(authorization)
    name = "again" if one else "given"
    for request in sorted(requests, key=lambda request: request.pk != authorization.pk):
        _forget(request)
        standing = found.in_force(request)
        if standing is None:
            standing = Privacyverklaring(authorization=request, carried_from=one)
        elif request.pk != authorization.pk:
            continue
        for column, value in columns.items():
            setattr(standing, column, value)
        standing.save()
        one = one or standing
        words = [one.words for one in gone if one.where == request.reference]
        note = f"Verwijderd: {', '.join(words)}." if words else ""
        lifecycle.record(request, f"privacy_{name}", by=by, at=now, note=note)
        if request.is_open:
            messages.tell_advisor(request, "privacy_given", key=f"{now:%Y%m%d%H%M%S%f}", now=now)
    _forget_text(requests)
    _older_versions(requests).update(removed_at=now, removed_by_id=by.user_id)
    for request in requests:
        documents.update_completeness(request)
    for traject in trajects:
        traject.privacyverklaring, traject.diagnosis = True, ""
        traject.save(update_fields=["privacyverklaring", "diagnosis"])
    assert one  # noqa: S101 (the request itself is one of them)
    return one, gone


@transaction.atomic
def withdraw(*, authorization_id: int, withdrawn_on: date | None, reason: str, by: Actor, now: datetime) -> None:
    """
    Write down that the patient took it back: from now on a diagnosis may be asked again. Nothing comes back by itself.

    :raises Incomplete: without the day or the reason
    :raises NotAllowed: for who doesn't fill in this request, or when none holds
    """
    authorization = _to_fill(authorization_id, by)
    current = found.in_force(authorization)
    if current is None:
        raise NotAllowed(NONE)
    today = now.astimezone(deadlines.AMSTERDAM).date()
    wrong = rules.obstacles_to_withdraw(
        withdrawn_on=withdrawn_on, reason=reason, signed_on=current.patient_signed_on, today=today
    )
    if wrong:
        raise Incomplete(wrong)
    requests = found.treatment(authorization, lock=True)
    for request in requests:
        standing = found.in_force(request)
        if standing is None:
            continue
        standing.status, standing.withdrawn_on = PrivacyStatus.WITHDRAWN.value, withdrawn_on
        standing.withdrawn_reason = text.storable(reason).strip()
        standing.withdrawn_by_id, standing.withdrawn_at = by.user_id, now
        standing.save()
        AuthorizationRequest.objects.filter(pk=request.pk).update(without_diagnosis=False)
        request.without_diagnosis = False
        documents.update_completeness(request)
        lifecycle.record(request, "privacy_withdrawn", by=by, at=now)
        if request.is_open:
            messages.tell_advisor(request, "privacy_withdrawn", key=f"{now:%Y%m%d%H%M%S%f}", now=now)
    for traject in found.trajects(requests):
        if traject.provider_id == authorization.provider_id and traject.privacyverklaring:
            Zorgtraject.objects.filter(pk=traject.pk).update(privacyverklaring=False)


def obstacles_to_file(authorization: AuthorizationRequest, *, shared: bool | None) -> list[Obstacle]:
    """
    Return what a draft lacks about its privacyverklaring: whoever shares no diagnosis signs for that. Bron: R-38.

    `shared` is what the provider answered about the diagnosis.
    """
    current = found.in_force(authorization)
    if current is None:
        if shared is not False:
            return []
        message = "U geeft aan dat de patiënt geen diagnose wil delen. Voeg dan de privacyverklaring toe."
        return [Obstacle("privacyverklaring_missing", message, rules.STEP, rules.SHARED)]
    if current.is_uploaded and not has_scan(authorization):
        kind = DocumentKind.PRIVACYVERKLARING
        return [Obstacle("document_missing", f"Voeg toe: {kind.label}.", "documenten", kind.value)]
    return []


def _forget(request: AuthorizationRequest) -> None:
    """Take the diagnosis out of one request, in the statement that also says that it may hold none (migration 0036)."""
    if request.without_diagnosis:
        return
    changes = privacy_content.cleaned(request)
    columns = {"without_diagnosis": True, "holds_diagnosis": False, "draft_version": request.draft_version + 1}
    AuthorizationRequest.objects.filter(pk=request.pk).update(**columns, **request.sealed(**changes))
    request.without_diagnosis = True


def _forget_text(requests: Sequence[AuthorizationRequest]) -> None:
    """Forget the text of the documents and what was read in it: a diagnosis may stand there, and nobody can tell."""
    every = Document.objects.filter(authorization__in=requests)
    DocumentReading.objects.filter(document__in=every).delete()
    forgetting.text(list(every.values_list("file_id", flat=True)))


def _older_versions(requests: Sequence[AuthorizationRequest]) -> QuerySet[Document]:
    """Return the documents that a newer version took the place of: what was blacked out is still to be read there."""
    return Document.objects.filter(authorization__in=requests, replaced_by__isnull=False, removed_at=None)


def _everything(requests: Sequence[AuthorizationRequest], trajects: Sequence[Zorgtraject]) -> list[Removal]:
    """Return all that goes with a privacyverklaring, in the order of the requests and then the zorgtrajecten."""
    replaced = set(_older_versions(requests).values_list("authorization_id", flat=True))
    gone = []
    for request in requests:
        names = rules.named(request.answers, request.reading, request.prefilled, request.application)
        gone += [Removal(request.reference, name, NAMES[name]) for name in names]
        if request.pk in replaced:
            gone.append(Removal(request.reference, "older_versions", OLDER))
    return gone + [_removal(traject) for traject in trajects if traject.diagnosis]


def _removal(traject: Zorgtraject) -> Removal:
    return Removal(f"zorgtraject {traject.number}", OF_TRAJECT, TRAJECT)


def _to_fill(authorization_id: int, by: Actor) -> AuthorizationRequest:
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")
    return authorization
