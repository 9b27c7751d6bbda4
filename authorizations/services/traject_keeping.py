"""How what is told of a zorgtraject is kept: rows in the words of their constraints, reasons, and steps of its life."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.subtrajects import Change
from authorizations.models import AuthorizationRequest, SubtrajectEvent, Zorgactiviteit, Zorgtraject
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.recounting import Why
from kit import refusals, text


def reason_of(reason: str) -> str:
    """
    Return a reason as it is kept.

    :raises NotAllowed: without one
    """
    if reason := text.storable(reason).strip()[:500]:
        return reason
    raise NotAllowed("Leg uit waarom.")


def save(row: Zorgtraject | Zorgactiviteit) -> None:
    """Save a row; what the database refuses is said in the words of its constraint."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotAllowed(refusals.said(error, type(row))) from None


def take_privacy_along(authorization: AuthorizationRequest, traject: Zorgtraject) -> None:
    """Let a zorgtraject that comes under a machtiging have the privacyverklaring of its request. Bron: R-15."""
    if authorization.without_diagnosis and not traject.privacyverklaring:
        traject.privacyverklaring, traject.diagnosis = True, ""
        traject.save(update_fields=["privacyverklaring", "diagnosis"])


def record(traject: Zorgtraject, opened_on: date, change: Change, why: Why) -> None:
    """Write down one step in the life of a subtraject."""
    SubtrajectEvent.objects.create(
        zorgtraject=traject,
        opened_on=opened_on,
        change=change.value,
        reason=why.reason,
        by_id=why.by.user_id if why.by else None,
        at=why.at,
    )


def today(now: datetime) -> date:
    """Return the day that it is in the Netherlands."""
    return now.astimezone(AMSTERDAM).date()
