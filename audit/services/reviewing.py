"""The monthly look at the log: what there was to see, and the sign-off of who looked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from audit import queries
from audit.domain import reviews, unusual
from audit.models import LogReview


class NotAllowed(Exception):
    """This month can't be signed off like this. The message is for people."""


@dataclass(frozen=True)
class Month:
    """How the review of one month stands."""

    month: date
    review: LogReview | None
    is_overdue: bool


def standing(organization_id: int, *, today: date) -> list[Month]:
    """Return every month that has ended since the log of this organisation began, the latest first."""
    first = queries.first_month(organization_id)
    signed = queries.reviews(organization_id)
    return [
        Month(month, signed.get(month), month not in signed and reviews.is_overdue(month, today))
        for month in (reviews.months(first, today) if first else ())
    ]


def counts(organization_id: int, month: date) -> dict[str, Any]:
    """Return what there was to see in this month."""
    many = queries.who_opened_many(organization_id, month)
    return {
        **queries.month_totals(organization_id, month),
        **queries.sign_counts(organization_id, month),
        "veel_aanvragen": len(many),
    }


def stands_out(seen: dict[str, Any]) -> int:
    """Return how much there is that somebody must say something about."""
    return sum(int(seen[name]) for name in (*(name for name, _words in unusual.STANDOUTS), "veel_aanvragen"))


@transaction.atomic
def sign(
    *, organization_id: int, month: date, by_id: int, by_name: str, seen: int, remarks: str, now: datetime
) -> LogReview:
    """
    Sign off one month; `seen` is how many events the page showed.

    :raises NotAllowed: when the month hasn't ended, was signed off already, changed since it was shown, or something
        stands out and nobody says what was made of it

    Bron: NEN 7513, chapter 8; AP decisions on Haga (2019) and OLVG (2020): regular review of log files.
    """
    if reviews.next_month(month) > now.astimezone(unusual.AMSTERDAM).date():
        raise NotAllowed("Deze maand is nog niet voorbij. U kunt hem daarna aftekenen.")
    first = queries.first_month(organization_id)
    if first is None or reviews.next_month(month) <= first:
        raise NotAllowed("In deze maand was er nog geen logboek.")
    found = counts(organization_id, month)
    if found["regels"] != seen:
        raise NotAllowed("Er staan nu andere aantallen dan u zag. Bekijk deze maand opnieuw.")
    if stands_out(found) and not remarks.strip():
        raise NotAllowed("Er zijn bijzonderheden. Schrijf op wat u daarvan vond.")
    try:
        with transaction.atomic():
            return LogReview.objects.create(
                organization_id=organization_id,
                month=month,
                by_id=by_id,
                by_name=by_name,
                at=now,
                counts=found,
                remarks=remarks.strip(),
            )
    except IntegrityError as twice:
        raise NotAllowed("Deze maand is al afgetekend.") from twice
