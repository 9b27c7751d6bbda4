"""Load the policies that ship with the code, or that an insurer's beheerder supplies, as dated versions."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from accounts.services import insurers
from authorizations.domain import kinds
from authorizations.domain import policy as policies
from authorizations.domain.deadlines import ONE_DAY
from authorizations.models import PolicyVersion

FOLDER = Path(settings.BASE_DIR) / "data" / "policies"


class Changed(Exception):
    """A version that was loaded before now reads differently: give the changed policy a new version."""


@cache
def shipped() -> Mapping[str, policies.Policy]:
    """Return the policies that ship with the code by which the checks judge, by name; read once."""
    known, _ = policies.shipped(FOLDER)
    return {slug: policy for slug, policy in known.items() if kinds.in_subtrajects(policy.kinds)}


@transaction.atomic
def load_all(*, now: datetime, folder: Path = FOLDER) -> list[PolicyVersion]:
    """
    Load every policy file of the folder that isn't there yet and return the new versions.

    :raises policies.Unreadable: when a file can't be read as a policy; it names the file and the key
    :raises Changed: when a file changed under a version number that was loaded before
    """
    found, national = policies.shipped(folder)
    everything: list[policies.Policy | policies.National] = [national, *found.values()]
    loaded = (load(policy, now=now) for policy in everything)
    return [version for version in loaded if version]


def load(policy: policies.Policy | policies.National, *, now: datetime) -> PolicyVersion | None:
    """
    Add one policy version; None when exactly this one is there already.

    :raises Changed: when it reads differently under a version number that was loaded before
    """
    body = policies.body(policy)
    fingerprint = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    present = PolicyVersion.objects.filter(slug=policy.slug, version=policy.version).first()
    if present:
        if present.sha256 != fingerprint:
            raise Changed(
                f"{policy.slug}, versie {policy.version} is gewijzigd. Geef het gewijzigde beleid een nieuwe versie."
            )
        return None
    details: dict[str, Any] = {}
    if isinstance(policy, policies.Policy):
        insurer = insurers.ensure(name=policy.insurer.name, uzovi=policy.insurer.uzovi)
        starts = first_day(policy, today=localdate(now))
        details = {"insurer_id": insurer.pk, "valid_from": starts, "valid_until": policy.valid_until}
    return PolicyVersion.objects.create(
        slug=policy.slug,
        version=policy.version,
        title=policy.title,
        body=body,
        sha256=fingerprint,
        loaded_at=now,
        **details,
    )


def first_day(policy: policies.Policy, *, today: date) -> date | None:
    """
    Return from which day on this version holds.

    One that is better told than the version of that same day, which holds in a portal where it was loaded before, holds
    from today on: what was filed meanwhile is judged by what held then.
    """
    begins = set(PolicyVersion.objects.filter(slug=policy.slug).values_list("valid_from", flat=True))
    day = policy.valid_from
    if day is None or day not in begins:
        return day
    day = today
    while day in begins:
        day += ONE_DAY
    return day
