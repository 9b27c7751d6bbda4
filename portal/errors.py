"""What people read when a page can't be shown: what happened, whether anything is lost, and what to do."""

import sys
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from accounts.web import access
from accounts.web.keys import API
from accounts.web.views import account
from kit.problems import problem

BARE = '<!doctype html><html lang="nl"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>{text}</p></html>'
SAID = {
    HTTPStatus.BAD_REQUEST: "Dit verzoek kunnen wij niet lezen",
    HTTPStatus.FORBIDDEN: "Dit mag niet",
    HTTPStatus.NOT_FOUND: "Dit adres is er niet",
    HTTPStatus.METHOD_NOT_ALLOWED: "Dit kan op dit adres niet",
    HTTPStatus.TOO_MANY_REQUESTS: "Dit was te vaak na elkaar",
}
"""What a program reads."""
LATER = "Wat u al had opgeslagen, is er nog. Probeer het over een minuut opnieuw."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: the browser sent something that we can't read."""
    return _page(request, "400", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403, with the reason that the code gave."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page(request, "403", HTTPStatus.FORBIDDEN, reason=reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; the same words for what isn't there and for what is somebody else's."""
    return _page(request, "404", HTTPStatus.NOT_FOUND)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    Offer the form again when it is our own, else answer 403: nothing proves that it came from our page.

    A script gets a fresh token, which only our own page can read. after logging in anew in another tab, it goes on.
    """
    if request.headers.get("X-Requested-With"):
        if getattr(request, "actor", None) is None:
            return access.log_in_first(request)
        answer = {"message": "Deze pagina is verouderd. Open de pagina opnieuw.", "token": get_token(request)}
        return JsonResponse(answer, status=HTTPStatus.FORBIDDEN)
    return account.again(request) or _page(request, "csrf", HTTPStatus.FORBIDDEN)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Answer 405: this address does something else than what the browser asked."""
    return _page(request, "405", HTTPStatus.METHOD_NOT_ALLOWED)


def too_many(request: HttpRequest, exception: Exception | None = None, *, wait: str = "") -> HttpResponse:
    """Answer 429: somebody guesses, or clicks faster than people do. `wait` says for how long."""
    response = _page(request, "429", HTTPStatus.TOO_MANY_REQUESTS, wait=wait)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is away."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = _page(request, "503", HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = "60"
        return response
    return _page(request, "500", HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, name: str, status: HTTPStatus, **context: str) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem(status, SAID.get(status, "Het portaal werkt even niet"), context.get("reason", ""))
    if not hasattr(request, "actor"):
        request.actor = None  # type: ignore[attr-defined]  # the error came before anybody was known
    try:
        content: str = render_to_string(f"errors/{name}.html", context, request)
    except Exception:
        # The house itself is broken (database away, a template wrong): then words alone.
        content = BARE.format(title="Het portaal werkt even niet", text=LATER)
    return HttpResponse(content, status=status)
