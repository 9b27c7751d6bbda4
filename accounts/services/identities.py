"""Which account belongs to who logged in with an identity provider. Nobody gets one by merely logging in there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts import queries
from accounts.domain.roles import OrganizationKind, Role, fits, go_together
from accounts.models import ExternalIdentity, Organization, User
from accounts.services import colleagues, mail

LINKED = """Beste {name},

U logde in bij het Machtigingsportaal met het account van uw organisatie. Dat hoort vanaf nu bij uw account hier.

Was u dit niet? Vertel het dan meteen de beheerder van uw organisatie.

Machtigingsportaal
"""


class Unknown(Exception):
    """Raised when nobody here belongs to these claims."""


@transaction.atomic
def account_of(claims: Mapping[str, Any], *, now: datetime) -> User:
    """
    Return the account: known by its subject, linked by an address that the provider verified, or made from its claims.

    The last only where the installation says so, and only for an organisation that is known here.

    :raises Unknown: when there is none
    """
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    if known := ExternalIdentity.objects.filter(issuer=issuer, subject=subject).select_related("user").first():
        return known.user
    user = _by_address(claims) or _from_claims(claims, now)
    if user is None:
        raise Unknown
    ExternalIdentity.objects.create(user=user, issuer=issuer, subject=subject, linked_at=now)
    mail.ask(
        to=[user.email],
        subject="Uw account is gekoppeld",
        body=LINKED.format(name=user.full_name),
        key=f"identity-{user.pk}-{now.timestamp():.3f}",
        now=now,
    )
    return user


def _by_address(claims: Mapping[str, Any]) -> User | None:
    if not settings.OIDC["link_by_email"] or claims.get("email_verified") is not True:
        return None
    return queries.user_by_email(str(claims.get("email", "")))


def _from_claims(claims: Mapping[str, Any], now: datetime) -> User | None:
    """Make an account for who comes from an organisation that is known here, with the roles that the claims give."""
    email = str(claims.get("email", "")).strip().lower()
    if not settings.OIDC["make_accounts"] or claims.get("email_verified") is not True or not email:
        return None
    organization = _organization(claims)
    given = claims.get(settings.OIDC["role_claim"], [])
    named = given if isinstance(given, list) else [given]
    roles = frozenset(Role(settings.OIDC["roles"][one]) for one in map(str, named) if one in settings.OIDC["roles"])
    if organization is None or not roles or not go_together(roles):
        return None
    if not fits(OrganizationKind(organization.kind), roles):
        return None
    if queries.user_by_email(email):
        return None
    user = User.objects.create_user(email=email, full_name=str(claims.get("name") or email)[:150])
    locked = queries.organization_to_change(organization.pk)
    colleagues.start(organization=locked, user_id=user.pk, roles=roles, by_user_id=user.pk, now=now)
    return user


def _organization(claims: Mapping[str, Any]) -> Organization | None:
    agb, uzovi = (str(claims.get(settings.OIDC[name], "")) for name in ("agb_claim", "uzovi_claim"))
    if agb:
        return queries.providers().filter(agb_code=agb).first()
    return queries.insurers().filter(uzovi=uzovi).first() if uzovi else None
