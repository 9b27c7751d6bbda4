"""
Requests in the state that you name, all invented.

`filed` and `drafted` write rows directly, for tests of constraints, queries and speed; `authorization_in` of
tests/factories/journeys.py walks through the services instead.
"""

import hashlib
import itertools
import random
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from accounts.models import Organization, User
from authorizations.domain import policy as policies
from authorizations.domain import references
from authorizations.domain.lifecycle import CLOSED, Status
from authorizations.domain.terms import Indication, Kind, Setting
from authorizations.models import AuthorizationRequest, Insured, PolicyVersion
from authorizations.services.policies import FOLDER
from tests.factories import accounts

FILED_AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
BSN = "999996708"
_chance = random.Random(7)
_number = itertools.count(1)


@cache
def _folder() -> tuple[dict[str, policies.Policy], policies.National]:
    return policies.shipped(FOLDER)


def shipped() -> dict[str, policies.Policy]:
    """Return the policies that come with the code."""
    return _folder()[0]


def national() -> PolicyVersion:
    """Load the national layer."""
    return version(_folder()[1], None)


def policy_version(insurer: Organization, slug: str = "zilveren-kruis-msr") -> PolicyVersion:
    """Give this insurer a shipped policy, beside the national layer that there always is."""
    national()
    return version(shipped()[slug], insurer)


def version(policy: policies.Policy | policies.National, insurer: Organization | None) -> PolicyVersion:
    body = policies.body(policy)
    return PolicyVersion.objects.get_or_create(
        slug=policy.slug,
        version=policy.version,
        defaults={
            "title": policy.title,
            "insurer": insurer,
            "valid_from": getattr(policy, "valid_from", None),
            "valid_until": getattr(policy, "valid_until", None),
            "body": body,
            "sha256": hashlib.sha256(repr(body).encode()).hexdigest(),
            "loaded_at": FILED_AT,
        },
    )[0]


def drafted(provider: Organization, insurer: Organization, by: User, **columns: Any) -> AuthorizationRequest:
    """Return a fresh draft."""
    values = {
        "reference": references.request_reference(_chance.choice),
        "policy_version": policy_version(insurer),
        "kind": Kind.MSR_FIRST.value,
        "edited_at": FILED_AT,
        "created_at": FILED_AT,
        **columns,
    }
    authorization = AuthorizationRequest.objects.create(
        provider=provider, insurer=insurer, edited_by=by, created_by=by, **values
    )
    Insured.objects.create(
        authorization=authorization,
        bsn=BSN,
        initials="K.",
        surname=f"Voorbeeld{next(_number)}",
        birth_date=date(1981, 4, 2),
        street="Voorbeeldstraat 1",
        postcode="1234 AB",
        city="Voorbeeldstad",
    )
    return authorization


def filed(
    provider: Organization, insurer: Organization, by: User, status: str = Status.SUBMITTED, **columns: Any
) -> AuthorizationRequest:
    """Return a row of a filed request in this status."""
    values: dict[str, Any] = {
        "status": str(getattr(status, "value", status)),
        "application": {},
        "submitted_at": FILED_AT,
        "submitted_by": by,
        "indication": Indication.CHRONIC_PAIN.value,
        "setting": Setting.OUTPATIENT.value,
        "planned_start_on": date(2026, 12, 1),
        "planned_end_on": date(2027, 3, 20),
        "due_on": date(2026, 11, 16),
        "documents_complete": True,
    }
    if status in CLOSED:
        values["closed_at"] = FILED_AT
    if status is Status.WITHDRAWN:
        values["withdrawn_reason"] = "De patiënt ziet ervan af."
    if status is Status.IN_REVIEW:
        values |= {"assigned_to": accounts.UserFactory(), "assigned_at": FILED_AT}
    return drafted(provider, insurer, by, **(values | columns))
