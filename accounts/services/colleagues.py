"""Who works here, and with which roles."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts import queries
from accounts.domain.actors import Actor
from accounts.domain.roles import MANAGER_OF, OrganizationKind, Role, fits
from accounts.models import Membership, Organization


class NotAllowed(Exception):
    """Raised with the reason, for people."""


@transaction.atomic
def change_roles(*, by: Actor, user_id: int, roles: Iterable[Role], seen: Iterable[Role], now: datetime) -> None:
    """
    Give a colleague exactly these roles; `seen` are the roles that the page showed.

    :raises NotAllowed: when it isn't the manager who asks, a role doesn't fit here, the roles were changed meanwhile,
        or nobody would be left to manage the colleagues
    """
    organization = _locked(by)
    wanted, shown = frozenset(roles), frozenset(seen)
    if not wanted:
        raise NotAllowed("Kies minstens 1 rol. Werkt deze collega hier niet meer? Verwijder dan de collega.")
    held = _held(organization, user_id)
    if not held:
        raise NotAllowed("Deze collega werkt niet meer bij uw organisatie.")
    if held != wanted:
        if held != shown:
            raise NotAllowed("Iemand anders wijzigde deze rollen intussen. Bekijk de rollen en probeer het opnieuw.")
        _end(organization, user_id, held - wanted, by=by, now=now)
        start(organization=organization, user_id=user_id, roles=wanted - held, by_user_id=by.user_id, now=now)


@transaction.atomic
def remove(*, by: Actor, user_id: int, now: datetime) -> None:
    """
    End all roles of a colleague here; already removed is fine. The next click of that person is refused.

    :raises NotAllowed: when it isn't the manager who asks, or nobody would be left to manage the colleagues
    """
    organization = _locked(by)
    _end(organization, user_id, _held(organization, user_id), by=by, now=now)


def start(*, organization: Organization, user_id: int, roles: Iterable[Role], by_user_id: int, now: datetime) -> None:
    """
    Begin roles, within a transaction; roles already held go on as they were.

    :raises NotAllowed: when a role belongs to another kind of organisation
    """
    wanted = frozenset(roles)
    check_fit(organization, wanted)
    for role in Role:
        if role in wanted - _held(organization, user_id):
            Membership.objects.create(
                user_id=user_id,
                organization=organization,
                organization_kind=organization.kind,
                role=role.value,
                started_at=now,
                started_by_id=by_user_id,
            )


def check_fit(organization: Organization, roles: frozenset[Role]) -> None:
    """:raises NotAllowed: when a role belongs to another kind of organisation"""
    kind = OrganizationKind(organization.kind)
    if not fits(kind, roles):
        raise NotAllowed(f"Deze rol hoort niet bij een {kind.label.lower()}.")


def check_manager(by: Actor) -> None:
    """:raises NotAllowed: when this person doesn't manage colleagues"""
    if not by.is_manager:
        raise NotAllowed(f"Alleen een {MANAGER_OF[by.organization_kind].label.lower()} beheert collega's en gegevens.")


def _locked(by: Actor) -> Organization:
    """Return the organisation, locked: two managers who remove each other at once wait here."""
    check_manager(by)
    return queries.organization_to_change(by.organization_id)


def _held(organization: Organization, user_id: int) -> frozenset[Role]:
    held = Membership.objects.filter(organization=organization, user_id=user_id, ended_at=None)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def _end(organization: Organization, user_id: int, roles: frozenset[Role], *, by: Actor, now: datetime) -> None:
    manager = MANAGER_OF[OrganizationKind(organization.kind)]
    if manager in roles and not queries.people_with(organization.pk, manager).exclude(pk=user_id).exists():
        raise NotAllowed(
            f"Dit is de enige {manager.label.lower()} van uw organisatie. Geef eerst een collega deze rol."
        )
    Membership.objects.filter(
        organization=organization, user_id=user_id, ended_at=None, role__in=[role.value for role in roles]
    ).update(ended_at=now, ended_by_id=by.user_id)
