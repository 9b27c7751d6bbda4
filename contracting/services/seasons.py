"""Plan a purchasing season, remind people of its days, and write the startbrief to who has a contract."""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from contracting.domain import seasons as rules
from contracting.domain.seasons import Deadline
from contracting.models import Contract, Season, StartLetter
from contracting.queries import seasons as found
from contracting.services.refusals import Incomplete, NotAllowed
from contracting.services.register import require_keeper
from kit.dates import day
from papers.services import letters, mail

LETTER = "start_letter"


@transaction.atomic
def plan(
    *, season_id: int | None, year: int, days: Mapping[Deadline, date], by: Actor, now: datetime, **told: str
) -> Season:
    """
    Keep the calendar of a contract year, with the policy and the contact person; without an id a new one.

    :raises Incomplete: naming all that is wrong
    :raises NotAllowed: for others than a beheerder, or when there is a calendar for this year already

    Bron: A-07, A-09.
    """
    require_keeper(by)
    if obstacles := rules.obstacles_to_plan(year, days, today=timezone.localdate(now)):
        raise Incomplete(obstacles)
    season = found.to_change(by.organization_id, season_id) if season_id else Season(insurer_id=by.organization_id)
    if season is None:
        raise NotAllowed("Deze inkoopkalender is niet van uw verzekeraar.")
    season.year, season.changed_by_id, season.changed_at = year, by.user_id, now
    for name, value in [*((one.value, on) for one, on in days.items()), *told.items()]:
        setattr(season, name, value)
    try:
        with transaction.atomic():
            season.save()
    except IntegrityError as error:
        if "one_season_a_year" not in str(error):
            raise
        raise NotAllowed(f"Voor {year} is er al een inkoopkalender.") from error
    return season


@transaction.atomic
def send_start_letters(*, season_id: int, by: Actor, now: datetime) -> int:
    """
    Write the startbrief to every provider with a contract this year that hasn't got it; return how many.

    :raises NotAllowed: for others than a beheerder of this insurer, or when nobody is left to write to

    Bron: A-07 (a.s.r., "uiterlijk eind mei de startbrief … ons inkoopbeleid … onze contactpersoon").
    """
    require_keeper(by)
    season = found.to_change(by.organization_id, season_id)
    if season is None:
        raise NotAllowed("Deze inkoopkalender is niet van uw verzekeraar.")
    holders = list(found.holders_without_letter(season))
    if not holders:
        words = f"Er is geen zorgaanbieder met een contract in {season.year - 1} die de startbrief nog niet heeft."
        raise NotAllowed(words)
    for contract in holders:
        _write(season, contract, by=by, now=now)
    return len(holders)


def remind(*, now: datetime) -> int:
    """Mail the beheerders of each insurer what comes near; a second call on the same day does nothing. Bron: A-09."""
    today, sent = timezone.localdate(now), 0
    for season in found.open_seasons(today):
        for reminder in rules.due_reminders(found.days_of(season), today=today):
            link = reverse("contracting:season", args=[season.pk])
            context = {"season": season, "reminder": reminder, "address": f"{settings.PORTAL_URL}{link}"}
            mail.queue(
                to=accounts.emails_of(season.insurer_id, Role.BEHEERDER),
                subject=f"Inkoop {season.year}: {reminder.deadline.label.lower()}",
                body=render_to_string("contracting/mail/deadline.txt", context),
                key=f"season-{season.pk}-{reminder.deadline.value}-{reminder.due_on}-{reminder.days_before}",
                now=now,
            )
            sent += 1
    return sent


def _write(season: Season, contract: Contract, *, by: Actor, now: datetime) -> None:
    provider = contract.provider
    lines = [provider.name, provider.street, f"{provider.postcode} {provider.city}"]
    context = {
        "season": season,
        "insurer_name": by.organization_name,
        "address": [line.strip() for line in lines if line.strip()],
        "marks": [("Datum", day(timezone.localdate(now))), ("Contractjaar", str(season.year))],
        "days": [(deadline.label, day(on)) for deadline, on in found.days_of(season).items()],
    }
    html = render_to_string("contracting/letters/start.html", context)
    letter = letters.create(kind=LETTER, title=f"Startbrief inkoop {season.year}", html=html, now=now)
    made = StartLetter.objects.create(
        season=season, insurer_id=season.insurer_id, year=season.year, provider=provider, letter_id=letter.pk
    )
    link = reverse("contracting:contracts")
    mail.queue(
        to=accounts.emails_of(provider.pk, Role.ORGANISATIEBEHEERDER),
        subject=f"Startbrief van {by.organization_name} voor {season.year}",
        body=render_to_string(
            "contracting/mail/start.txt",
            {"season": season, "insurer": by.organization_name, "address": f"{settings.PORTAL_URL}{link}"},
        ),
        key=f"start-letter-{made.pk}",
        now=now,
    )
