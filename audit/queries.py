"""What you can ask of the log. Each question is asked for one organisation: of its own people, or of its dossiers."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Min, Q, QuerySet

from audit.domain import unusual
from audit.domain.reviews import next_month
from audit.models import AccessEvent, Erasure, LogReview, Seal

FEW_BY_NUMBER = F("id") + 0
"""Sorts a few rows after they were found; by the number itself PostgreSQL would rather walk through the whole log."""


def by_people_of(organization_id: int) -> QuerySet[AccessEvent]:
    """Return what the people of this organisation did, the newest first."""
    return AccessEvent.objects.filter(organization_id=organization_id).order_by("-id")


def of_dossiers_of(organization_id: int) -> QuerySet[AccessEvent]:
    """Return what anybody did with dossiers of this organisation."""
    return AccessEvent.objects.filter(organization_ids__contains=[organization_id])


def tried_from_elsewhere(organization_id: int) -> QuerySet[AccessEvent]:
    """Return what people of elsewhere, or nobody known, tried with dossiers of this organisation and didn't get."""
    tried = of_dossiers_of(organization_id).exclude(signs=[]).filter(signs__contains=[unusual.Sign.REFUSED.value])
    return tried.exclude(organization_id=organization_id).order_by("-id")


def about_dossier(organization_id: int, reference: str) -> QuerySet[AccessEvent]:
    """Return what anybody did with this dossier of this organisation, the newest first."""
    return of_dossiers_of(organization_id).filter(dossiers__contains=[reference]).order_by(FEW_BY_NUMBER.desc())


def about_insured(organization_id: int, pseudonym: str) -> QuerySet[AccessEvent]:
    """Return what anybody did with dossiers of this insured that are of this organisation, oldest first."""
    return of_dossiers_of(organization_id).filter(insured__contains=[pseudonym]).order_by(FEW_BY_NUMBER.asc())


def in_month(events: QuerySet[AccessEvent], month: date) -> QuerySet[AccessEvent]:
    """Narrow to one month, in Amsterdam."""
    return events.filter(at__gte=_midnight(month), at__lt=_midnight(next_month(month)))


def by_user(organization_id: int, user_id: int, since: datetime, until: datetime) -> QuerySet[AccessEvent]:
    """Return what this account did here in this period."""
    return AccessEvent.objects.filter(
        organization_id=organization_id, user_id=user_id, at__gte=since, at__lt=until
    ).order_by("id")


def first_month(organization_id: int) -> date | None:
    """Return the day on which the log of this organisation begins."""
    first = AccessEvent.objects.filter(organization_id=organization_id).aggregate(first=Min("at"))["first"]
    return first.astimezone(unusual.AMSTERDAM).date() if first else None


def sign_counts(organization_id: int, month: date) -> dict[str, int]:
    """Return how often each sign was seen in this month; reads only the rows that stand out."""
    found = in_month(by_people_of(organization_id).exclude(signs=[]), month)
    counts = found.order_by().aggregate(
        **{sign.value: Count("pk", filter=Q(signs__contains=[sign.value])) for sign in unusual.Sign}
    )
    return {**counts, unusual.ELSEWHERE: in_month(tried_from_elsewhere(organization_id), month).order_by().count()}


def who_opened_many(organization_id: int, month: date) -> list[dict[str, Any]]:
    """Return who opened strikingly many different dossiers on one day of this month, the most first."""
    begins, ends = _midnight(month), _midnight(next_month(month))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT user_id, max(user_name), (at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
                   count(DISTINCT dossiers[1]) AS opened
            FROM audit_accessevent
            WHERE organization_id = %s AND at >= %s AND at < %s AND kind = ANY(%s) AND user_id IS NOT NULL
            GROUP BY user_id, day HAVING count(DISTINCT dossiers[1]) >= %s
            ORDER BY opened DESC, day LIMIT 50
            """,
            [organization_id, begins, ends, sorted(kind.value for kind in unusual.OPENED), unusual.MANY],
        )
        return [
            {"user_id": user_id, "name": name, "day": day, "opened": opened}
            for user_id, name, day, opened in cursor.fetchall()
        ]


def month_totals(organization_id: int, month: date) -> dict[str, int]:
    """Return how many events there were in this month, and by how many people."""
    found = in_month(by_people_of(organization_id), month)
    return found.order_by().aggregate(
        regels=Count("pk"), mensen=Count("user_id", distinct=True), bijzonder=Count("pk", filter=~Q(signs=[]))
    )


def dossiers_seen(
    organization_id: int, user_id: int, since: datetime, until: datetime, *, most: int | None = None
) -> Iterator[dict[str, Any]]:
    """
    Yield each dossier that this account could see in this period, with how often, when, and how much of it.

    Each also tells how many there are in all (`count`), with medical data (`all_medical`) and opened (`all_opened`).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT seen.*, count(*) OVER (), count(*) FILTER (WHERE medical) OVER (),
                   count(*) FILTER (WHERE opened > 0) OVER ()
            FROM (SELECT dossier, count(*), min(at) AS first, max(at), bool_or(sensitivity = 'medisch') AS medical,
                         count(*) FILTER (WHERE kind = ANY(%s)) AS opened
                  FROM audit_accessevent, unnest(dossiers) AS dossier
                  WHERE organization_id = %s AND user_id = %s AND at >= %s AND at < %s AND outcome < 8
                  GROUP BY dossier) AS seen
            ORDER BY first, dossier LIMIT %s
            """,
            [
                sorted(kind.value for kind in unusual.OPENED),
                organization_id,
                user_id,
                since,
                until,
                most,
            ],
        )
        names = ("reference", "times", "first", "last", "medical", "opened", "count", "all_medical", "all_opened")
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))


def addresses_of(organization_id: int, user_id: int, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Return from which addresses this account was used in this period."""
    found = by_user(organization_id, user_id, since, until).exclude(network_id="").order_by()
    used = found.values("network_id").annotate(times=Count("pk"), first=Min("at"), last=Max("at")).order_by("first")
    return [dict(one) for one in used]


def reviews(organization_id: int) -> dict[date, LogReview]:
    """Return the months that were signed off."""
    return {review.month: review for review in LogReview.objects.filter(organization_id=organization_id)}


def seals() -> QuerySet[Seal]:
    """Return the seals, oldest first."""
    return Seal.objects.order_by("number")


def last_seal() -> Seal | None:
    """Return the head of the chain."""
    return Seal.objects.order_by("-number").first()


def erasures() -> QuerySet[Erasure]:
    """Return what was erased, oldest first."""
    return Erasure.objects.order_by("up_to_seal")


def rows_between(after_id: int, last_id: int) -> QuerySet[AccessEvent]:
    """Return the rows that a seal covers, in order."""
    return AccessEvent.objects.filter(id__gt=after_id, id__lte=last_id).order_by("id")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=unusual.AMSTERDAM)
