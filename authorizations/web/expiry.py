"""Lose nothing of what was posted when the session ran out, or when somebody logged in again in another tab."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import resolve_url
from django.views.decorators.csrf import csrf_exempt

from kit import text

View = Callable[..., HttpResponse]
LARGEST = 400_000
"""How many characters of a posted page are kept for someone who must log in first; no page of ours is larger."""


class _Token(CsrfViewMiddleware):
    """Django's own check, that tells the reason instead of answering with it."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def keeps_typed(view: View) -> View:
    """
    Keep what is posted to this view by someone who isn't logged in (any more) until after the log-in.

    It is kept in the session of this browser, which lives half an hour and goes on after logging in; nobody else gets
    to see it. A page whose token is old, because of a log-in in another tab, is shown again with what was typed and
    saves nothing until it is posted again: `request.token_is_old` says so.

    Bron: feature 2.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.token_is_old = False  # type: ignore[attr-defined]
        if request.method != "POST":
            return view(request, *args, **kwargs)
        check = _Token(lambda _: HttpResponse())
        check.process_request(request)
        reason = check.process_view(request, None, (), {})
        if getattr(request, "actor", None) is None:
            if reason:
                raise PermissionDenied(reason)
            _keep(request)
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        if reason and "Origin checking failed" in str(reason):
            raise PermissionDenied(reason)
        request.token_is_old = bool(reason)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return csrf_exempt(kept)


def kept_for(request: HttpRequest) -> dict[str, list[str]] | None:
    """Return what was posted to this page before logging in, if anything."""
    found: dict[str, list[str]] | None = request.session.get(_key(request))
    return found


def forget(request: HttpRequest) -> None:
    """Forget what was kept for this page: it was saved."""
    request.session.pop(_key(request), None)


def _keep(request: HttpRequest) -> None:
    typed = text.typed(request.POST)
    if sum(len(key) + sum(map(len, several)) for key, several in typed.items()) <= LARGEST:
        request.session[_key(request)] = typed


def _key(request: HttpRequest) -> str:
    return f"typed:{request.path}"
