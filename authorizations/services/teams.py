"""
Keep groups of colleagues, and lay a request where it belongs.

A coordinator keeps them. Only one who sees content too (medisch adviseur) routes on indication: by that rule the group
of a request says what somebody has.

Bron: features 35 and 40; ADR 6.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import deadlines, routing
from authorizations.domain.lifecycle import Status
from authorizations.domain.routing import Facts, Route
from authorizations.domain.terms import Indication, Kind
from authorizations.models import AuthorizationRequest, Team, TeamMember
from authorizations.services.lifecycle import NotAllowed
from kit import tenancy

MOST = 30


@dataclass(frozen=True)
class Wanted:
    """What a group should be: its name, its rules, and who works in it."""

    name: str
    kind: str = ""
    indication: str = ""
    urgent: bool = False
    provider_id: int | None = None
    take_within: int | None = None
    members: Collection[int] = ()


@transaction.atomic
def save(*, team_id: int | None, wanted: Wanted, by: Actor) -> Team:
    """
    Make a group, or change one. What lies with it already stays there; the rules hold for what comes.

    :raises NotAllowed: for others than coordinators, a name that is in use, too many groups, one that is gone, or a
        rule on indication (there or wanted) for who sees no content
    """
    _require(by)
    team = Team.objects.select_for_update().filter(pk=team_id or 0, insurer_id=by.organization_id).first()
    if team_id is not None and team is None:
        raise NotAllowed("Deze werkgroep is er niet meer.")
    if wanted.indication or (team and team.indication):
        _require_content(by)
    if team is None:
        own = Team.objects.filter(insurer_id=by.organization_id)
        if own.count() >= MOST:
            raise NotAllowed(f"U kunt hoogstens {MOST} werkgroepen maken.")
        last = own.aggregate(last=Max("place"))["last"]
        team = Team(insurer_id=by.organization_id, place=(last or 0) + 1)
    for name in ("name", "kind", "indication", "urgent", "provider_id", "take_within"):
        setattr(team, name, getattr(wanted, name))
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError:
        raise NotAllowed("Er is al een werkgroep met deze naam. Kies een andere naam.") from None
    here = accounts.people_with(by.organization_id, Role.MEDISCH_ADVISEUR, Role.MEDEWERKER)
    kept = set(here.filter(pk__in=wanted.members).values_list("pk", flat=True))
    TeamMember.objects.filter(team=team).exclude(user_id__in=kept).delete()
    TeamMember.objects.bulk_create((TeamMember(team=team, user_id=one) for one in kept), ignore_conflicts=True)
    return team


@transaction.atomic
def remove(*, team_id: int, by: Actor) -> None:
    """
    Take a group away; what lay with it lies with everybody. One that is gone already is no mistake.

    :raises NotAllowed: as `save` does
    """
    _require(by)
    team = Team.objects.select_for_update().filter(pk=team_id, insurer_id=by.organization_id).first()
    if team is None:
        return
    if team.indication:
        _require_content(by)
    team.delete()


@transaction.atomic
def earlier(*, team_id: int, by: Actor) -> None:
    """Try this group before the one that stood before it."""
    _require(by)
    order = list(Team.objects.select_for_update().filter(insurer_id=by.organization_id).order_by("place", "pk"))
    at = next((place for place, team in enumerate(order) if team.pk == team_id), 0)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for place, team in enumerate(order, 1):
        team.place = place
    Team.objects.bulk_update(order, ["place"])


def lay(authorization: AuthorizationRequest, *, now: datetime) -> None:
    """Lay a request that was just filed with the group that it belongs to. Runs in the caller's transaction."""
    facts = Facts(
        Kind(authorization.kind),
        Indication(authorization.indication),
        authorization.urgent,
        authorization.provider_id,
    )
    # Who files sees nothing of how an insurer works together.
    with tenancy.as_system("routing"):
        found = routing.route(facts, _routes(authorization.insurer_id))
    if found is None:
        return
    route, because = found
    received_on = deadlines.day_zero(now, queries.policy_of(authorization).terms.cut_off)
    AuthorizationRequest.objects.filter(pk=authorization.pk).update(
        team_id=route.team_id,
        team_because=[one.value for one in because],
        take_by=routing.take_by(received_on, route.take_within),
    )


@transaction.atomic
def lay_again(*, by: Actor, now: datetime) -> int:
    """Lay everything that nobody took yet where it belongs by the rules of now; return how many that were."""
    _require(by)
    new = AuthorizationRequest.objects.select_for_update(of=("self",)).filter(
        insurer_id=by.organization_id, status=Status.SUBMITTED, assigned_to=None
    )
    requests = list(new)
    new.update(team=None, team_because=[], take_by=None)
    for authorization in requests:
        lay(authorization, now=authorization.submitted_at or now)
    return len(requests)


def _routes(insurer_id: int) -> list[Route]:
    return [
        Route(
            team.pk,
            kind=Kind(team.kind) if team.kind else None,
            indication=Indication(team.indication) if team.indication else None,
            urgent=team.urgent,
            provider_id=team.provider_id,
            take_within=team.take_within,
        )
        for team in Team.objects.filter(insurer_id=insurer_id).order_by("place", "pk")
    ]


def _require(by: Actor) -> None:
    if not by.is_insurer or not by.has(Role.COORDINATOR):
        raise NotAllowed("Alleen een coördinator richt werkgroepen in.")


def _require_content(by: Actor) -> None:
    if not queries.can_see_content(by):
        raise NotAllowed("Alleen een coördinator die ook medisch adviseur is, verdeelt op indicatie.")
