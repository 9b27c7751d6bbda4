"""
Delete what has been kept long enough, and hold what must stay.

Each request goes in a transaction of its own, together with its line in the report: a run that is killed has told the
truth so far, and the next one goes on. Nothing that is held is touched; the database insists (migration 0006).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import retention as rules
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.retention import Kept
from authorizations.models import (
    AuthorizationRequest,
    ChecklistAnswer,
    CounterQuestion,
    Decision,
    Document,
    Grant,
    GrantChange,
    GrantHours,
    Heroverweging,
    InformationItem,
    InformationRequest,
    LegalHold,
    PolicyVersion,
    RequestLetter,
    RetentionRun,
    TakenOver,
    Zorgtraject,
)
from authorizations.queries import keeping
from authorizations.services import retention_claims
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.retention_reports import Found, Gone, reported
from kit import text
from papers.services import forgetting


def due(*, today: date) -> list[Gone]:
    """Return what a run on this day would delete; nothing is deleted."""
    found = Found()
    for kept, authorization in _due(today=today):
        found.add(_owner(authorization, kept), kept, _counted_from(authorization, kept), authorization.reference)
    for traject in _trajects_due(today=today):
        found.add(traject.insurer, Kept.TRAJECT, traject.ended_on, traject.number)
    for title in _titles_due(today=today):
        found.add(title.insurer, Kept.TAKEN_OVER, title.ends_on, title.number)
    retention_claims.tell(found, today=today)
    return found.lines()


def run(*, now: datetime) -> RetentionRun:
    """Delete what has been kept long enough and report it, request by request."""
    started = RetentionRun.objects.create(started_at=now)
    today = now.astimezone(AMSTERDAM).date()
    for kept, authorization in _due(today=today):
        _forget(authorization.pk, kept, run=started, today=today)
    retention_claims.run_coulance(run=started, today=today)
    retention_claims.run_claims(run=started, today=today)
    for traject in _trajects_due(today=today):
        _forget_traject(traject, run=started, today=today)
    for title in _titles_due(today=today):
        _forget_title(title, run=started)
    RetentionRun.objects.filter(pk=started.pk).update(ended_at=now)
    started.refresh_from_db()
    return started


# -- holding ---------------------------------------------------------------------------------------------------------


def hold(*, authorization: AuthorizationRequest, reason: str, by: Actor, now: datetime) -> LegalHold:
    """
    Keep a request and all of its papers until somebody lifts this.

    :raises NotAllowed: without a reason, when it is held already, or for who may not
    """
    _require_keeper(authorization, by)
    reason = text.storable(reason).strip()[:300]
    if not reason:
        raise NotAllowed("Leg uit waarom deze aanvraag bewaard moet blijven.")
    try:
        with transaction.atomic():
            return LegalHold.objects.create(
                authorization=authorization, reason=reason, placed_by_id=by.user_id, placed_at=now
            )
    except IntegrityError as error:
        if "one_hold_at_a_time" not in str(error):
            raise
        raise NotAllowed("Deze aanvraag wordt al vastgehouden.") from None


@transaction.atomic
def lift(*, authorization: AuthorizationRequest, by: Actor, now: datetime) -> None:
    """
    Let a request go the way of its term again.

    :raises NotAllowed: when it isn't held, or for who may not
    """
    _require_keeper(authorization, by)
    held = LegalHold.objects.filter(authorization=authorization, lifted_at=None)
    if not held.update(lifted_by_id=by.user_id, lifted_at=now):
        raise NotAllowed("Deze aanvraag was al vrijgegeven.")


def _require_keeper(authorization: AuthorizationRequest, by: Actor) -> None:
    if not keeping.kept_by(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Alleen een coördinator of beheerder van de verzekeraar kan een aanvraag vasthouden.")


# -- what goes -------------------------------------------------------------------------------------------------------


def _due(*, today: date) -> Iterator[tuple[Kept, AuthorizationRequest]]:
    """Give what has been kept long enough and isn't held, per policy and class; whole requests before their papers."""
    for version in PolicyVersion.objects.filter(insurer__isnull=False).order_by("pk"):
        limits = queries.policy(version).limits
        for kept in (Kept.DRAFT, Kept.DOSSIER, Kept.FILES):
            # The database narrows down, the rule itself decides: here, and again on the locked row.
            for authorization in keeping.kept_longest(version, kept, limits, today=today).iterator(chunk_size=500):
                if rules.is_over(kept, _counted_from(authorization, kept), limits, today=today):
                    yield kept, authorization


def _trajects_due(*, today: date) -> Iterator[Any]:
    for version in PolicyVersion.objects.filter(insurer__isnull=False).order_by("pk"):
        limits = queries.policy(version).limits
        for traject in keeping.trajects_kept_longest(version, limits, today=today).iterator(chunk_size=500):
            if rules.is_over(Kept.TRAJECT, traject.ended_on, limits, today=today):
                yield traject


def _titles_due(*, today: date) -> Iterator[TakenOver]:
    for version in PolicyVersion.objects.filter(insurer__isnull=False).order_by("pk"):
        limits = queries.policy(version).limits
        for title in keeping.taken_over_kept_longest(version, limits, today=today).iterator(chunk_size=500):
            if rules.is_over(Kept.TAKEN_OVER, title.ends_on, limits, today=today):
                yield title


