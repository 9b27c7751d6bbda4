"""
Prepare the requests that fit the rule of their policy, for a medisch adviseur to take and to judge.

Nothing is decided here, and nothing that doesn't fit gets another way than the ordinary one. Bron: feature 48; ADR 11.
"""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import policy_approval as rules
from authorizations.domain import records, review_grant
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Indication, Kind
from authorizations.models import AuthorizationRequest, Grant, RuleApproval
from authorizations.services import checklist, drafts, signals


def prepare(*, now: datetime) -> int:
    """
    Write down which new requests that nobody took fit the rule of their policy; return how many were added.

    Each on its own, so that this may stop at any place and run as often as it likes.

    Bron: features 48 and 49; R-19.
    """
    waiting = AuthorizationRequest.objects.filter(
        status=Status.SUBMITTED,
        assigned_to=None,
        rule_approval=None,
        policy_version__body__has_key="approval",
    )
    return sum(_prepare(pk, now=now) for pk in list(waiting.order_by("id").values_list("pk", flat=True)))


def prepared_for(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the free requests that fit a rule and that this person may judge, the least time left first."""
    fitting = queries.reviewable_by(actor).filter(status=Status.SUBMITTED, assigned_to=None)
    return fitting.exclude(rule_approval=None).select_related("provider", "insured").order_by("due_on", "id")


def facts_of(authorization: AuthorizationRequest, *, now: datetime) -> rules.Facts:
    """Return what a rule looks at in this request."""
    application = drafts.application_of(authorization)
    found = signals.of(authorization, checklist.checklist(authorization), now=now)
    return rules.Facts(
        kind=Kind(authorization.kind),
        indication=Indication(authorization.indication) if authorization.indication else None,
        setting=application.care.setting,
        hours=sum(review_grant.asked_hours(application).values(), Decimal()),
        days=application.plan.days,
        follows_grant=Grant.objects.filter(authorization=authorization.previous_id).exists(),
        documents_complete=authorization.documents_complete,
        signals=tuple(signal.code.value for signal in found),
    )


@transaction.atomic
def _prepare(authorization_id: int, *, now: datetime) -> bool:
    authorization = (
        AuthorizationRequest.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=authorization_id, status=Status.SUBMITTED, assigned_to=None)
        .first()
    )
    if authorization is None or (rule := queries.policy_of(authorization).approval) is None:
        return False
    facts = facts_of(authorization, now=now)
    if rules.proposed(facts, rule) is None:
        return False
    _, is_new = RuleApproval.objects.get_or_create(
        authorization=authorization,
        defaults={
            "policy_version_id": authorization.policy_version_id,
            "rule": records.write(rule),
            "facts": records.write(facts),
            "at": now,
        },
    )
    return is_new
