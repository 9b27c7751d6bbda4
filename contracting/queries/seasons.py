"""What you can ask of purchasing seasons and startbrieven."""

from datetime import date

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from contracting.domain.register import COUNTS
from contracting.domain.seasons import Deadline
from contracting.models import Contract, Season, StartLetter
from contracting.queries.register import KEEPERS, READERS


def of_insurer(actor: Actor) -> QuerySet[Season]:
    """Return the seasons of the own insurer, the newest first."""
    if not actor.is_insurer or not actor.has(*KEEPERS):
        return Season.objects.none()
    return Season.objects.filter(insurer_id=actor.organization_id).order_by("-year", "pk")


def to_change(insurer_id: int, season_id: int) -> Season | None:
    """Return a season of this insurer, locked until the transaction ends."""
    return Season.objects.select_for_update(of=("self",)).filter(insurer_id=insurer_id, pk=season_id).first()


def open_seasons(today: date) -> QuerySet[Season]:
    """Return the seasons of all insurers that aren't over."""
    return Season.objects.filter(process_on__gte=today).select_related("insurer").order_by("pk")


def days_of(season: Season) -> dict[Deadline, date]:
    """Return the calendar of a season."""
    return {deadline: getattr(season, deadline.value) for deadline in Deadline}


def closing_day(insurer_id: int, year: int) -> tuple[int, int] | None:
    """Return the last month and day of questionnaires in the season for this year, None without one. Bron: A-27."""
    found = Season.objects.filter(insurer_id=insurer_id, year=year).values_list("questionnaire_on", flat=True).first()
    return (found.month, found.day) if found else None


def holders_without_letter(season: Season) -> QuerySet[Contract]:
    """Return the contracts of the year before whose provider has no startbrief of this season. Bron: A-07."""
    have = StartLetter.objects.filter(season=season).values("provider_id")
    mine = Contract.objects.filter(insurer_id=season.insurer_id, year=season.year - 1, status__in=COUNTS)
    found = mine.exclude(provider_id__in=have).select_related("provider").order_by("provider_id", "-pk")
    return found.distinct("provider_id")


def letters_for(actor: Actor) -> QuerySet[StartLetter]:
    """Return the startbrieven that this person may read: to the own provider, or of the own insurer."""
    if not actor.has(*READERS):
        return StartLetter.objects.none()
    side = "provider_id" if actor.is_provider else "insurer_id"
    found = StartLetter.objects.filter(**{side: actor.organization_id})
    named = found.select_related("letter", "insurer", "provider")
    return named.order_by("-year", "provider__name", "pk")
