"""
Offer collegiaal overleg before a denial, agree on a moment or not, and write down what came of it.

The decision term runs on meanwhile (R-18 lets it rest for questions only). Bron: features.md, row 54.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import overleg as rules
from authorizations.domain.overleg import OverlegStatus
from authorizations.models import AuthorizationRequest, Overleg
from authorizations.queries import overleg as found
from authorizations.services import lifecycle, messages, review, second_opinion

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete
NONE_OPEN = "Er staat geen overleg meer open."


def shown_to(authorization: AuthorizationRequest, by: Actor) -> list[Overleg]:
    """
    Return every overleg as this person may read it, the newest first.

    A provider reads what came of it when the advisor chose so. Who may still be asked for a second opinion doesn't,
    also not what is shared. Bron: R-19; docs/adr/0010.
    """
    if by.is_insurer and second_opinion.shows_verdicts(authorization, to=by):
        return found.of_request(authorization)
    return found.without_results(authorization, but_shared=by.is_provider)


def why_not_offer(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> str:
    """Return why this person offers none here now; empty when he or she may."""
    if reason := review.why_not_decide(authorization, by=by):
        return reason
    is_open = found.open_one(authorization) is not None
    return rules.why_not_offer(now=now, last_day=authorization.due_on, is_open=is_open)


@transaction.atomic
def offer(*, authorization_id: int, moments: Sequence[datetime], reach: str, by: Actor, now: datetime) -> Overleg:
    """
    Offer moments to talk to the provider, before there is a decision or a proposal.

    :raises Incomplete: naming everything that is wrong with the moments
    :raises NotAllowed: for who doesn't have the request, or when it is decided or lies with a second advisor
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    review.require_to_decide(authorization, by)
    is_open = found.open_one(authorization) is not None
    if wrong := rules.obstacles_to_offer(moments, now=now, last_day=authorization.due_on, is_open=is_open):
        raise Incomplete(wrong)
    one = Overleg.objects.create(
        authorization=authorization,
        moments=sorted(moments),
        reach=reach.strip(),
        offered_by_id=by.user_id,
        offered_at=now,
    )
    lifecycle.record(authorization, "overleg_offered", by=by, at=now)
    messages.tell_provider(authorization, "overleg_offered", key=str(one.pk), now=now)
    return one


@transaction.atomic
def book(*, authorization_id: int, moment: datetime | None, reach: str, by: Actor, now: datetime) -> Overleg:
    """
    Agree on one of the moments that were offered.

    :raises NotAllowed: for who doesn't file for this provider, when there is no offer, or for another moment
    """
    authorization, one = _of_provider(authorization_id, by)
    if reason := rules.why_not_book(OverlegStatus(one.status), moment, one.moments, now=now):
        raise NotAllowed(reason)
    one.status, one.booked_for, one.reach_provider = OverlegStatus.BOOKED.value, moment, reach.strip()
    one.answered_by_id, one.answered_at = by.user_id, now
    one.save(update_fields=["status", "booked_for", "reach_provider", "answered_by", "answered_at"])
    lifecycle.record(authorization, "overleg_booked", by=by, at=now)
    for tell in (messages.tell_provider, messages.tell_advisor):
        what = "overleg_booked" if tell is messages.tell_advisor else "overleg_confirmed"
        tell(authorization, what, key=str(one.pk), now=now, moment=moment)
    return one


@transaction.atomic
def decline(*, authorization_id: int, because: str, by: Actor, now: datetime) -> Overleg:
    """
    Say that there will be no talk, also after a moment was agreed on; the reason may be left out.

    :raises NotAllowed: for who doesn't file for this provider, or when there is no offer
    """
    authorization, one = _of_provider(authorization_id, by)
    one.status, one.declined_because, one.closed_at = OverlegStatus.DECLINED.value, because.strip(), now
    one.answered_by_id, one.answered_at = by.user_id, now
    one.save(update_fields=["status", "declined_because", "closed_at", "answered_by", "answered_at"])
    lifecycle.record(authorization, "overleg_declined", by=by, at=now)
    messages.tell_advisor(authorization, "overleg_declined", key=str(one.pk), now=now)
    return one


@transaction.atomic
def cancel(*, authorization_id: int, by: Actor, now: datetime) -> Overleg:
    """
    Take an offer back, or call off what was agreed on.

    :raises NotAllowed: for who neither offered it nor has the request, or when there is none
    """
    authorization, one = _of_advisor(authorization_id, by)
    one.status, one.closed_at = OverlegStatus.CANCELLED.value, now
    one.save(update_fields=["status", "closed_at"])
    lifecycle.record(authorization, "overleg_cancelled", by=by, at=now)
    messages.tell_provider(authorization, "overleg_cancelled", key=str(one.pk), now=now)
    return one


@transaction.atomic
def write_result(*, authorization_id: int, result: str, shared: bool, by: Actor, now: datetime) -> Overleg:
    """
    Write down what came of the talk, also when there is a decision by now; the provider reads it only when `shared`.

    :raises NotAllowed: for who neither offered it nor has the request, before the moment, or without words
    """
    authorization, one = _of_advisor(authorization_id, by)
    if reason := rules.why_not_write(OverlegStatus(one.status), one.booked_for, result, now=now):
        raise NotAllowed(reason)
    one.status, one.result, one.shared = OverlegStatus.HELD.value, result.strip(), shared
    one.result_by_id, one.closed_at = by.user_id, now
    one.save(update_fields=["status", "result", "shared", "result_by", "closed_at"])
    lifecycle.record(authorization, "overleg_held", by=by, at=now)
    if shared:
        messages.tell_provider(authorization, "overleg_held", key=str(one.pk), now=now)
    return one


def may_close(authorization: AuthorizationRequest, one: Overleg, *, by: Actor) -> bool:
    """Tell whether this person may cancel it or write its result: who has the request, or offered it."""
    return by.user_id in (authorization.assigned_to_id, one.offered_by_id)


def _of_advisor(authorization_id: int, by: Actor) -> tuple[AuthorizationRequest, Overleg]:
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    review.require_advisor(authorization, by)
    one = found.open_one(authorization, lock=True)
    if one is None:
        raise NotAllowed(NONE_OPEN)
    if not may_close(authorization, one, by=by):
        raise NotAllowed("Alleen de medisch adviseur die deze aanvraag heeft, kan dit doen.")
    return authorization, one


def _of_provider(authorization_id: int, by: Actor) -> tuple[AuthorizationRequest, Overleg]:
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if not queries.fillable_by(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")
    one = found.open_one(authorization, lock=True)
    if one is None or not authorization.is_open:
        raise NotAllowed(NONE_OPEN)
    return authorization, one
