"""
Keys for programs: the organisatiebeheerder makes and revokes them, a colleague who registers is who they act for.

A key acts with the roles that this colleague holds at that moment, so it dies with them. Bron: ADR 8.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import queries
from accounts.domain import api_keys as rules
from accounts.domain.actors import Actor
from accounts.domain.api_keys import KeyState
from accounts.domain.roles import OrganizationKind
from accounts.models import ApiKey
from accounts.services import colleagues, guessing, mail
from accounts.services.colleagues import NotAllowed
from accounts.services.guessing import Wait as Wait
from kit import refusals, tenancy

KEYS = "keys"
"""The part of the portal that finds a key before it is known whose it is (portal/tenancy/registry.py)."""
MADE = """Beste {name},

{by} heeft voor {organization} een API-sleutel gemaakt: {key}.
Een programma legt daarmee in uw naam zorgactiviteiten en declaraties vast in het Machtigingsportaal.

Klopt dit niet? Vertel het meteen {by} of een andere beheerder van {organization}. Zij trekken de sleutel in.

Machtigingsportaal
"""


class Unknown(Exception):
    """
    Raised for whatever isn't a key that works now. It never says why; `whose` is for the log alone.
    """

    def __init__(self, whose: ApiKey | None) -> None:
        super().__init__("Deze sleutel werkt niet.")
        self.whose = whose


@dataclass(frozen=True)
class Program:
    """What calls, and who acts by it."""

    key_id: int
    prefix: str
    actor: Actor


def source(address: str) -> guessing.Source:
    """Return where a wrong key comes from, as wrong passwords are counted."""
    return guessing.Source(f"adres {address}")


@transaction.atomic
def make(*, by: Actor, name: str, acts_for_id: int, expires_on: date, now: datetime) -> tuple[ApiKey, str]:
    """
    Make a key and return it with its text, which nobody can be shown again; who it acts for gets a mail.

    :raises NotAllowed: when it isn't the manager of a zorgaanbieder who asks, that colleague registers nothing, the
        name is in use, there are too many, or it would be valid for too long
    """
    _check(by)
    organization = queries.organization_to_change(by.organization_id)
    person = queries.people_with(organization.pk, *rules.MAY_REGISTER).filter(pk=acts_for_id).first()
    if person is None:
        raise NotAllowed("Kies een collega die indiener of behandelaar is.")
    today = timezone.localdate(now)
    if not today <= expires_on <= today + rules.LONGEST:
        raise NotAllowed("Een sleutel is hoogstens 1 jaar geldig.")
    if ApiKey.objects.filter(organization=organization, revoked_at=None).count() >= rules.MOST:
        raise NotAllowed(f"Uw organisatie heeft al {rules.MOST} sleutels. Trek eerst een sleutel in.")
    made = rules.new()
    key = ApiKey(
        organization=organization,
        name=name.strip(),
        acts_for=person,
        prefix=made.prefix,
        secret_hash=rules.hash_of(made.secret),
        made_at=now,
        made_by_id=by.user_id,
        expires_on=expires_on,
    )
    _save(key)
    mail.ask(
        to=[person.email],
        subject=f"Een programma van {organization.name} legt in uw naam vast",
        body=MADE.format(name=person.full_name, by=by.name, organization=organization.name, key=key.name),
        key=f"api-key-{key.pk}-{uuid4()}",
        now=now,
    )
    return key, made.text


@transaction.atomic
def revoke(*, by: Actor, key_id: int, now: datetime) -> ApiKey | None:
    """
    Let a key open nothing any more, from the next call on; already revoked is fine.

    :raises NotAllowed: when it isn't the manager of a zorgaanbieder who asks
    """
    _check(by)
    key = queries.api_key_to_change(by.organization_id, key_id)
    if key and not key.revoked_at:
        key.revoked_at, key.revoked_by_id = now, by.user_id
        key.save(update_fields=["revoked_at", "revoked_by"])
    return key


def recognise(*, said: str, place: guessing.Source, now: datetime) -> Program:
    """
    Return what calls with this key. Never says why one doesn't work.

    A right key is never kept waiting, so nobody behind the same address locks a program out.

    :raises Unknown: for a key that is wrong, has expired or was revoked, or whose person registers nothing here now
    :raises Wait: when there were too many of those from here
    """
    given = rules.read(said)
    with tenancy.as_system(KEYS):
        key = queries.api_key_beginning(given.prefix if given else "")
        is_right = rules.is_right(given, key.secret_hash if key else None)
        actor = acting(key) if key and is_right else None
        today = timezone.localdate(now)
        if key and is_right and actor and _state(key, actor, today) == KeyState.WORKS:
            # Once a day is enough to see which keys nobody uses; a write per call would make calls wait for each other.
            unused = ApiKey.objects.filter(pk=key.pk).filter(Q(last_used_on=None) | Q(last_used_on__lt=today))
            if key.last_used_on != today:
                unused.update(last_used_on=today)
            return Program(key.pk, key.prefix, actor)
    guessing.count(email=f"api-sleutel {given.prefix if given else ''}", source=place, now=now)
    raise Unknown(key)


def acting(key: ApiKey) -> Actor | None:
    """Return who acts by this key now, with no more roles than it takes to register; None when nobody does."""
    person = queries.actor_of(key.acts_for, key.organization_id)
    if person is None or person.organization_id != key.organization_id or not person.is_provider:
        return None
    roles = person.roles & rules.MAY_REGISTER
    return replace(person, roles=roles) if roles else None


def states(keys: list[ApiKey], *, today: date) -> list[tuple[ApiKey, KeyState]]:
    """Return of each key whether it works."""
    return [(key, _state(key, acting(key), today)) for key in keys]


def _state(key: ApiKey, actor: Actor | None, today: date) -> KeyState:
    return rules.state(
        revoked=key.revoked_at is not None, expires_on=key.expires_on, may_register=actor is not None, today=today
    )


def _check(by: Actor) -> None:
    colleagues.check_manager(by)
    if by.organization_kind != OrganizationKind.PROVIDER:
        raise NotAllowed("Alleen een zorgaanbieder legt vast met een programma.")


def _save(key: ApiKey) -> None:
    """Save it; what the database refuses is said in the words of its constraint."""
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError as error:
        raise NotAllowed(refusals.said(error, ApiKey)) from None
