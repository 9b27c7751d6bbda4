"""
Sealing values: AES-256-GCM under keys that never stand in the database. kit/encrypted.py makes fields of it.

A sealed value reads `v1|key|nonce|ciphertext`. It is bound to its place (table, column and row), so that it opens
nowhere else. What can't be opened raises: nobody ever gets ciphertext, or nothing, for an answer.

Bron: security.md section 4.9; docs/adr/0006-field-encryption.md.
"""

import hmac
import re
import secrets
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12
FORM = r"^v1\|[a-z0-9-]{1,20}\|[A-Za-z0-9_-]{16}\|[A-Za-z0-9_-]{22,}$"
"""What a sealed value looks like, to Python and to PostgreSQL."""
SEALED = re.compile(FORM.replace("$", r"\Z"))
KEY_NAME = re.compile(r"[a-z0-9-]{1,20}\Z")


class BadKeys(ValueError):
    """Raised when the keys of the installation can't be used; the text says what to do and holds no key."""


class CannotOpen(Exception):
    """Raised when a value can't be opened: another place, another key, or changed. The text says where, never what."""


@dataclass(frozen=True)
class Keyring:
    """The keys of the data by name (the current one seals, all of them open), and the key of the look-ups."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    lookup_key: bytes = field(repr=False)

    @classmethod
    def read(cls, data_keys: str, lookup_key: str) -> "Keyring":
        """
        Read `name:base64` pairs, separated by spaces, commas or lines; the first is the current one.

        :raises BadKeys: when there is none, or one isn't 32 bytes
        """
        keys: dict[str, bytes] = {}
        for pair in data_keys.replace(",", " ").split():
            name, _, value = pair.partition(":")
            if not KEY_NAME.match(name):
                raise BadKeys("Een sleutel in DATA_KEYS heeft geen goede naam: kleine letters, cijfers en streepjes.")
            if name in keys:
                raise BadKeys(f"De sleutel {name} staat twee keer in DATA_KEYS.")
            keys[name] = _key(value, f"De sleutel {name} in DATA_KEYS")
        if not keys:
            raise BadKeys("Er staat geen sleutel in DATA_KEYS.")
        lookup = _key(lookup_key, "LOOKUP_KEY")
        if lookup in keys.values():
            raise BadKeys("LOOKUP_KEY is ook een sleutel van DATA_KEYS. Maak een eigen sleutel voor het opzoeken.")
        return cls(next(iter(keys)), keys, lookup)

    def seal(self, plain: bytes, place: str) -> str:
        """Return the value, sealed for this place under the current key."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        ciphertext = AESGCM(self.keys[self.current]).encrypt(nonce, plain, place.encode())
        return f"{VERSION}|{self.current}|{_text(nonce)}|{_text(ciphertext)}"

    def open(self, sealed: str, place: str) -> bytes:
        """
        Return the value that was sealed for this place.

        :raises CannotOpen: when it isn't whole, isn't of this place, or its key isn't here
        """
        if not SEALED.match(sealed):
            raise CannotOpen(f"{place}: hier staat geen versleutelde waarde.")
        _, name, nonce, ciphertext = sealed.split("|")
        if name not in self.keys:
            raise CannotOpen(f"{place}: de sleutel {name} is er niet.")
        try:
            return AESGCM(self.keys[name]).decrypt(_bytes(nonce), _bytes(ciphertext), place.encode())
        except (InvalidTag, ValueError):
            raise CannotOpen(f"{place}: de waarde is veranderd of hoort ergens anders.") from None

    def lookup(self, value: str, purpose: str) -> str:
        """Return a keyed fingerprint by which a value is found again; without the key nobody can count it back."""
        return hmac.digest(self.lookup_key, f"{purpose}:{value}".encode(), "sha256").hex()


def key_of(sealed: str) -> str:
    """Return the name of the key under which this was sealed."""
    return sealed.split("|", 2)[1]


def new_key() -> str:
    """Return a fresh key, as it goes into the environment."""
    return urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _key(value: str, what: str) -> bytes:
    try:
        found = b64decode(value.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        raise BadKeys(f"{what} is geen base64.") from None
    if len(found) != KEY_BYTES:
        raise BadKeys(f"{what} is {len(found)} bytes lang; het moeten er {KEY_BYTES} zijn.")
    return found


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _bytes(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


if __name__ == "__main__":
    print(new_key())
