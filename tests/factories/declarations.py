"""A claim that a zorgaanbieder keeps."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations.domain.claim_terms import Regime
from authorizations.domain.declarations import Told
from authorizations.models import Declaration
from authorizations.services import declarations


def told(insurer: Organization, **changes: Any) -> Told:
    """Return what is told of a claim of the GGZ that must still be handed in."""
    claim = Told(
        number="D-2026-1", insurer=insurer.name, regime=Regime.ZK_GGZ, code="25B130", resubmission="01",
        opened_on=date(2026, 1, 15), closed_on=date(2026, 8, 31),
    )  # fmt: skip
    return replace(claim, **changes)


def claim(by: Actor, insurer: Organization, now: datetime | None = None, **changes: Any) -> Declaration:
    """Let this person write down a claim."""
    return declarations.register(told=told(insurer, **changes), by=by, now=now or timezone.now())
