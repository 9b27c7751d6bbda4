"""A page that a script keeps up to date while somebody has it open, without anybody clicking."""

import hashlib

from django.http import HttpRequest


def mark(*shown: object) -> str:
    """Return a short mark of what a page shows: another mark when something in it is another."""
    return f'"{hashlib.sha256(repr(shown).encode()).hexdigest()[:16]}"'


def is_known(request: HttpRequest, mark: str) -> bool:
    """
    Tell whether the script that asks (static/js/fresh.js) has this already: then nothing is shown, and nothing logged.

    Whoever asks so is no person: the session ends when it would have without it.
    """
    known = request.headers.get("If-None-Match")
    if known is not None:
        request.session.is_clicked = False  # type: ignore[attr-defined]
    return known == mark
