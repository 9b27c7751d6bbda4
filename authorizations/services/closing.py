"""
The night: close what was due by the end of yesterday, and warn of what comes near.

The row itself says when and why it closes, so that a run only writes down that it did: late, twice, or killed half-way,
it ends in the same rows. Whoever is at work in a zorgtraject holds its rows; the night passes those by. Bron: R-05.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from audit.domain.events import Kind
from audit.services import recording
from authorizations.domain import subtrajects as rules
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.subtrajects import Change, Ground
from authorizations.domain.terms import Indication
from authorizations.models import AuthorizationRequest, Subtraject, SubtrajectWarning
from authorizations.queries import subtrajects as asked
from authorizations.services import messages

BATCH = 1000
EARLIEST = timedelta(days=max(rules.WARN_IDLE + rules.WARN_PAIN))
"""How long before an end the first warning may come."""

CLOSE = """
WITH due AS (
    SELECT id FROM authorizations_subtraject WHERE closed_on IS NULL AND closes_on <= %(judged_on)s
    ORDER BY closes_on, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), closed AS (
    UPDATE authorizations_subtraject AS one SET closed_on = closes_on, closed_by = closes_by, closed_at = %(now)s
    FROM due WHERE one.id = due.id
    RETURNING one.zorgtraject_id, one.opened_on, one.closed_on, one.closed_by, one.granted_id
), told AS (
    INSERT INTO authorizations_subtrajectevent (zorgtraject_id, opened_on, change, closed_on, closed_by, reason, at)
    SELECT zorgtraject_id, opened_on, %(change)s, closed_on, closed_by, '', %(now)s FROM closed
)
SELECT granted_id FROM closed
"""


def close_due(*, judged_on: date, now: datetime) -> int:
    """
    Close every subtraject that was due by the end of `judged_on`, on its own day, with one event each.

    In batches that are each a transaction of their own, so that others wait a moment at most. Returns how many closed.

    Bron: Z-31 to Z-34; R-04 to R-06.
    """
    total = 0
    while number := _close_some(judged_on=judged_on, now=now):
        total += number
    return total


@transaction.atomic
def _close_some(*, judged_on: date, now: datetime) -> int:
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"judged_on": judged_on, "now": now, "batch": BATCH, "change": Change.CLOSED.value}
        cursor.execute(CLOSE, values)
        grants = [granted_id for (granted_id,) in cursor.fetchall()]
    if not grants:
        return 0
    under = AuthorizationRequest.objects.filter(granted__in=[one for one in grants if one])
    recording.by_the_portal(
        Kind.WORK_CLOSING,
        references=list(under.order_by("pk").values_list("reference", flat=True)),
        detail={"gesloten": len(grants)},
    )
    return len(grants)


def warn(*, now: datetime) -> int:
    """
    Write every warning whose day has come, once, and tell each organisation of all of its new ones in one mail.

    A run that comes late writes what it missed as well. Returns how many warnings are new.

    Bron: Z-32, Z-34, Z-35 (when there is something to warn of); the days themselves have no source.
    """
    today = now.astimezone(AMSTERDAM).date()
    before = SubtrajectWarning.objects.count()
    some: list[SubtrajectWarning] = []
    for warning in _reached(today, now=now):
        some.append(warning)
        if len(some) == BATCH:
            SubtrajectWarning.objects.bulk_create(some, ignore_conflicts=True)
            some = []
    SubtrajectWarning.objects.bulk_create(some, ignore_conflicts=True)
    untold = SubtrajectWarning.objects.filter(told_at=None).order_by("organization_id")
    for organization_id in untold.values_list("organization_id", flat=True).distinct():
        _tell(organization_id, now=now)
    return SubtrajectWarning.objects.count() - before


def _reached(today: date, *, now: datetime) -> Iterator[SubtrajectWarning]:
    """Yield the warnings of each open subtraject whose day has come and whose end hasn't; also those given before."""
    near = asked.due(judged_on=today + EARLIEST).filter(closes_on__gte=today, finished_on=None)
    for row in near.select_related("zorgtraject").order_by("closes_on", "id").iterator(chunk_size=BATCH):
        pain = row.zorgtraject.indication == Indication.CHRONIC_PAIN
        # Treatment of chronic pain must be over in time, so that its insurer looks along (Z-35).
        audience = [row.zorgtraject.provider_id, *([row.zorgtraject.insurer_id] if pain else [])]
        for warning in rules.warnings(opened_on=row.opened_on, idle_on=row.idle_on, chronic_pain=pain):
            if warning.warn_on <= today <= warning.closes_on:
                for organization_id in audience:
                    yield SubtrajectWarning(
                        subtraject=row,
                        organization_id=organization_id,
                        ground=warning.ground.value,
                        closes_on=warning.closes_on,
                        days=warning.days,
                        at=now,
                    )


@transaction.atomic
def _tell(organization_id: int, *, now: datetime) -> None:
    """Mail one organisation how many of its subtrajecten close on which day, of those that it wasn't told of yet."""
    untold = SubtrajectWarning.objects.select_for_update(skip_locked=True).filter(
        organization_id=organization_id, told_at=None
    )
    ids = sorted(untold.values_list("pk", flat=True))
    if not ids:
        return
    # What an activity has moved meanwhile is no news any more.
    still = Q(ground=Ground.LONGEST.value) | Q(subtraject__idle_on=F("closes_on"))
    near = Subtraject.objects.filter(
        warnings__in=SubtrajectWarning.objects.filter(still, pk__in=ids), closed_on=None, finished_on=None
    )
    days = Counter(near.distinct().values_list("closes_on", flat=True))
    SubtrajectWarning.objects.filter(pk__in=ids).update(told_at=now)
    if days:
        messages.tell_of_closings(organization_id, dict(days), key=str(ids[-1]), now=now)
        recording.by_the_portal(Kind.WORK_CLOSING, detail={"gewaarschuwd": sum(days.values())})
