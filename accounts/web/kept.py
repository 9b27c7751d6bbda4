"""
What someone typed while the session had expired.

It stays with the browser tab in which it was typed: the log-in page carries it along, signed, and afterwards it is
offered to be sent again. So nothing is lost, nothing is stored for somebody unknown, and no other tab shows it.
"""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest

from kit import text

SESSION = "kept_form"
SALT = "accounts.kept"
LARGEST = 1_000_000
LONGEST = timedelta(hours=12)


def form(request: HttpRequest) -> dict[str, Any] | None:
    """Return the form that was posted; None when there is nothing in it, too much, or a password."""
    typed = text.typed(request.POST)
    if any("password" in name for name in typed):
        return None
    if not typed or sum(len(value) for values in typed.values() for value in values) > LARGEST:
        return None
    return {"path": request.get_full_path(), "typed": typed, "files": bool(request.FILES)}


def pack(request: HttpRequest) -> str:
    """Return the form that was posted, signed, for a hidden field of the log-in page; empty when there is none."""
    found = form(request)
    return signing.dumps(found, salt=SALT, compress=True) if found else ""


def remember(request: HttpRequest, packed: str) -> bool:
    """Put what the log-in page carried along in the session of who has logged in; say whether there was anything."""
    try:
        request.session[SESSION] = signing.loads(packed, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return False
    return True


def take(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was remembered, once."""
    found: dict[str, Any] | None = request.session.pop(SESSION, None)
    return found
