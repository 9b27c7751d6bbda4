"""Logging in and out, and failing to: Django says so, whichever way somebody came in."""

from typing import Any

from django.contrib.auth import signals
from django.http import HttpRequest

from audit.domain.events import Kind, Outcome
from audit.services import recording
from audit.web import log

TYPED = ("email", "login", "username")


def connect() -> None:
    """Listen to who comes in and goes out."""
    signals.user_logged_in.connect(came_in, dispatch_uid="audit.came_in")
    signals.user_login_failed.connect(failed, dispatch_uid="audit.failed")
    signals.user_logged_out.connect(went_out, dispatch_uid="audit.went_out")


def came_in(*, request: HttpRequest | None, user: Any, **_signal: Any) -> None:
    """Note who came in; the middleware writes the row with its answer."""
    if request is not None and hasattr(request, "audit_notes"):
        log.tells(request, Kind.LOG_IN, Outcome.DONE)
        log.acts(request, user.pk)


def failed(*, request: HttpRequest | None = None, credentials: dict[str, Any], **_signal: Any) -> None:
    """Note that somebody didn't come in. What was typed as a name may be a password: only its keyed hash is kept."""
    if request is not None and hasattr(request, "audit_notes"):
        typed = next((str(credentials[name]) for name in TYPED if credentials.get(name)), "")
        log.tells(request, Kind.LOG_IN, Outcome.REFUSED, inlognaam=recording.pseudonym(typed))
        log.notes(request).who = recording.who_is(login=typed)


def went_out(*, request: HttpRequest | None, user: Any, **_signal: Any) -> None:
    """Note who went out."""
    if request is not None and hasattr(request, "audit_notes"):
        log.tells(request, Kind.LOG_OUT, Outcome.DONE)
        if user is not None:
            log.acts(request, user.pk)
