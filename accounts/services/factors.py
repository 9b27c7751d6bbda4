"""The second step of logging in: an app that makes codes, a security key, recovery codes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction
from django.db.models import QuerySet

from accounts import queries
from accounts.domain import codes
from accounts.domain.actors import Actor
from accounts.models import User
from accounts.services import colleagues, mail, sessions
from accounts.services.colleagues import NotAllowed
from kit import crypto
from kit.encrypted import keyring

Kind = Authenticator.Type
PLACE = "mfa_authenticator.data"
"""What its secrets are bound to; allauth closes them before their row has a number."""

RESET = """Beste {name},

{by} van {organization} heeft de tweede stap van uw account weggehaald, omdat u die niet meer heeft.

U logt de volgende keer in met uw eigen wachtwoord. Daarna stelt u een nieuwe tweede stap in. Doe dat vandaag nog.
U bent overal uitgelogd.

Heeft u hier niet om gevraagd? Bel dan meteen {by}, en kies een nieuw wachtwoord.

Machtigingsportaal
"""

CHANGED = """Beste {name},

{what}

Was u dit niet? Kies dan meteen een nieuw wachtwoord, en vertel het de beheerder van uw organisatie.

Machtigingsportaal
"""


@transaction.atomic
def spend(*, user_id: int, typed: str, now: datetime) -> Authenticator | None:
    """
    Use up a code of the app or a recovery code; None when it is wrong or was used before.

    The row is locked: of two requests with the same code one finds it spent.
    """
    held = Authenticator.objects.select_for_update().filter(user_id=user_id, type__in=(Kind.TOTP, Kind.RECOVERY_CODES))
    for factor in sorted(held, key=lambda one: one.type != Kind.TOTP):
        if factor.type == Kind.TOTP:
            found = _spend_step(factor, typed, now)
        else:
            found = bool(factor.wrap().validate_code(typed))
        if found:
            return factor
    return None


def _spend_step(factor: Authenticator, typed: str, now: datetime) -> bool:
    secret = unseal(factor.data["secret"])
    step = codes.step_of(secret, typed, now=now, spent=factor.data.get("spent"))
    if step is None:
        return False
    factor.data["spent"] = step
    factor.save(update_fields=["data"])
    return True


@transaction.atomic
def add_app(*, user_id: int, secret: str, typed: str, now: datetime) -> Authenticator | None:
    """
    Make an app the second step once it has shown a code; an earlier app counts no more. None when the code is wrong.

    Recovery codes come with it when there are none yet.
    """
    user = queries.user_to_change(user_id)
    step = codes.step_of(secret, typed, now=now, spent=None)
    if step is None:
        return None
    Authenticator.objects.filter(user_id=user_id, type=Kind.TOTP).delete()
    added = give_app(user=user, secret=secret)
    added.data["spent"] = step
    added.save(update_fields=["data"])
    RecoveryCodes.activate(user)
    _tell(user, "Er is een app gekoppeld aan uw account bij het Machtigingsportaal.", now)
    return added


def give_app(*, user: User, secret: str) -> Authenticator:
    """Write down an app without a code from it: for the invented people of the demo."""
    return Authenticator.objects.create(user=user, type=Kind.TOTP, data={"secret": seal(secret)})


@transaction.atomic
def new_recovery_codes(*, user_id: int, now: datetime) -> None:
    """Make ten new recovery codes; the old ones count no more."""
    user = queries.user_to_change(user_id)
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    _tell(user, "Er zijn nieuwe herstelcodes gemaakt voor uw account bij het Machtigingsportaal.", now)


@transaction.atomic
def show_recovery_codes(*, user_id: int) -> list[str]:
    """Return the recovery codes that still count, the first time that somebody asks; later nothing."""
    held = Authenticator.objects.select_for_update().filter(user_id=user_id, type=Kind.RECOVERY_CODES).first()
    wrapped = held.wrap() if held else None
    if wrapped is None or wrapped.did_view:
        return []
    wrapped.mark_as_viewed()
    return list(wrapped.get_unused_codes())


@transaction.atomic
def remove(*, user_id: int, factor_id: int, now: datetime) -> None:
    """
    Take away one's own app or key.

    :raises NotAllowed: when it is the last one: nobody is without a second step
    """
    user = queries.user_to_change(user_id)
    if reason := why_not_removed(user_id=user_id, factor_id=factor_id):
        raise NotAllowed(reason)
    if _steps(user_id).filter(pk=factor_id).delete()[0]:
        _tell(user, "Een app of sleutel is weggehaald bij uw account bij het Machtigingsportaal.", now)


def why_not_removed(*, user_id: int, factor_id: int) -> str:
    """Return why this app or key can't be taken away, as the page says it before anybody asks; empty when it can."""
    others = _steps(user_id).exclude(pk=factor_id)
    return "" if others.exists() else "Dit is uw enige tweede stap. Stel eerst een andere in."


