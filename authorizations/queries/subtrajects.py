"""What may be asked about zorgtrajecten. Every look-up of a person begins at `visible_to`."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations.domain.kinds import OUTSIDE_SUBTRAJECTS
from authorizations.domain.subtrajects import Activity
from authorizations.models import Subtraject, Zorgactiviteit, Zorgtraject
from authorizations.queries import ADMINISTRATIVE_ROLES, FILING_ROLES, MEDICAL_ROLES


def visible_to(actor: Actor) -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten whose status and days this person may see: those of the own organisation."""
    if not actor.roles & (MEDICAL_ROLES | ADMINISTRATIVE_ROLES):
        return Zorgtraject.objects.none()
    own = "provider_id" if actor.is_provider else "insurer_id"
    return Zorgtraject.objects.filter(**{own: actor.organization_id})


def told_by(actor: Actor) -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten of which this person may tell something, whatever care they are for."""
    if not actor.is_provider or not actor.roles & FILING_ROLES:
        return Zorgtraject.objects.none()
    return visible_to(actor)


def kept_by(actor: Actor) -> QuerySet[Zorgtraject]:
    """Return the zorgtrajecten with subtrajecten in which this person may register what was done."""
    return told_by(actor).exclude(indication__in=OUTSIDE_SUBTRAJECTS)


def subtrajects_to_change(traject: Zorgtraject) -> list[Subtraject]:
    """Lock the subtrajecten of this zorgtraject, so that the night passes them by, and return them in order."""
    found = Subtraject.objects.select_for_update().filter(zorgtraject=traject)
    return list(found.order_by("opened_on"))


def activities(traject: Zorgtraject) -> QuerySet[Zorgactiviteit]:
    """Return what was done and not removed since."""
    return Zorgactiviteit.objects.filter(zorgtraject=traject, removed_at=None)


def performed(traject: Zorgtraject) -> list[Activity]:
    """Return the activities as the rules have them."""
    found = activities(traject).values_list("performed_on", "profile_class").distinct()
    return [Activity(performed_on, profile_class) for performed_on, profile_class in found.order_by("performed_on")]


def due(*, judged_on: date) -> QuerySet[Subtraject]:
    """Return the open subtrajecten that close on or before this day; an index finds them."""
    return Subtraject.objects.filter(closed_on=None, closes_on__lte=judged_on)


def registered(traject: Zorgtraject, days: Collection[date]) -> Iterable[tuple[str, date, str, int, int, Any]]:
    """Return what was ever registered on these days: code, day, discipline, number, class, and when it was removed."""
    found = Zorgactiviteit.objects.filter(zorgtraject=traject, performed_on__in=days)
    columns = ("code", "performed_on", "discipline", "units", "profile_class", "removed_at")
    return found.order_by("id").values_list(*columns)


def finish_between(traject: Zorgtraject, opened_on: date, until: date) -> date | None:
    """Return on which day a subtraject that opened later was finished, when that is on or before `until`."""
    later = Subtraject.objects.filter(zorgtraject=traject, opened_on__gt=opened_on, finished_on__lte=until)
    return later.order_by("finished_on").values_list("finished_on", flat=True).first()


def codes_used(provider_id: int, codes: Collection[str]) -> set[str]:
    """Return which of these codes this institution registered before."""
    found = Zorgactiviteit.objects.filter(zorgtraject__provider_id=provider_id, code__in=codes)
    return set(found.order_by("code").values_list("code", flat=True).distinct())
