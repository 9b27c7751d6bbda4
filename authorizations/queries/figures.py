"""The figures of an insurer, added up from what was counted per day; and those that everybody may read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.figures import Measure, quarter
from authorizations.models import DayFigure, PolicyVersion, PublicFigures

READERS = frozenset({Role.COORDINATOR, Role.MEDISCH_ADVISEUR, Role.BEHEERDER})
"""
Who guards the terms, who judges, and who keeps the policy that the figures are about. No figure is about a person.

Bron: decisions.md, "Who may do what"; features.md, "What none of them has", 6.
"""


@dataclass(frozen=True)
class Counted:
    """How many of a kind there were in a month."""

    month: date
    policy: str
    measure: Measure
    key: str
    number: int


def of_insurer(actor: Actor) -> QuerySet[DayFigure]:
    """Return what was counted for the insurer of this person."""
    if not actor.is_insurer or not actor.roles & READERS:
        return DayFigure.objects.none()
    return DayFigure.objects.filter(insurer_id=actor.organization_id)


def counted(actor: Actor, *, first: date, last: date, policy: str = "") -> list[Counted]:
    """Return what was counted from the first day to the last, both included, per month."""
    rows = of_insurer(actor).filter(on_day__gte=first, on_day__lte=last)
    if policy:
        rows = rows.filter(policy=policy)
    found = (
        rows.annotate(month=TruncMonth("on_day"))
        .values_list("month", "policy", "measure", "key")
        .annotate(sum=Sum("number"))
        .order_by("month", "policy", "measure", "key")
    )
    return [Counted(month, slug, Measure(measure), key, number) for month, slug, measure, key, number in found]


def policies_of(insurer_id: int) -> dict[str, str]:
    """Return the policies of an insurer by name, each with its newest title."""
    versions = PolicyVersion.objects.filter(insurer_id=insurer_id).order_by("loaded_at", "pk")
    return dict(versions.values_list("slug", "title"))


def criteria_of(insurer_id: int) -> dict[str, str]:
    """Return what each criterion is called that this insurer judges or judged, in the order of the newest policy."""
    national = queries.national()
    titles = {one.code: one.title for one in national.standpunten}
    titles |= {one.code: one.title for one in national.criteria}
    for version in PolicyVersion.objects.filter(insurer_id=insurer_id).order_by("loaded_at", "pk"):
        for criterion in queries.policy(version).criteria:
            titles.pop(criterion.code, None)
            titles[criterion.code] = criterion.title
    return titles


def first_unpublished() -> date | None:
    """Return a day of the first quarter that isn't public yet; None before anything was counted."""
    newest = PublicFigures.objects.order_by("-starts_on").values_list("starts_on", flat=True).first()
    if newest:
        return quarter(newest)[1]
    return DayFigure.objects.order_by("on_day").values_list("on_day", flat=True).first()


def of_quarter(starts_on: date, next_on: date) -> dict[int, dict[Measure, dict[str, int]]]:
    """Return what was counted in these days, per insurer, of all policies together."""
    rows = DayFigure.objects.filter(on_day__gte=starts_on, on_day__lt=next_on)
    found: dict[int, dict[Measure, dict[str, int]]] = {}
    for insurer_id, measure, key, number in rows.values_list("insurer_id", "measure", "key").annotate(n=Sum("number")):
        found.setdefault(insurer_id, {}).setdefault(Measure(measure), {})[key] = number
    return found


def published() -> QuerySet[PublicFigures]:
    """Return what everybody may read, the newest quarter first."""
    return PublicFigures.objects.select_related("insurer").order_by("-starts_on", "insurer__name")
