"""The only way to an account: an invitation by mail, for 14 days, used once."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import dateformat, timezone

from accounts import queries
from accounts.domain.actors import Actor
from accounts.domain.roles import Role, labels_of
from accounts.models import Invitation, Organization, User
from accounts.services import colleagues, mail, passwords
from accounts.services.colleagues import NotAllowed

VALID = timedelta(days=14)
SECRET_BYTES = 24

MAIL = """Beste {name},

{inviter} van {organization} nodigt u uit voor het Machtigingsportaal.
Uw rol: {roles}.

{what} De link werkt 1 keer en is geldig tot en met {last_day}.

{link}

Kent u {organization} niet? Dan hoeft u niets te doen.

Machtigingsportaal
"""


NEW = "Maak uw account met deze link."
KNOWN = "U heeft al een account. Open deze link en log in om de uitnodiging aan te nemen."


class Unusable(NotAllowed):
    """Raised when an invitation was used, withdrawn, has expired or never existed; the text says which."""


class WeakPassword(NotAllowed):
    """Raised when the password won't do."""


@transaction.atomic
def invite(
    *, by: Actor, email: str, full_name: str, roles: Iterable[Role], link_to: Callable[[str], str], now: datetime
) -> Invitation:
    """
    Invite someone to one's own organisation and have the link mailed; an earlier open invitation ends.

    `link_to` makes the address of the page for a secret; the secret itself goes into the mail and nowhere else.

    :raises NotAllowed: when it isn't the manager who asks, a role doesn't fit here, or the person already works here
    """
    colleagues.check_manager(by)
    organization = queries.organization_to_change(by.organization_id)
    return send(
        organization=organization,
        email=email,
        full_name=full_name,
        roles=frozenset(roles),
        by=by,
        link_to=link_to,
        now=now,
    )


def send(
    *,
    organization: Organization,
    email: str,
    full_name: str,
    roles: frozenset[Role],
    by: Actor,
    link_to: Callable[[str], str],
    now: datetime,
) -> Invitation:
    """
    Send an invitation, within a transaction in which the organisation is locked and `by` was found to be allowed to.

    :raises NotAllowed: when a role doesn't fit there, or the person already works there
    """
    wanted = roles
    if not wanted:
        raise NotAllowed("Kies minstens 1 rol.")
    colleagues.check_fit(organization, wanted)
    address = email.strip().lower()
    if queries.colleagues(organization.pk).filter(email=address).exists():
        raise NotAllowed("Deze persoon werkt al bij uw organisatie. Wijzig de rollen bij uw collega's.")
    queries.open_invitations(organization.pk).filter(email=address).update(withdrawn_at=now, withdrawn_by=by.user_id)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation = Invitation.objects.create(
        organization=organization,
        email=address,
        full_name=full_name,
        roles=[role.value for role in Role if role in wanted],
        token_hash=hash_of(secret),
        invited_at=now,
        invited_by_id=by.user_id,
        expires_at=now + VALID,
    )
    mail.ask(
        to=[address],
        subject=f"Uitnodiging voor het Machtigingsportaal van {organization.name}",
        body=MAIL.format(
            name=full_name,
            inviter=by.name,
            organization=by.organization_name,
            roles=labels(invitation),
            what=KNOWN if queries.user_by_email(address) else NEW,
            last_day=dateformat.format(timezone.localtime(invitation.expires_at), "j F Y"),
            link=link_to(secret),
        ),
        key=f"invitation-{invitation.pk}",
        now=now,
    )
    return invitation


@transaction.atomic
def withdraw(*, by: Actor, invitation_id: int, now: datetime) -> None:
    """
    End an open invitation of one's own organisation; already withdrawn is fine.

    :raises NotAllowed: when it isn't the manager who asks
    """
    colleagues.check_manager(by)
    queries.open_invitations(by.organization_id).filter(pk=invitation_id).update(
        withdrawn_at=now, withdrawn_by=by.user_id
    )


def usable(*, secret: str, now: datetime) -> Invitation:
    """
    Return the invitation of this secret.

    :raises Unusable: when it can't be used (any more)
    """
    invitation = queries.invitation_with(hash_of(secret))
    if invitation is None:
        raise Unusable("Deze link klopt niet. Controleer of u de hele link uit de mail heeft overgenomen.")
    if invitation.accepted_at:
        raise Unusable("Deze uitnodiging is al gebruikt. Uw account is er dus al: u kunt inloggen.")
    if invitation.withdrawn_at and queries.open_invitations(invitation.organization_id).filter(email=invitation.email):
        raise Unusable("Er is een nieuwe uitnodiging. Gebruik de link in de laatste mail die u kreeg.")
    if invitation.withdrawn_at:
        raise Unusable("Deze uitnodiging is ingetrokken. Vraag uw organisatie om een nieuwe.")
    if now >= invitation.expires_at:
        raise Unusable("Deze uitnodiging is niet meer geldig. Vraag uw organisatie om een nieuwe.")
    return invitation


@transaction.atomic
def accept_as_new(*, secret: str, full_name: str, password: str, now: datetime) -> User:
    """
    Make the account of an invited person and begin the roles.

    :raises Unusable: when the invitation can't be used, or the person has an account already
    :raises WeakPassword: with the reason
    """
    invitation = _locked(secret, now)
    if queries.user_by_email(invitation.email):
        raise Unusable("Er is al een account met uw e-mailadres. Log in en open de link uit de mail nog een keer.")
    user = User(email=invitation.email, full_name=full_name)
    if found := passwords.problems(password, user=user, organizations=[invitation.organization]):
        raise WeakPassword(found[0])
    user.set_password(password)
    user.save()
    _begin(invitation, user, now)
    return user


@transaction.atomic
def accept(*, secret: str, user_id: int, now: datetime) -> User:
    """
    Begin the roles for someone who has an account already and has logged in with it.

    :raises Unusable: when the invitation can't be used, or is for somebody else
    """
    invitation = _locked(secret, now)
    user = queries.user(user_id)
    if user.email != invitation.email:
        raise Unusable("Deze uitnodiging is voor een ander e-mailadres. Log uit en log in met dat adres.")
    _begin(invitation, user, now)
    return user


def labels(invitation: Invitation) -> str:
    """Name the roles of an invitation, for people."""
    return labels_of(Role(role) for role in invitation.roles).lower()


def hash_of(secret: str) -> str:
    """Return what is kept of a secret. It is long and random, so a plain hash can't be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _locked(secret: str, now: datetime) -> Invitation:
    """Return the invitation, locked: of two clicks at once the second finds it used."""
    queries.invitation_to_change(hash_of(secret))
    return usable(secret=secret, now=now)


def _begin(invitation: Invitation, user: User, now: datetime) -> None:
    organization: Organization = queries.organization_to_change(invitation.organization_id)
    colleagues.start(
        organization=organization,
        user_id=user.pk,
        roles=[Role(role) for role in invitation.roles],
        by_user_id=invitation.invited_by_id,
        now=now,
    )
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
