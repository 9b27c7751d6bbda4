"""
Secrets that the database keeps closed: AES-256-GCM, the key from the environment.

Whatever can't be opened with its key is an error, never a text.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class Unreadable(ValueError):
    """Raised when what is stored can't be opened: another key, or somebody changed it."""


def seal(text: str, *, purpose: str) -> str:
    """Return the text closed; it only opens for the same purpose."""
    nonce = os.urandom(NONCE)
    closed = _cipher(settings.FACTOR_KEYS[0]).encrypt(nonce, text.encode(), purpose.encode())
    return urlsafe_b64encode(nonce + closed).decode()


def unseal(stored: str, *, purpose: str) -> str:
    """
    Return the text again; the first of the keys is the newest, older ones still open what they closed.

    :raises Unreadable: when no key opens it
    """
    try:
        content = urlsafe_b64decode(stored.encode())
    except ValueError:
        raise Unreadable("Dit geheim is niet te lezen.") from None
    for key in settings.FACTOR_KEYS:
        try:
            return _cipher(key).decrypt(content[:NONCE], content[NONCE:], purpose.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise Unreadable("Dit geheim is met een andere sleutel gesloten. Controleer FACTOR_KEY.")


@lru_cache(maxsize=8)
def _cipher(key: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.factors").derive(key.encode()))
