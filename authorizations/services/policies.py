"""Load the policies that ship with the code, or that an insurer's beheerder supplies, as dated versions."""

import hashlib
import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts import queries as accounts
from authorizations.domain import policy as policies
from authorizations.models import PolicyVersion

FOLDER = Path(settings.BASE_DIR) / "data" / "policies"


class Changed(Exception):
    """A version that was loaded before now reads differently: give the changed policy a new version."""


@transaction.atomic
def load_all(*, now: datetime, folder: Path = FOLDER) -> list[PolicyVersion]:
    """
    Load every policy file of the folder that isn't there yet and return the new versions.

    :raises policies.PolicyError: when a file can't be read as a policy; it names the file and the key
    :raises Changed: when a file changed under a version number that was loaded before
    """
    loaded = (load(_read(path), now=now) for path in sorted(folder.glob("*.toml")))
    return [version for version in loaded if version]


def load(body: dict[str, Any], *, now: datetime) -> PolicyVersion | None:
    """Add one policy version; None when exactly this one is there already."""
    policy = policies.load(body)
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    present = PolicyVersion.objects.filter(slug=policy.slug, version=policy.version).first()
    if present:
        if present.sha256 != fingerprint:
            raise Changed(f"{policy.slug}, versie {policy.version} is gewijzigd. Geef het gewijzigde beleid een nieuwe versie.")
        return None
    insurer = accounts.insurer_named(policy.insurer_name) if policy.insurer_name else None
    return PolicyVersion.objects.create(
        slug=policy.slug,
        version=policy.version,
        title=policy.title,
        insurer_id=insurer and insurer.pk,
        valid_from=policy.valid_from,
        valid_until=policy.valid_until,
        body=body,
        sha256=fingerprint,
        loaded_at=now,
    )


def _read(path: Path) -> dict[str, Any]:
    """Read TOML with its dates as text, so that the body can be kept as JSON."""
    with path.open("rb") as file:
        return json.loads(json.dumps(tomllib.load(file), default=_text))


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} hoort niet in een beleid.")
