"""
The night: close what was due by the end of yesterday, and warn of what comes near.

The row itself says when and why it closes, so that a run only writes down that it did: late, twice, or killed half-way,
it ends in the same rows. Whoever is at work in a zorgtraject holds its rows; the night passes those by. Bron: R-05.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from audit.domain.events import Kind
from audit.services import recording
from authorizations.domain import subtrajects as rules
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.subtrajects import Change, Ground
from authorizations.domain.terms import Indication
from authorizations.models import AuthorizationRequest, ClosingNotice, Subtraject, SubtrajectWarning
from authorizations.services import messages
from kit.postgres.plans import whole_tables

BATCH = 500
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
), noticed AS (
    INSERT INTO authorizations_closingnotice AS waiting (organization_id, closed_on, number)
    SELECT provider_id, closed_on, count(*)
    FROM closed JOIN authorizations_zorgtraject AS traject ON traject.id = closed.zorgtraject_id
    GROUP BY provider_id, closed_on ORDER BY provider_id, closed_on
    ON CONFLICT (organization_id, closed_on) WHERE told_at IS NULL
    DO UPDATE SET number = waiting.number + excluded.number
)
SELECT granted_id FROM closed
"""

# As `rules.warnings` has it, for all at once. For chronic pain the insurer looks along: treatment must be over in time.
WARN = """
INSERT INTO authorizations_subtrajectwarning (subtraject_id, organization_id, ground, closes_on, days, at)
SELECT near.id, audience.organization_id, given.ground, given.closes_on, given.days, %(now)s
FROM authorizations_subtraject AS near
JOIN authorizations_zorgtraject AS traject ON traject.id = near.zorgtraject_id
CROSS JOIN LATERAL (
    SELECT ground, days, CASE ground WHEN %(by_idleness)s THEN near.idle_on ELSE near.opened_on + %(longest)s END::date
    FROM unnest(%(grounds)s::text[], %(days)s::int[], %(only_pain)s::bool[]) AS warning (ground, days, only_pain)
    WHERE NOT only_pain OR traject.indication = %(pain)s
) AS given (ground, days, closes_on)
CROSS JOIN LATERAL (
    SELECT traject.provider_id UNION ALL SELECT traject.insurer_id WHERE traject.indication = %(pain)s
) AS audience (organization_id)
WHERE near.closed_on IS NULL AND near.finished_on IS NULL AND near.closes_on BETWEEN %(today)s AND %(until)s
    AND given.closes_on BETWEEN %(today)s AND near.opened_on + %(longest)s
    AND given.closes_on - given.days <= %(today)s
    AND NOT EXISTS (
        SELECT FROM authorizations_subtrajectwarning AS before
        WHERE before.subtraject_id = near.id AND before.organization_id = audience.organization_id
            AND before.ground = given.ground AND before.closes_on = given.closes_on AND before.days = given.days
    )
ON CONFLICT DO NOTHING
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
    under = AuthorizationRequest.objects.filter(grants__in=[one for one in grants if one]).distinct()
    recording.by_the_portal(
        Kind.WORK_CLOSING,
        references=list(under.order_by("pk").values_list("reference", flat=True)),
        detail={"gesloten": len(grants)},
    )
    return len(grants)


def tell_closed(*, now: datetime) -> None:
    """Tell each organisation, in one mail, of everything that the night closed and that it wasn't told of yet."""
    for organization_id in _waiting(ClosingNotice.objects.filter(told_at=None)):
        _tell_closed(organization_id, now=now)


@transaction.atomic
def _tell_closed(organization_id: int, *, now: datetime) -> None:
    untold = ClosingNotice.objects.select_for_update(skip_locked=True).filter(
        organization_id=organization_id, told_at=None
    )
    days = {notice.pk: (notice.closed_on, notice.number) for notice in untold.order_by("closed_on")}
    if days:
        ClosingNotice.objects.filter(pk__in=days).update(told_at=now)
        messages.tell_of_subtrajects(organization_id, "closed", dict(days.values()), key=str(max(days)), now=now)


def warn(*, now: datetime) -> int:
    """
    Write every warning whose day has come, once, and tell each organisation of all of its new ones in one mail.

    A run that comes late writes what it missed as well. Returns how many warnings are new.

    Bron: Z-32, Z-34, Z-35 (when there is something to warn of); the days themselves have no source.
    """
    today = now.astimezone(AMSTERDAM).date()
    values: dict[str, Any] = {
        "today": today,
        "until": today + EARLIEST,
        "longest": rules.LONGEST,
        "pain": Indication.CHRONIC_PAIN.value,
        "now": now,
        "grounds": [ground.value for ground, _days, _pain in rules.WARNINGS],
        "days": [days for _ground, days, _pain in rules.WARNINGS],
        "only_pain": [only_pain for _ground, _days, only_pain in rules.WARNINGS],
        "by_idleness": Ground.IDLE.value,
    }
    with transaction.atomic(), whole_tables(), connection.cursor() as cursor:
        cursor.execute(WARN, values)
        number = cursor.rowcount
    for organization_id in _waiting(SubtrajectWarning.objects.filter(told_at=None)):
        _tell(organization_id, now=now)
    return number


def _waiting(untold: QuerySet[Any]) -> list[int]:
    return list(untold.order_by("organization_id").values_list("organization_id", flat=True).distinct())


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
        messages.tell_of_subtrajects(organization_id, "near", dict(days), key=str(ids[-1]), now=now)
        recording.by_the_portal(Kind.WORK_CLOSING, detail={"gewaarschuwd": sum(days.values())})
