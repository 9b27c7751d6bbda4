"""People and organisations, all invented; `person` and `actor` put someone to work."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts import queries
from accounts.domain.actors import Actor
from accounts.domain.roles import MANAGER_OF, ROLES_OF, OrganizationKind, Role
from accounts.models import AccessRequest, Invitation, Location, Membership, Organization, User
from accounts.services import api_keys, factors
from portal.world import codes

STARTED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
PASSWORD = "vier koeien dansen op het dak"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    full_name = factory.Sequence(lambda n: f"Sanne Proef{n}")
    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.nl")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        app = fields.pop("app", True)
        user = model_class.objects.create_user(*args, **{"password": PASSWORD, **fields})
        if app:
            factors.give_app(user=user, secret=codes.secret_of(user.email))
        return user


class OrganizationFactory(DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    class Params:
        provider = factory.Trait(
            kind=OrganizationKind.PROVIDER.value,
            name=factory.Sequence(lambda n: f"Revalidatie De Proef {n}"),
            agb_code=factory.Sequence(lambda n: f"2299{n % 10000:04d}"),
            kvk_number=factory.Sequence(lambda n: f"9000{n % 10000:04d}"),
            vecozo_certificate=True,
            street="Proeflaan 1",
            postcode="1234 AB",
            city="Proefstad",
            phone="010 123 45 67",
        )
        insurer = factory.Trait(
            kind=OrganizationKind.INSURER.value,
            name=factory.Sequence(lambda n: f"Verzekeraar Proef {n}"),
            uzovi=factory.Sequence(lambda n: f"{9000 + n % 1000}"),
        )

    provider = True


class LocationFactory(DjangoModelFactory[Location]):
    class Meta:
        model = Location

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"Locatie {n}")
    street = "Proefplein 2"
    postcode = "1234 AB"
    city = "Proefstad"


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    organization_kind = factory.SelfAttribute("organization.kind")
    role = factory.LazyAttribute(lambda made: MANAGER_OF[OrganizationKind(made.organization.kind)].value)
    started_at = STARTED_AT
    started_by = factory.SelfAttribute("user")


class InvitationFactory(DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    organization = factory.SubFactory(OrganizationFactory)
    email = factory.Sequence(lambda n: f"genodigde{n}@voorbeeld.nl")
    full_name = factory.Sequence(lambda n: f"Gerda Genodigd{n}")
    roles = factory.LazyFunction(lambda: [Role.INDIENER.value])
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    invited_at = STARTED_AT
    invited_by = factory.SubFactory(UserFactory)
    expires_at = STARTED_AT + timedelta(days=14)


class AccessRequestFactory(DjangoModelFactory[AccessRequest]):
    class Meta:
        model = AccessRequest

    organization_name = factory.Sequence(lambda n: f"Kliniek Nieuw {n}")
    agb_code = factory.Sequence(lambda n: f"2298{n % 10000:04d}")
    kvk_number = factory.Sequence(lambda n: f"9800{n % 10000:04d}")
    full_name = "Bea Beuk"
    email = factory.Sequence(lambda n: f"vrager{n}@voorbeeld.nl")
    phone = "010 123 45 67"
    asked_at = STARTED_AT


def api_key(by: Actor, acts_for: Actor, *, name: str = "EPD", now: datetime = STARTED_AT, days: int = 300) -> str:
    """Return the text of a new key of a program."""
    expires_on = (now + timedelta(days=days)).date()
    return api_keys.make(by=by, name=name, acts_for_id=acts_for.user_id, expires_on=expires_on, now=now)[1]


def insurer(**fields: Any) -> Organization:
    """Return a new zorgverzekeraar."""
    return OrganizationFactory(provider=False, insurer=True, **fields)


def provider(**fields: Any) -> Organization:
    """Return a new zorgaanbieder."""
    return OrganizationFactory(**fields)


def person(*roles: Role, organization: Organization | None = None, **fields: Any) -> User:
    """Return a new person with these roles; in a new organisation of the kind that fits unless one is given."""
    if organization is None:
        organization = insurer() if roles[0] in ROLES_OF[OrganizationKind.INSURER] else provider()
    user = UserFactory(**fields)
    for role in roles:
        MembershipFactory(user=user, organization=organization, role=role.value)
    return user


def actor(*roles: Role, organization: Organization | None = None, **fields: Any) -> Actor:
    """Return a new person with these roles, at work."""
    user = person(*roles, organization=organization, **fields)
    found = queries.actor_of(user, organization.pk if organization else None)
    assert found
    return found


def all_roles(kind: OrganizationKind) -> list[Role]:
    """Return every role that one person may hold together: a logbeheerder has no other."""
    return [role for role in ROLES_OF[kind] if role != Role.LOGBEHEERDER]