def _counted_from(authorization: AuthorizationRequest, kept: Kept) -> date:
    if kept is Kept.DRAFT or authorization.closed_at is None:
        return authorization.edited_at.astimezone(AMSTERDAM).date()
    grant = Grant.objects.filter(authorization=authorization).only("ends_on").order_by("-ends_on").first()
    closed_on = authorization.closed_at.astimezone(AMSTERDAM).date()
    return rules.end_of(closed_on=closed_on, grant_ends_on=grant.ends_on if grant else None)


def _owner(authorization: AuthorizationRequest, kept: Kept) -> Any:
    # Nobody but its provider ever saw a draft.
    return authorization.provider if kept is Kept.DRAFT else authorization.insurer


@transaction.atomic
def _forget(authorization_id: int, kept: Kept, *, run: RetentionRun, today: date) -> None:
    found = AuthorizationRequest.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=authorization_id)
    authorization = found.select_related("provider", "insurer", "policy_version").first()
    if authorization is None or authorization.is_draft != (kept is Kept.DRAFT):
        return
    counted_from = _counted_from(authorization, kept)
    limits = queries.policy_of(authorization).limits
    if LegalHold.objects.filter(authorization=authorization, lifted_at=None).exists():
        return
    if not rules.is_over(kept, counted_from, limits, today=today):
        return
    owner_id, numbers = _owner(authorization, kept).pk, [authorization.reference]
    report = reported(run, owner_id=owner_id, kept=kept, counted_from=counted_from, references=numbers)
    with connection.cursor() as cursor:
        cursor.execute(forgetting.PERMIT)
    report.on_disk += _papers(authorization) if kept is Kept.FILES else whole(authorization)
    report.save()


@transaction.atomic
def _forget_traject(due: Any, *, run: RetentionRun, today: date) -> None:
    # Locked first, and asked again behind the lock: somebody may have registered or held something meanwhile.
    if not Zorgtraject.objects.select_for_update(skip_locked=True).filter(pk=due.pk).exists():
        return
    limits = queries.policy(due.policy_version).limits
    traject = keeping.trajects_kept_longest(due.policy_version, limits, today=today).filter(pk=due.pk).first()
    if traject is None or not rules.is_over(Kept.TRAJECT, traject.ended_on, limits, today=today):
        return
    owner_id, numbers = traject.insurer_id, [traject.number]
    reported(run, owner_id=owner_id, kept=Kept.TRAJECT, counted_from=traject.ended_on, references=numbers).save()
    traject.delete()


@transaction.atomic
def _forget_title(due: TakenOver, *, run: RetentionRun) -> None:
    title = TakenOver.objects.select_for_update(of=("self",)).filter(pk=due.pk, subtrajects=None).first()
    if title is None:
        return
    owner_id, numbers = due.insurer_id, [title.number]
    report = reported(run, owner_id=owner_id, kept=Kept.TAKEN_OVER, counted_from=title.ends_on, references=numbers)
    title.delete()
    report.on_disk += forgetting.files([title.evidence_id])
    report.save()


def whole(authorization: AuthorizationRequest) -> int:
    """Delete a request with everything that hangs on it; return how much goes from disk."""
    on_disk = _letters(authorization) + _papers(authorization)
    items = InformationItem.objects.filter(information_request__authorization=authorization)
    CounterQuestion.objects.filter(item__in=items).delete()
    items.delete()
    InformationRequest.objects.filter(authorization=authorization).delete()
    GrantHours.objects.filter(grant__authorization=authorization).delete()
    for newest_first in Grant.objects.filter(authorization=authorization).order_by("-pk"):
        newest_first.delete()
    # A revision names its heroverweging, which names the decision before it.
    Decision.objects.filter(authorization=authorization, heroverweging__isnull=False).delete()
    Heroverweging.objects.filter(authorization=authorization).delete()
    Decision.objects.filter(authorization=authorization, change__isnull=False).delete()
    GrantChange.objects.filter(authorization=authorization).delete()
    Decision.objects.filter(authorization=authorization).delete()
    LegalHold.objects.filter(authorization=authorization).delete()
    # A younger request may have followed on it, or superseded it: it stays, and names a number that is gone.
    AuthorizationRequest.objects.filter(previous=authorization).update(previous=None)
    AuthorizationRequest.objects.filter(amends=authorization).update(amends=None)
    forgetting.mail_about(authorization.reference)
    authorization.delete()
    return on_disk


def _papers(authorization: AuthorizationRequest) -> int:
    """Delete the documents of a request, every version of them, and why others were absent."""
    ChecklistAnswer.objects.filter(authorization=authorization).delete()
    documents = Document.objects.filter(authorization=authorization)
    file_ids = list(documents.values_list("file_id", flat=True))
    documents.update(replaces=None)
    documents.delete()
    return forgetting.files(file_ids)


def _letters(authorization: AuthorizationRequest) -> int:
    letters = RequestLetter.objects.filter(authorization=authorization)
    letter_ids = list(letters.values_list("letter_id", flat=True))
    letters.delete()
    return forgetting.letters(letter_ids)
