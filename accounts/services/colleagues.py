"""Who works here, and with which roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from accounts import queries
from accounts.domain.actors import Actor
from accounts.domain.roles import (
    LOGBEHEERDER_ALONE,
    MANAGER_OF,
    OrganizationKind,
    Role,
    fits,
    go_together,
    labels_of,
    own_roles_to_change,
)
from accounts.models import Membership, Organization
from accounts.services import mail

CHANGED = """Beste {name},

{by} heeft uw rollen voor {organization} in het Machtigingsportaal gewijzigd.

{roles}

Klopt dit niet? Vertel het meteen {by} of een andere beheerder van {organization}.

Machtigingsportaal
"""
NOW_HELD, NONE_LEFT = "Uw rollen zijn nu: {roles}.", "U heeft daar geen rol meer. U ziet daar niets meer."


class NotAllowed(Exception):
    """Raised with the reason, for people."""


class OwnRoles(NotAllowed):
    """Raised when somebody would change the own roles."""


@dataclass(frozen=True)
class Change:
    """Which roles began and which ended."""

    begun: frozenset[Role] = frozenset()
    ended: frozenset[Role] = frozenset()


@transaction.atomic
def change_roles(*, by: Actor, user_id: int, roles: Iterable[Role], seen: Iterable[Role], now: datetime) -> Change:
    """
    Give a colleague exactly these roles, and tell him or her; `seen` are the roles that the page showed.

    :raises OwnRoles: when somebody would change the own roles and there is another way
    :raises NotAllowed: when it isn't the manager who asks, a role doesn't fit here or to another, the roles were
        changed meanwhile, or nobody would be left to manage the colleagues
    """
    organization = _locked(by)
    wanted, shown = frozenset(roles), frozenset(seen)
    if not wanted:
        raise NotAllowed("Kies minstens 1 rol. Werkt deze collega hier niet meer? Verwijder dan de collega.")
    held = _held(organization.pk, user_id)
    if not held:
        raise NotAllowed("Deze collega werkt niet meer bij uw organisatie.")
    if held == wanted:
        return Change()
    if not held ^ wanted <= roles_to_change(by=by, user_id=user_id):
        raise OwnRoles("Uw eigen rollen wijzigt een andere beheerder.")
    if held != shown:
        raise NotAllowed("Iemand anders wijzigde deze rollen intussen. Bekijk de rollen en probeer het opnieuw.")
    check_fit(organization, wanted)
    _end(organization, user_id, held - wanted, by=by, now=now)
    start(organization=organization, user_id=user_id, roles=wanted - held, by_user_id=by.user_id, now=now)
    _tell(organization, user_id, wanted, by=by, now=now)
    return Change(wanted - held, held - wanted)


@transaction.atomic
def remove(*, by: Actor, user_id: int, now: datetime) -> Change:
    """
    End all roles of a colleague here, and tell him or her; already removed is fine. The next click there is refused.

    :raises NotAllowed: when it isn't the manager who asks, or nobody would be left to manage the colleagues
    """
    organization = _locked(by)
    held = _held(organization.pk, user_id)
    _end(organization, user_id, held, by=by, now=now)
    if held:
        _tell(organization, user_id, frozenset(), by=by, now=now)
    return Change(ended=held)


def why_not_removed(*, by: Actor, user_id: int) -> str:
    """Return why this colleague can't be removed, said before anybody asks; empty when it can be done."""
    manager = MANAGER_OF[by.organization_kind]
    return _why_not_ended(by.organization_id, user_id, _held(by.organization_id, user_id), manager)


def roles_to_change(*, by: Actor, user_id: int) -> frozenset[Role]:
    """Return which roles this manager may give to and take from this person: of himself or herself mostly none."""
    if user_id != by.user_id:
        return frozenset(Role)
    others = queries.people_with(by.organization_id, MANAGER_OF[by.organization_kind]).exclude(pk=by.user_id)
    return own_roles_to_change(by.organization_kind, manages_alone=not others.exists())


def start(*, organization: Organization, user_id: int, roles: Iterable[Role], by_user_id: int, now: datetime) -> None:
    """
    Begin roles, within a transaction; roles already held go on as they were.

    :raises NotAllowed: when a role belongs to another kind of organisation, or doesn't go with another role
    """
    wanted, held = frozenset(roles), _held(organization.pk, user_id)
    check_fit(organization, wanted | held)
    for role in Role:
        if role in wanted - held:
            Membership.objects.create(
                user_id=user_id,
                organization=organization,
                organization_kind=organization.kind,
                role=role.value,
                started_at=now,
                started_by_id=by_user_id,
            )


def check_fit(organization: Organization, roles: frozenset[Role]) -> None:
    """:raises NotAllowed: when a role belongs to another kind of organisation, or doesn't go with another role"""
    kind = OrganizationKind(organization.kind)
    if not fits(kind, roles):
        raise NotAllowed(f"Deze rol hoort niet bij een {kind.label.lower()}.")
    if not go_together(roles):
        raise NotAllowed(LOGBEHEERDER_ALONE)


def check_manager(by: Actor) -> None:
    """:raises NotAllowed: when this person doesn't manage colleagues"""
    if not by.is_manager:
        raise NotAllowed(f"Alleen een {MANAGER_OF[by.organization_kind].label.lower()} beheert collega's en gegevens.")


def _locked(by: Actor) -> Organization:
    """Return the organisation, locked: two managers who remove each other at once wait here."""
    check_manager(by)
    return queries.organization_to_change(by.organization_id)


def _held(organization_id: int, user_id: int) -> frozenset[Role]:
    held = Membership.objects.filter(organization_id=organization_id, user_id=user_id, ended_at=None)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def _end(organization: Organization, user_id: int, roles: frozenset[Role], *, by: Actor, now: datetime) -> None:
    if reason := _why_not_ended(organization.pk, user_id, roles, MANAGER_OF[OrganizationKind(organization.kind)]):
        raise NotAllowed(reason)
    Membership.objects.filter(
        organization=organization, user_id=user_id, ended_at=None, role__in=[role.value for role in roles]
    ).update(ended_at=now, ended_by_id=by.user_id)


def _why_not_ended(organization_id: int, user_id: int, roles: frozenset[Role], manager: Role) -> str:
    if manager not in roles or queries.people_with(organization_id, manager).exclude(pk=user_id).exists():
        return ""
    return f"Dit is de enige {manager.label.lower()} van uw organisatie. Geef eerst een collega deze rol."


def _tell(organization: Organization, user_id: int, roles: frozenset[Role], *, by: Actor, now: datetime) -> None:
    user = queries.user(user_id)
    now_held = NOW_HELD.format(roles=labels_of(roles).lower()) if roles else NONE_LEFT
    mail.ask(
        to=[user.email],
        subject=f"Uw rollen voor {organization.name} zijn gewijzigd",
        body=CHANGED.format(name=user.full_name, by=by.name, organization=organization.name, roles=now_held),
        key=f"roles-{organization.pk}-{user_id}-{uuid4()}",
        now=now,
    )
