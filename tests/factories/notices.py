"""What a provider told an insurer beside its requests."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations.domain.notices import Ceiling
from authorizations.models import CeilingNotice
from authorizations.services import notices


def ceiling(today: date, **changes: Any) -> Ceiling:
    """Return an omzetplafond that is nearly reached."""
    told = Ceiling(today.year, Decimal(1_250_000), Decimal(1_100_000), today + timedelta(days=20), "Nog 1 maand.")
    return replace(told, **changes)


def told(by: Actor, insurer_id: int, now: datetime | None = None, **changes: Any) -> CeilingNotice:
    """Tell this insurer of an omzetplafond."""
    now = now or timezone.now()
    content = ceiling(timezone.localdate(now), **changes)
    return notices.tell(insurer_id=insurer_id, told=content, by=by, now=now)
