"""A machtiging of another insurer, as a row."""

from typing import Any

from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations.domain.terms import Indication
from authorizations.models import AuthorizationRequest, TakenOver
from tests.papers import rows


def taken_over(of: AuthorizationRequest, by: Actor, **columns: Any) -> TakenOver:
    """Return one for the insured and the two organisations of this request."""
    now = timezone.now()
    values = {
        "provider_id": of.provider_id,
        "insurer_id": of.insurer_id,
        "policy_version": of.policy_version,
        "number": "X2026001",
        "from_insurer": "Andere Zorg",
        "starts_on": now.date(),
        "ends_on": now.date(),
        "indication": Indication.CHRONIC_PAIN.value,
        "evidence": rows.file(now, owner_id=of.provider_id),
        "bsn": of.insured.bsn,
        "surname": of.insured.surname,
        "registered_by_id": by.user_id,
        "registered_at": now,
    }
    return TakenOver.objects.create(**(values | columns))
