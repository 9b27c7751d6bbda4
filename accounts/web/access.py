"""Who may open a page: `@access.require(Role.INDIENER)` above a view."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render, resolve_url

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import kept
from accounts.web.forms import account

View = Callable[..., HttpResponseBase]
EXPIRED = "U was {minutes} minuten niet actief. Log in om verder te gaan."


def actor(request: HttpRequest) -> Actor:
    """
    Return who acts, in a view that demands a log-in.

    :raises PermissionDenied: when nobody does
    """
    found: Actor | None = getattr(request, "actor", None)
    if found is None:
        raise PermissionDenied("Log in om deze pagina te zien.")
    return found


def require(*roles: Role) -> Callable[[View], View]:
    """
    Let in who holds one of these roles in the active organisation; without roles, everybody who has logged in.

    Who hasn't logged in goes to the log-in page and comes back here; who has another role gets a page that says so.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            someone: Actor | None = getattr(request, "actor", None)
            if someone is None:
                return log_in_first(request)
            if roles and not someone.has(*roles):
                raise PermissionDenied(f"Voor deze pagina is een andere rol nodig: {_listed(roles)}.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


login_required: Callable[[View], View] = require()
"""Let in everybody who has logged in."""


def log_in_first(request: HttpRequest) -> HttpResponse:
    """
    Let someone log in and come back here; the log-in page carries along what was typed.

    A script gets 401 with the address, and shows the words itself.
    """
    login = resolve_url(settings.LOGIN_URL)
    expired = EXPIRED.format(minutes=settings.SESSION_COOKIE_AGE // 60)
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"message": expired, "url": login}, status=HTTPStatus.UNAUTHORIZED)
    packed = kept.pack(request) if request.method == "POST" else ""
    if not packed:
        if request.method == "POST" and kept.form(request):
            messages.warning(request, f"{expired} Wat u typte konden wij niet bewaren.")
        return redirect_to_login(request.get_full_path(), login)
    messages.warning(request, f"{expired} Wat u typte is bewaard.")
    context = {
        "form": account.LogIn(initial={"kept": packed}),
        "redirect_field_name": REDIRECT_FIELD_NAME,
        "redirect_field_value": request.get_full_path(),
    }
    return render(request, "account/login.html", context, status=HTTPStatus.UNAUTHORIZED)


def _listed(roles: tuple[Role, ...]) -> str:
    labels = [role.label.lower() for role in roles]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} of {labels[-1]}"
