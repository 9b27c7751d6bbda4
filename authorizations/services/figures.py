"""Count what happened, day by day, and make public what everybody may read. Late or twice, it gives the same."""

from datetime import date, datetime

from django.db import transaction

from authorizations.domain import figures, figures_public
from authorizations.domain.deadlines import AMSTERDAM, ONE_DAY
from authorizations.models import DayFigure, FiguresDay, PublicFigures
from authorizations.queries import counting
from authorizations.queries import figures as queries
from kit import tenancy


def count(*, now: datetime, most: int) -> int:
    """Count the days that have ended and weren't counted, the oldest first, at most so many; return how many it did."""
    tenancy.demand_system()
    last = counting.last_counted()
    day = last + ONE_DAY if last else counting.first_day()
    today = now.astimezone(AMSTERDAM).date()
    done = 0
    while day is not None and day < today and done < most:
        count_day(day, now=now)
        day, done = day + ONE_DAY, done + 1
    return done


@transaction.atomic
def count_day(day: date, *, now: datetime) -> None:
    """
    Count a day, also again: what was counted before is replaced.

    Of what was deleted since, nothing can be counted any more: so no day is counted again by itself.
    """
    tenancy.demand_system()
    FiguresDay.objects.get_or_create(on_day=day, defaults={"counted_at": now})
    counted = FiguresDay.objects.select_for_update().get(on_day=day)
    DayFigure.objects.filter(on_day=day).delete()
    DayFigure.objects.bulk_create(
        DayFigure(insurer_id=insurer_id, policy=policy, on_day=day, measure=measure.value, key=key, number=number)
        for (insurer_id, policy, measure, key), number in counting.of_day(day).items()
    )
    counted.counted_at = now
    counted.save(update_fields=["counted_at"])


@transaction.atomic
def publish(*, now: datetime) -> int:
    """
    Make public every quarter that was counted to its end and isn't public yet; return how many figures that made.

    What is public stays as it is, also when a day is counted again: two versions would tell what differs.
    """
    tenancy.demand_system()
    last = counting.last_counted()
    day = queries.first_unpublished()
    made = 0
    while last and day:
        starts_on, next_on = figures.quarter(day)
        if next_on > last + ONE_DAY:
            break
        for insurer_id, numbers in queries.of_quarter(starts_on, next_on).items():
            body = figures_public.body(numbers, queries.criteria_of(insurer_id))
            _, is_new = PublicFigures.objects.get_or_create(
                insurer_id=insurer_id, starts_on=starts_on, defaults={"body": body, "made_at": now}
            )
            made += is_new
        day = next_on
    return made
