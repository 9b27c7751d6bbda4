"""
What someone typed while the session had expired: kept until the same person has logged in again.

The expired session still stands in the database until the night; it tells whose work this is, so that nobody else who
logs in at the same computer gets to see it.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from accounts import queries
from kit import text

KEPT = "kept_form"
LARGEST = 1_000_000


def keep(request: HttpRequest) -> bool:
    """Keep the form that was posted without being logged in; say whether that was possible."""
    owner = queries.owner_of_session(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
    typed = text.typed(request.POST)
    if owner is None or not typed or sum(len(value) for values in typed.values() for value in values) > LARGEST:
        return False
    request.session[KEPT] = {
        "owner": owner,
        "path": request.get_full_path(),
        "typed": typed,
        "files": bool(request.FILES),
    }
    return True


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was kept for who has logged in now; what belongs to somebody else is thrown away."""
    found: dict[str, Any] | None = request.session.get(KEPT)
    if found and found["owner"] != request.session.get(SESSION_KEY):
        request.session.pop(KEPT)
        return None
    return found


def forget(request: HttpRequest) -> None:
    """Throw away what was kept."""
    request.session.pop(KEPT, None)
