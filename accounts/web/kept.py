"""
What someone typed while the session had expired.

It stays with the browser tab in which it was typed: the log-in page carries it along, encrypted, for an hour. After
logging in it is offered to be sent again, only to the person whose session it was: a signed cookie names who that is.
So nothing is lost, nothing is stored for somebody unknown, and no colleague at the same computer reads it.
"""

import json
import zlib
from base64 import urlsafe_b64encode
from datetime import timedelta
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kit import text

SESSION = "kept_form"
PURPOSE = "accounts.kept"
LARGEST = 1_000_000
SECRETS = frozenset({"proof", "credential"})
"""What is never carried along, beside passwords: what somebody proves with who he or she is."""
LONGEST = timedelta(hours=1)


class SomebodyElses(Exception):
    """Raised when what was typed belongs to another person than who has logged in."""


def form(request: HttpRequest) -> dict[str, Any] | None:
    """Return the form that was posted; None when there is nothing in it, too much, or a password."""
    typed = text.typed(request.POST)
    if any("password" in name or name in SECRETS for name in typed):
        return None
    if not typed or sum(len(value) for values in typed.values() for value in values) > LARGEST:
        return None
    return {"path": request.get_full_path(), "typed": typed, "files": bool(request.FILES)}


def pack(request: HttpRequest) -> str:
    """Return the form that was posted, encrypted for the person here, or the last; empty without a form or a person."""
    found, user_id = form(request), request.user.pk or last_person(request)
    if found is None or user_id is None:
        return ""
    plain = json.dumps({"user_id": user_id, "form": found}).encode()
    return _cipher().encrypt(zlib.compress(plain)).decode()


def remember(request: HttpRequest, packed: str) -> bool:
    """Put what the log-in page carried along in the session, still closed; say whether there was anything."""
    if _open(packed) is None:
        return False
    request.session[SESSION] = packed
    return True


def take(request: HttpRequest) -> dict[str, Any] | None:
    """
    Return what was remembered, once.

    :raises SomebodyElses: when another person typed it
    """
    found = _open(request.session.pop(SESSION, ""))
    if found is None:
        return None
    if found["user_id"] != request.user.pk:
        raise SomebodyElses
    kept: dict[str, Any] = found["form"]
    return kept


def last_person(request: HttpRequest) -> int | None:
    """Return who was logged in last in this browser; None when that isn't known."""
    named = request.get_signed_cookie(settings.LAST_PERSON_COOKIE_NAME, default="", salt=PURPOSE)
    return int(named) if named else None


def name_person(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Leave in this browser who is logged in, until it closes; the number says nothing to anybody else."""
    if last_person(request) == user_id:
        return
    response.set_signed_cookie(
        settings.LAST_PERSON_COOKIE_NAME,
        str(user_id),
        salt=PURPOSE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _open(packed: str) -> dict[str, Any] | None:
    try:
        plain = _cipher().decrypt(packed.encode(), ttl=int(LONGEST.total_seconds()))
    except InvalidToken:
        return None
    found: dict[str, Any] = json.loads(zlib.decompress(plain))
    return found


def _cipher() -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@lru_cache(maxsize=8)
def _fernet(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE.encode()).derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))