@transaction.atomic
def reset(*, by: Actor, user_id: int, now: datetime) -> User:
    """
    Take away every second step of a colleague who lost them, and log the colleague out everywhere.

    The colleague needs the own password and sets up a new step; nobody else ever sets a password.

    :raises NotAllowed: when it isn't the manager who asks, or it is about himself or herself
    """
    colleagues.check_manager(by)
    if reason := why_not_reset(by=by, user_id=user_id):
        raise NotAllowed(reason)
    if not queries.colleagues(by.organization_id).filter(pk=user_id).exists():
        raise NotAllowed("Deze collega werkt niet meer bij uw organisatie.")
    user = queries.user_to_change(user_id)
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user_id=user.pk)
    mail.ask(
        to=[user.email],
        subject="Stel uw tweede stap opnieuw in",
        body=RESET.format(name=user.full_name, by=by.name, organization=by.organization_name),
        key=f"factor-reset-{user.pk}-{now.timestamp():.0f}",
        now=now,
    )
    return user


def why_not_reset(*, by: Actor, user_id: int) -> str:
    """Return why this person's second step can't be taken away here, before anybody asks; empty when it can."""
    return "Uw eigen tweede stap wijzigt u in uw profiel." if user_id == by.user_id else ""


def seal(secret: str, place: str = PLACE) -> str:
    """Return a secret of the second step as it is stored."""
    return keyring().seal(secret.encode(), place)


def unseal(stored: str, place: str = PLACE) -> str:
    """
    Return it again.

    :raises CannotOpen: when its key isn't here, or somebody changed it; never a text
    """
    return keyring().open(stored, place).decode()


def count_under_another_key() -> int:
    """Return how many second steps hold a secret that isn't sealed under the current key."""
    return sum(_is_old(data) for data in Authenticator.objects.values_list("data", flat=True))


def reseal() -> Iterator[int]:
    """Seal all of them under the current key, one by one; give 1 for each that changed. Rows in use wait for later."""
    for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update(skip_locked=True).filter(pk=number).first()
            if factor and _is_old(factor.data):
                factor.data = _resealed(factor.data)
                factor.save(update_fields=["data"])
                yield 1


def _is_old(data: Any) -> bool:
    """Say whether something in a row is sealed under another key than the current one; it isn't opened for that."""
    if isinstance(data, dict | list):
        return any(_is_old(part) for part in (data.values() if isinstance(data, dict) else data))
    return isinstance(data, str) and bool(crypto.SEALED.match(data)) and crypto.key_of(data) != keyring().current


def _resealed(data: Any) -> Any:
    """Return what stands in a row with every sealed text in it under the current key."""
    if isinstance(data, dict):
        return {name: _resealed(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_resealed(value) for value in data]
    return seal(unseal(data)) if _is_old(data) else data


def _steps(user_id: int) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user_id=user_id, type__in=(Kind.TOTP, Kind.WEBAUTHN))


def _tell(user: User, what: str, now: datetime) -> None:
    """Mail somebody that the own second step changed; no secret stands in it."""
    mail.ask(
        to=[user.email],
        subject="Uw tweede stap is gewijzigd",
        body=CHANGED.format(name=user.full_name, what=what),
        key=f"factor-{user.pk}-{uuid4()}",
        now=now,
    )
