"""The ways to look at the queue and what narrows it, as conditions of one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import deadlines
from authorizations.domain.lifecycle import OPEN, Status, Turn
from authorizations.queries import teams

SOON = 3
"""So many werkdagen before its last day a request is among those that are due soon."""


@dataclass(frozen=True)
class View:
    """A saved way to look at the queue."""

    slug: str
    title: str
    condition: Q
    is_alarm: bool = False


def views_for(actor: Actor, today: date) -> list[View]:
    """Return the ways to look at the queue; all of them are counted in one query."""
    own = list(teams.own(actor).values_list("team_id", flat=True))
    of_team = [View("werkgroep", "Van mijn werkgroep", Q(team_id__in=own))] if own else []
    return [
        View("alles", "Alle open aanvragen", Q()),
        View("mijn", "Van mij", Q(assigned_to=actor.user_id)),
        *of_team,
        View("niemand", "Van niemand", Q(assigned_to=None)),
        View("antwoord", "Antwoord binnen", Q(status=Status.ANSWERED) | Q(has_counter=True)),
        View("wacht", "Wacht op aanbieder", Q(status=Status.WAITING_FOR_PROVIDER)),
        View("tweede", "Tweede beoordeling", Q(status=Status.SECOND_REVIEW)),
        View("telaat", "Te laat", Q(due_on__lt=today), is_alarm=True),
    ]


def narrowing(chosen: Mapping[str, str], today: date) -> Q:
    """Return the condition that these choices make together; each names the field of the filter that it was made in."""
    found = Q()
    for name, value in chosen.items():
        if condition := CONDITIONS.get(name):
            found &= condition(value, today)
    return found


def _term(value: str, today: date) -> Q:
    last = deadlines.workdays_after(today, SOON)
    return Q(status__in=OPEN) & {
        "telaat": Q(due_on__lt=today),
        "vandaag": Q(due_on=today),
        "gauw": Q(due_on__gte=today, due_on__lte=last),
        "rust": Q(due_on=None),
        "oppakken": Q(take_by__lt=today, status=Status.SUBMITTED, assigned_to=None),
    }.get(value, Q())


def _turn(value: str, _today: date) -> Q:
    return Q(status__in=OPEN) & (queries.INSURER_ACTS if value == Turn.INSURER else ~queries.INSURER_ACTS)


CONDITIONS = {
    "soort": lambda value, _: Q(kind=value),
    "indicatie": lambda value, _: Q(indication=value),
    "spoed": lambda _value, _: Q(urgent=True),
    "status": lambda value, _: Q(status=value),
    "termijn": _term,
    "aanzet": _turn,
    "aanbieder": lambda value, _: Q(provider_id=value),
    "beleid": lambda value, _: Q(policy_version__slug=value),
}
