"""Who may open a page: `@access.require(Role.INDIENER)` above a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from accounts.domain.actors import Actor
from accounts.domain.roles import Role

View = Callable[..., HttpResponse]


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

    Who hasn't logged in goes to the log-in page and comes back here; who has another role gets a page that says so (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            someone: Actor | None = getattr(request, "actor", None)
            if someone is None:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            if roles and not someone.has(*roles):
                raise PermissionDenied(f"Voor deze pagina is een andere rol nodig: {_listed(roles)}.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


login_required: Callable[[View], View] = require()
"""Let in everybody who has logged in."""


def _listed(roles: tuple[Role, ...]) -> str:
    labels = [role.label.lower() for role in roles]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} of {labels[-1]}"
