"""
Counting wrong passwords, before the password is looked at: a guess too many costs no hash, and two at once count twice.

In the database, for Redis may be wiped. Per account and source: a stranger can't lock somebody else out, and a hospital
behind one address isn't locked out by one person's typing. django-axes was considered: it extends a lock while it
runs or counts per address, and keeps the addresses that were typed.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from accounts.domain import guessing
from accounts.models import Guesses


class Wait(Exception):
    """Raised when it rests; `seconds` says how long still."""

    def __init__(self, rest: timedelta) -> None:
        self.seconds = max(1, int(rest.total_seconds()))
        super().__init__(f"Nog {self.seconds} seconden.")


@dataclass(frozen=True)
class Source:
    """Where a guess comes from: a device on which this account was inside before, or else a network address."""

    name: str
    known_device: bool = False


@transaction.atomic
def count(*, email: str, source: Source, now: datetime) -> None:
    """
    Count a guess as wrong until `forgive` says otherwise.

    :raises Wait: when it rests; then nothing is counted, so that nobody keeps somebody else out for ever
    """
    account, place = hash_of(email.strip().lower()), hash_of(source.name)
    if not source.known_device:
        _refuse_strangers(account, place, now)
    Guesses.objects.bulk_create(
        [Guesses(account=account, source=place, known_device=source.known_device, wrong=0, last_wrong_at=now)],
        ignore_conflicts=True,
    )
    row = Guesses.objects.select_for_update().get(account=account, source=place)
    if row.locked_until and row.locked_until > now:
        raise Wait(row.locked_until - now)
    if row.last_wrong_at < now - guessing.FORGOTTEN:
        row.wrong = 0
    row.wrong += 1
    rest = guessing.rests_for(row.wrong)
    row.last_wrong_at, row.locked_until = now, now + rest if rest else None
    row.save(update_fields=["wrong", "last_wrong_at", "locked_until"])


def forgive(*, email: str, source: Source) -> None:
    """Forget the mistakes of who was right in the end, here."""
    Guesses.objects.filter(account=hash_of(email.strip().lower()), source=hash_of(source.name)).delete()


def forgive_everywhere(*, email: str) -> None:
    """Forget all mistakes on an account: its owner chose a new password by mail."""
    Guesses.objects.filter(account=hash_of(email.strip().lower())).delete()


def forget_old(*, now: datetime) -> None:
    """Forget mistakes that count no more."""
    Guesses.objects.filter(last_wrong_at__lt=now - guessing.FORGOTTEN).delete()


def hash_of(text: str) -> str:
    """Return a hash that nobody makes without our key: addresses are easily guessed."""
    return hmac.new(settings.SECRET_KEY.encode(), f"accounts.guesses {text}".encode(), sha256).hexdigest()


def _refuse_strangers(account: str, place: str, now: datetime) -> None:
    tried = Guesses.objects.filter(source=place, last_wrong_at__gt=now - guessing.SPRAYING).exclude(account=account)
    if tried.count() >= guessing.SPRAYED:
        raise Wait(guessing.SPRAYING)
    strange = Guesses.objects.filter(account=account, known_device=False, last_wrong_at__gt=now - guessing.STRANGELY)
    if (strange.aggregate(all=Sum("wrong"))["all"] or 0) >= guessing.STRANGE:
        raise Wait(guessing.STRANGELY)
