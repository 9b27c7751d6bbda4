"""Keys with which a program of a zorgaanbieder comes in: what they look like, how long they last, when they work."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.domain.roles import Role
from kit.terms import Term

MAY_REGISTER = frozenset({Role.INDIENER, Role.BEHANDELAAR})
"""A key has of its person only these roles, and dies with the last of them: it manages and decides nothing."""
LONGEST = timedelta(days=366)
"""A year at most, for a key that nobody looks after is forgotten. No source; ADR 8."""
MOST = 20
"""So many keys an organisation has at most that weren't revoked. No source: more than there are programs."""
SECRET_BYTES = 32
FORM = re.compile(r"mp_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
NO_HASH = "0" * 64


class KeyState(Term):
    """Whether a key opens anything now."""

    WORKS = "works", "Werkt"
    EXPIRED = "expired", "Verlopen"
    REVOKED = "revoked", "Ingetrokken"
    ORPHANED = "orphaned", "Werkt niet: collega heeft geen rol meer"


@dataclass(frozen=True)
class Key:
    """A key as a program carries it: a beginning that may be seen, and a secret."""

    prefix: str
    secret: str

    @property
    def text(self) -> str:
        """Return it as it is shown once, and sent with every call."""
        return f"mp_{self.prefix}_{self.secret}"

    def __repr__(self) -> str:
        return f"<sleutel {self.prefix}>"


def new() -> Key:
    """Return a new key, with a secret of 256 bits by chance."""
    return Key(secrets.token_hex(4), secrets.token_urlsafe(SECRET_BYTES))


def read(text: str) -> Key | None:
    """Return the key in a text; None when it hasn't the form of one."""
    found = FORM.fullmatch(text)
    return Key(found[1], found[2]) if found else None


def hash_of(secret: str) -> str:
    """
    Return what is kept of a secret.

    A plain SHA-256: what makes a password need a slow hash is that people choose it. This secret is 256 bits by chance,
    so nobody tries them all, and a slow hash would only give whoever calls often a way to keep us busy.

    Bron: ASVS 11.4.2 (slow hashes are for passwords), 6.5.2 (112 bits and more: a plain hash).
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def is_right(key: Key | None, kept: str | None) -> bool:
    """Say whether this is the key of which the hash was kept; takes as long whether there is one or not."""
    given = hash_of(key.secret if key else "")
    return hmac.compare_digest(given, kept or NO_HASH) and key is not None


def state(*, revoked: bool, expires_on: date, may_register: bool, today: date) -> KeyState:
    """Return whether a key works today; `expires_on` is the last day that it does."""
    if revoked:
        return KeyState.REVOKED
    if today > expires_on:
        return KeyState.EXPIRED
    return KeyState.WORKS if may_register else KeyState.ORPHANED
