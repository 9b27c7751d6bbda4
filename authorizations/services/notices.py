"""Tell an insurer that an omzetplafond is reached or nearly, and follow that up. Bron: G-05."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations.domain import notices as rules
from authorizations.domain.notices import Ceiling, Step
from authorizations.models import CeilingNotice, CoulanceRequest
from authorizations.queries import notices as found
from authorizations.services import lifecycle, notice_messages, review
from kit import text

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete
Told = TypeVar("Told", CeilingNotice, CoulanceRequest)


def tell(*, insurer_id: int, told: Ceiling, by: Actor, now: datetime) -> CeilingNotice:
    """
    Put a notice on the worklist of the insurer.

    :raises Incomplete: naming everything that is wrong
    :raises NotAllowed: for who doesn't file, or when the same is told already and still open
    """
    if not found.can_tell(by):
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit melden.")
    if not accounts.insurers().filter(pk=insurer_id).exists():
        raise NotAllowed("Deze verzekeraar kennen wij niet.")
    told = replace(told, remarks=text.storable(told.remarks).strip())
    if wrong := rules.obstacles_to_tell(told, today=timezone.localdate(now)):
        raise Incomplete(wrong)
    assert told.contract_year and told.ceiling and told.realised is not None and told.expected_on  # noqa: S101 (seen to)
    try:
        with transaction.atomic():
            notice: CeilingNotice = CeilingNotice.objects.create(
                provider_id=by.organization_id,
                insurer_id=insurer_id,
                level=rules.level_of(told.ceiling, told.realised).value,
                contract_year=told.contract_year,
                ceiling=told.ceiling,
                realised=told.realised,
                expected_on=told.expected_on,
                remarks=told.remarks,
                filed_by_id=by.user_id,
                filed_at=now,
            )
            notice_messages.tell_insurer(notice, "ceiling_filed", "authorizations:review-ceiling", key="filed", now=now)
            return notice
    except IntegrityError as error:
        if "one_open_ceiling_notice" not in str(error):
            raise
        message = "U heeft dit al gemeld aan deze verzekeraar, en die melding is nog open. Bekijk haar bij Meldingen."
        raise NotAllowed(message) from error


@transaction.atomic
def take(*, notice_id: int, by: Actor, now: datetime) -> CeilingNotice:
    """Take up a notice. :raises NotAllowed: when somebody was sooner, or it isn't this person's to handle"""
    notice = _moved(notice_id, "take", by)
    notice.taken_by_id, notice.taken_at = by.user_id, now
    notice.save(update_fields=["status", "taken_by", "taken_at"])
    return notice


@transaction.atomic
def release(*, notice_id: int, by: Actor, now: datetime) -> CeilingNotice:
    """Put a notice back, for a colleague. :raises NotAllowed: when it isn't with this person"""
    notice = _own(_moved(notice_id, "release", by), by)
    notice.taken_by_id = notice.taken_at = None
    notice.save(update_fields=["status", "taken_by", "taken_at"])
    return notice


@transaction.atomic
def answer(*, notice_id: int, words: str, by: Actor, now: datetime) -> CeilingNotice:
    """
    Answer the provider, who gets mail that there is an answer.

    :raises NotAllowed: without words, or when it isn't with this person
    """
    notice = _own(_moved(notice_id, "answer", by), by)
    words = text.storable(words).strip()
    if not words:
        raise NotAllowed("Schrijf wat u de zorgaanbieder antwoordt.")
    notice.answer, notice.answered_by_id, notice.answered_at = words, by.user_id, now
    notice.save(update_fields=["status", "answer", "answered_by", "answered_at"])
    notice_messages.tell_provider(notice, "ceiling_answered", "authorizations:ceiling", key="answered", now=now)
    return notice


@transaction.atomic
def close(*, notice_id: int, by: Actor, now: datetime) -> CeilingNotice:
    """Say that nothing is left to do. :raises NotAllowed: before there is an answer"""
    return _closed(_own(_moved(notice_id, "close", by), by), by, now)


@transaction.atomic
def withdraw(*, notice_id: int, by: Actor, now: datetime) -> CeilingNotice:
    """Take a notice back. :raises NotAllowed: once it is answered"""
    notice = _closed(_moved(notice_id, "withdraw", by), by, now)
    if notice.taken_by_id:
        notice_messages.tell_insurer(
            notice, "ceiling_withdrawn", "authorizations:review-ceiling", key="withdrawn", now=now
        )
    return notice


def moved(several: QuerySet[Told], pk: int, name: str, *, steps: Mapping[str, Step], by: Actor) -> Told:
    """
    Return a notice or a coulanceverzoek, locked, after this step; not yet saved.

    :raises NotAllowed: when this person, or this side, can't take the step now
    """
    if by.is_provider:
        require_filer(by)
    one = several.select_for_update(of=("self",)).get(pk=pk)
    # Every step knows the statuses from which it can be taken: they say which list this status is of.
    status = type(steps[name].target)(one.status)
    if why_not := rules.why_not(steps, name, status=status, by=by.organization_kind):
        raise NotAllowed(why_not)
    one.status = steps[name].target.value
    return one


def require_filer(by: Actor) -> None:
    """Let only who files for a zorgaanbieder go on. :raises NotAllowed: for everybody else"""
    if not found.can_tell(by):
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")


def _moved(notice_id: int, name: str, by: Actor) -> CeilingNotice:
    return moved(found.visible_to(by), notice_id, name, steps=rules.CEILING_STEPS, by=by)


def _own(notice: CeilingNotice, by: Actor) -> CeilingNotice:
    """A coördinator may go on where a colleague stopped."""
    if notice.taken_by_id != by.user_id and not by.has(Role.COORDINATOR):
        raise NotAllowed("Een collega heeft deze melding opgepakt. Alleen die collega of een coördinator kan dit doen.")
    return notice


def _closed(notice: CeilingNotice, by: Actor, now: datetime) -> CeilingNotice:
    changes: dict[str, Any] = {"closed_by_id": by.user_id, "closed_at": now}
    for name, value in changes.items():
        setattr(notice, name, value)
    notice.save(update_fields=["status", "closed_by", "closed_at"])
    return notice
