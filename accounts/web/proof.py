"""What someone has shown in this session of who he or she is, and how long ago."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions import signals as listed
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts import queries
from accounts.domain import assurance
from accounts.domain.actors import Actor
from accounts.domain.assurance import Level
from accounts.domain.roles import Role
from accounts.models import User

ELSEWHERE = "oidc"
"""The key in the session of what the identity provider said: whose account, and the level (acr)."""
FRESH = timedelta(minutes=5)
"""So long a password or code counts as just shown. Bron: security.md section 3, row 50 (ASVS 7.5.1)."""


def person(request: HttpRequest) -> User:
    """Return who gave the right password, in a view that demands that."""
    return cast(User, request.user)


def level(request: HttpRequest) -> Level:
    """Return how sure this session makes us: by what was shown here, or at the identity provider."""
    here = assurance.shown({record.get("type", "") for record in _shown(request) if record.get("method") == "mfa"})
    return max(here, elsewhere(request, request.user.pk))


def elsewhere(request: HttpRequest, user_id: int | None) -> Level:
    """Return the level that the identity provider gave this person; one that we don't know counts as a password."""
    given = request.session.get(ELSEWHERE, {})
    if not settings.OIDC or user_id is None or given.get("user") != user_id:
        return Level.PASSWORD
    return assurance.NAMES.get(settings.OIDC["levels"].get(given["acr"], ""), Level.PASSWORD)


def enough(request: HttpRequest, actor: Actor) -> bool:
    """Say whether this person showed enough to go to work."""
    return assurance.enough(level(request), decides=actor.has(Role.MEDISCH_ADVISEUR))


def fresh(request: HttpRequest, now: datetime | None = None) -> bool:
    """Say whether a password or second step was shown at most five minutes ago."""
    moment = (now or timezone.now()).timestamp()
    return any(moment - record["at"] < FRESH.total_seconds() for record in _shown(request))


def owes_second_step(request: HttpRequest) -> bool:
    """
    Say whether this person has an app or key and hasn't shown it in this session.

    Such a session began before there was one. With the password alone it could put another app in its place.

    Bron: security.md section 3, rows 40 and 41 (ASVS 6.3.3, 6.3.4).
    """
    if level(request) > Level.PASSWORD:
        return False
    return queries.factors_of(person(request).pk).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def began_at(request: HttpRequest) -> float | None:
    """Return when this session began: the moment that something was first shown."""
    return min((record["at"] for record in _shown(request)), default=None)


def record(request: HttpRequest, factor: Authenticator | None = None) -> None:
    """Write down that the password, or this factor, was shown just now."""
    if factor is None:
        record_authentication(request, request.user, method="password", reauthenticated=True)
        return
    factor.record_usage()
    record_authentication(
        request, request.user, method="mfa", id=factor.pk, type=factor.type, reauthenticated=True
    )  # fmt: skip


def renew(request: HttpRequest) -> None:
    """Go on under a new session key: the old one knew a weaker person. Bron: ASVS 7.2.4."""
    request.session.cycle_key()
    listed.on_user_logged_in(None, request=request)


def _shown(request: HttpRequest) -> Iterable[dict[str, Any]]:
    user = request.user
    return get_authentication_records(request, user) if user.is_authenticated else []
