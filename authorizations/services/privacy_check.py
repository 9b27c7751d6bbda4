"""
The medisch adviseur checks a privacyverklaring before deciding; what is wrong with it becomes a question.

Bron: domain.md section 6 (the medisch adviseur is responsible for the check); R-20 (what a question says).
"""

from datetime import datetime

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import deadlines
from authorizations.domain import privacyverklaring as rules
from authorizations.domain.lifecycle import Status
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.privacyverklaring import PrivacyStatus
from authorizations.domain.terms import DocumentKind
from authorizations.models import AuthorizationRequest, Privacyverklaring
from authorizations.queries import privacyverklaring as found
from authorizations.services import lifecycle, questions, review

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete
WHY = "Zonder een privacyverklaring die in orde is, kunnen wij geen besluit nemen."
LEADS_TO = "Een privacyverklaring die klopt, ondertekend door de patiënt en door u."


def obstacles(authorization: AuthorizationRequest) -> list[Obstacle]:
    """Return why there can be no decision yet: the privacyverklaring isn't checked, or isn't in order."""
    current = found.in_force(authorization)
    return rules.obstacles_to_decide(PrivacyStatus(current.status) if current else None)


def why_not_check(authorization: AuthorizationRequest, *, by: Actor) -> str:
    """Return why this person checks nothing here now; empty when he or she may."""
    if authorization.status == Status.SUBMITTED:
        return "Pak de aanvraag op. Daarna controleert u de verklaring."
    if authorization.status not in review.JUDGED_IN:
        return f"U kunt nu niet controleren. De status is: {authorization.get_status_display().lower()}."
    try:
        review.require_own(authorization, by)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


@transaction.atomic
def check(*, authorization_id: int, in_order: bool | None, reason: str, by: Actor, now: datetime) -> Privacyverklaring:
    """
    Keep whether the privacyverklaring is in order. What isn't, is asked of the provider, and the term rests meanwhile.

    :raises Incomplete: without a choice or a reason, or when it was checked already
    :raises NotAllowed: when the request isn't with this advisor, or there is none
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if reason_not := why_not_check(authorization, by=by):
        raise NotAllowed(reason_not)
    one = found.in_force(authorization)
    if one is None:
        raise NotAllowed("Er geldt geen privacyverklaring meer bij deze aanvraag.")
    if wrong := rules.obstacles_to_check(in_order=in_order, reason=reason, stands=PrivacyStatus(one.status)):
        raise Incomplete(wrong)
    one.status = (PrivacyStatus.IN_ORDER if in_order else PrivacyStatus.NOT_IN_ORDER).value
    one.check_reason = "" if in_order else reason.strip()
    one.checked_by_id, one.checked_at = by.user_id, now
    one.save(update_fields=["status", "check_reason", "checked_by", "checked_at"])
    lifecycle.record(authorization, f"privacy_{one.status}", by=by, at=now)
    if not in_order:
        questions.ask(authorization_id=authorization.pk, items=[_question(authorization, one, now)], by=by, now=now)
    return one


def _question(authorization: AuthorizationRequest, one: Privacyverklaring, now: datetime) -> questions.Question:
    today = now.astimezone(deadlines.AMSTERDAM).date()
    # It belongs to none of them; a question names one.
    criterion = next(criterion.code for criterion in review.criteria(authorization) if not criterion.locked)
    return questions.Question(
        criterion=criterion,
        what=f"De privacyverklaring is niet in orde: {one.check_reason}",
        why=WHY,
        leads_to_consent=LEADS_TO,
        due_on=deadlines.question_due(queries.policy_of(authorization), asked_on=today),
        document_kind=DocumentKind.PRIVACYVERKLARING if one.is_uploaded else None,
    )
