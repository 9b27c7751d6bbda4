"""
Devices on which somebody was inside before: their mistakes are counted apart.

So nobody elsewhere, or at the same address of a hospital, keeps somebody from the own desk by guessing. The cookie is
signed and says only which accounts were inside here, as hashes; a second step is asked on such a device all the same.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.services import guessing
from accounts.services.guessing import Source

SALT = "accounts.devices"
MOST = 20
KEPT = 180 * 24 * 3600


def source(request: HttpRequest, email: str, address: str) -> Source:
    """Return where a guess for this account comes from."""
    token, inside = _read(request)
    if _mark(email) in inside:
        return Source(f"device {token}", known_device=True)
    return Source(f"address {address}")


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Note that this account was inside here, with both steps."""
    token, inside = _read(request)
    mark = _mark(email)
    if mark in inside:
        return
    value = " ".join([token or secrets.token_urlsafe(16), *[mark, *inside][:MOST]])
    response.set_signed_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        value,
        salt=SALT,
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    value = request.get_signed_cookie(settings.KNOWN_DEVICE_COOKIE_NAME, default="", salt=SALT, max_age=KEPT)
    token, *inside = (value or "").split() or [""]
    return token, inside


def _mark(email: str) -> str:
    return guessing.hash_of(f"device {email.strip().lower()}")[:16]
