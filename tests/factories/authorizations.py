"""Requests for a machtiging, all invented, in the state that a test names."""

import io
import secrets
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
from django.conf import settings

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations.domain import policy as policies
from authorizations.domain import references
from authorizations.domain.lifecycle import CLOSED, Status
from authorizations.domain.terms import Indication, Kind, Setting
from authorizations.models import AuthorizationRequest, Insured, PolicyVersion, StatusEvent
from authorizations.services import policies as policy_service

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def policy_version(insurer: Organization, slug: str = "zilveren-kruis-msr", **changes: Any) -> PolicyVersion:
    """Return a shipped policy as the policy of this insurer."""
    shipped, _ = policies.shipped(settings.BASE_DIR / "data" / "policies")
    changes = {"slug": f"{slug}-{insurer.pk}", **changes}
    policy = replace(shipped[slug], insurer=policies.Insurer(insurer.name), **changes)
    present = PolicyVersion.objects.filter(slug=policy.slug, version=policy.version).first()
    loaded = present or policy_service.load(policy, now=NOW)
    assert loaded and loaded.insurer_id == insurer.pk
    return loaded


def draft(by: Actor, version: PolicyVersion, **fields: Any) -> AuthorizationRequest:
    """Return a draft of this person's organisation for chronic pain, with an insured."""
    fields = {
        "kind": Kind.MSR_FIRST.value,
        "indication": Indication.CHRONIC_PAIN.value,
        "setting": Setting.OUTPATIENT.value,
        "planned_start_on": date(2027, 1, 4),
        **fields,
    }
    authorization = AuthorizationRequest.objects.create(
        reference=references.request_reference(secrets.choice),
        provider_id=by.organization_id,
        insurer_id=version.insurer_id,
        policy_version=version,
        edited_by_id=by.user_id,
        edited_at=NOW,
        created_by_id=by.user_id,
        created_at=NOW,
        **fields,
    )
    Insured.objects.create(
        authorization=authorization, bsn="999990019", initials="N.", surname="Sterk", birth_date=date(1978, 3, 9)
    )
    return authorization


def filed(by: Actor, version: PolicyVersion, status: Status = Status.SUBMITTED, **fields: Any) -> AuthorizationRequest:
    """Return a filed request in this state; put there directly, without the services that lead to it."""
    fields = {
        "application": {},
        "submitted_by_id": by.user_id,
        "submitted_at": NOW,
        "due_on": None if status is Status.WAITING_FOR_PROVIDER else date(2026, 12, 4),
        **({"closed_at": NOW} if status in CLOSED else {}),
        **({"withdrawn_reason": "De patiënt zag ervan af."} if status is Status.WITHDRAWN else {}),
        **fields,
    }
    authorization = draft(by, version, status=status.value, **fields)
    StatusEvent.objects.create(
        authorization=authorization, move="submit", status=Status.SUBMITTED.value, by_id=by.user_id, at=NOW
    )
    return authorization


def pdf(pages: int = 1, seed: str = "") -> io.BytesIO:
    """Return a small PDF; another seed is another file."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.docinfo["/Title"] = seed or secrets.token_hex(8)
        made = io.BytesIO()
        document.save(made)
    made.seek(0)
    return made
