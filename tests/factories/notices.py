"""What a provider told an insurer beside its requests."""

import io
import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations.domain.coulance import CareKind, Claim, CoulanceGround, CoulanceOutcome, Verdict
from authorizations.domain.notices import Ceiling
from authorizations.models import CeilingNotice, CoulanceRequest
from authorizations.services import coulance as coulances
from authorizations.services import coulance_decisions, notices
from tests.factories import documents

HAPPENED = "Door brand was ons systeem 3 weken niet te gebruiken."


def ceiling(today: date, **changes: Any) -> Ceiling:
    """Return an omzetplafond that is nearly reached."""
    told = Ceiling(today.year, Decimal(1_250_000), Decimal(1_100_000), today + timedelta(days=20), "Nog 1 maand.")
    return replace(told, **changes)


def told(by: Actor, insurer_id: int, now: datetime | None = None, **changes: Any) -> CeilingNotice:
    """Tell this insurer of an omzetplafond."""
    now = now or timezone.now()
    content = ceiling(timezone.localdate(now), **changes)
    return notices.tell(insurer_id=insurer_id, told=content, by=by, now=now)


def claim(number: str = "D-2026-1", **changes: Any) -> Claim:
    """Return a claim that was handed in too late."""
    late = Claim(
        number, CareKind.GGZ, date(2025, 1, 15), date(2026, 2, 28), date(2026, 10, 1), Decimal("1250.50"), "01"
    )  # fmt: skip
    return replace(late, **changes)


def drafted(by: Actor, insurer_id: int, *claims: Claim, now: datetime | None = None) -> CoulanceRequest:
    """Fill in a coulanceverzoek that lacks nothing."""
    now = now or timezone.now()
    begun = coulances.begin(insurer_id=insurer_id, creation_key=uuid.uuid4(), by=by, now=now)
    content = documents.pdf()
    paper = coulances.Paper(io.BytesIO(content), "proces-verbaal.pdf", len(content))
    change = coulances.Change(CoulanceGround.CALAMITEIT.value, HAPPENED, claims or (claim(),), [paper])
    return coulances.save(coulance_id=begun.pk, change=change, by=by, now=now)


def coulance(by: Actor, insurer_id: int, *claims: Claim, now: datetime | None = None) -> CoulanceRequest:
    """File a coulanceverzoek at this insurer."""
    now = now or timezone.now()
    draft = drafted(by, insurer_id, *claims, now=now)
    return coulances.submit(coulance_id=draft.pk, by=by, now=now)


def decided(
    asked: CoulanceRequest,
    by: Actor,
    outcome: CoulanceOutcome = CoulanceOutcome.GRANTED,
    *,
    granted: frozenset[int] = frozenset(),
    now: datetime | None = None,
) -> CoulanceRequest:
    """Take a coulanceverzoek up and decide on it."""
    now = now or timezone.now()
    coulance_decisions.take(coulance_id=asked.pk, by=by, now=now)
    verdict = Verdict(outcome, "Dit was niet te voorzien.", "Stuur een stuk over de andere dagen.", granted)
    return coulance_decisions.decide(coulance_id=asked.pk, verdict=verdict, by=by, now=now)
