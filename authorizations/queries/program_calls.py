"""What may be asked about calls of programs."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations.models import ApiCall, Subtraject, Zorgtraject
from authorizations.queries import courses

KEPT = timedelta(days=2)
"""How long an answer is kept. No source: longer than a program tries again (draft-ietf-httpapi-idempotency-key)."""
TRY = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


def alone(api_key_id: int, key: str) -> bool:
    """Say whether nobody else is at this call now; it stays so until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(TRY, [f"authorizations.apicall {api_key_id} {key}"])
        return bool(cursor.fetchone()[0])


def earlier(by: Actor, api_key_id: int, key: str) -> ApiCall | None:
    """Return the same call of before."""
    found = ApiCall.objects.filter(organization_id=by.organization_id, api_key_id=api_key_id, key=key)
    return found.first()


def kept_longest(*, now: datetime) -> QuerySet[ApiCall]:
    """Return the calls of which the answer was kept long enough."""
    return ApiCall.objects.filter(at__lt=now - KEPT)


def traject(actor: Actor, traject_id: int) -> Zorgtraject | None:
    """Return a zorgtraject that this person may see."""
    return courses.whole(actor).filter(pk=traject_id).first()


def rows_of(trajects: list[int]) -> list[Subtraject]:
    """Return the subtrajecten of these zorgtrajecten, in order."""
    return list(Subtraject.objects.filter(zorgtraject_id__in=trajects).order_by("zorgtraject_id", "opened_on"))
