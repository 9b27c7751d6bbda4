"""Which machtiging of a request holds: on a day, and now."""

from collections.abc import Iterable
from datetime import date

from authorizations.domain import grants as rules
from authorizations.models import Grant


def grant_on(authorization_id: int, day: date) -> Grant | None:
    """Return the machtiging that holds on this day, of all that this request led to; None when none does."""
    return rules.grant_on(Grant.objects.filter(authorization_id=authorization_id).order_by("pk"), day)


def newest(authorization_ids: Iterable[int]) -> list[Grant]:
    """Return the newest machtiging of each of these requests, in their order, with its hours."""
    wanted = list(dict.fromkeys(authorization_ids))
    found = Grant.objects.filter(authorization__in=wanted, replaced_by=None).prefetch_related("hours").order_by("pk")
    by_request = {grant.authorization_id: grant for grant in found}
    return [by_request[one] for one in wanted if one in by_request]
