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
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import confirming, kept, proof
from accounts.web.forms import account

View = Callable[..., HttpResponseBase]
EXPIRED = "U was een tijd niet actief. Log in om verder te gaan."


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


def known(view: View) -> View:
    """Let in who gave the right password, also without a second step: only for what leads to one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.user.is_authenticated else log_in_first(request)

    return guarded


def confirmed(request: HttpRequest) -> bool:
    """Say whether the password or the second step was shown at most five minutes ago; else: `confirm_first`."""
    return proof.fresh(request)


def fresh(view: View) -> View:
    """
    Ask for the password or the second step before something weighty is sent, unless that was just shown.

    Reading the page is free. What was typed comes back afterwards, to be sent.

    Bron: security.md section 3, row 50 (ASVS 7.5.1, 7.5.3).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not request.user.is_authenticated or proof.fresh(request):
            return view(request, *args, **kwargs)
        return confirm_first(request)

    return guarded


def fresh_page(view: View) -> View:
    """Ask the same before the page is shown at all: it shows a secret."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if proof.fresh(request) else confirm_first(request)

    return guarded


login_required: Callable[[View], View] = require()
"""Let in everybody who has logged in."""


def log_in_first(request: HttpRequest) -> HttpResponse:
    """
    Let someone log in and come back here; the log-in page carries along what was typed.

    A script gets 401 with the address, and shows the words itself.
    """
    login = resolve_url(settings.LOGIN_URL)
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"message": EXPIRED, "url": login}, status=HTTPStatus.UNAUTHORIZED)
    packed = kept.pack(request) if request.method == "POST" else ""
    if not packed:
        if request.method == "POST" and kept.form(request):
            messages.warning(request, f"{EXPIRED} Wat u typte konden wij niet bewaren.")
        return redirect_to_login(request.get_full_path(), login)
    messages.warning(request, f"{EXPIRED} Wat u typte is bewaard.")
    context = {
        "form": account.LogIn(initial={"kept": packed}),
        "provider": "",  # what was typed goes along with a password, and no further
        "redirect_field_name": REDIRECT_FIELD_NAME,
        "redirect_field_value": request.get_full_path(),
    }
    return render(request, "account/login.html", context, status=HTTPStatus.UNAUTHORIZED)


def confirm_first(request: HttpRequest) -> HttpResponse:
    """
    Let someone confirm who he or she is and go on; the page carries along what was typed.

    A script gets 401 with the address, and shows the words itself.
    """
    address = f"{resolve_url('accounts:confirm')}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
    if request.headers.get("X-Requested-With"):
        words = "Bevestig eerst dat u het bent."
        return JsonResponse({"message": words, "url": address}, status=HTTPStatus.UNAUTHORIZED)
    if request.method != "POST":
        return redirect(address)
    packed = kept.pack(request)
    if not packed and kept.form(request):
        messages.warning(request, "Wat u typte konden wij niet bewaren.")
    # The address of a button shows nothing: then its page, above it, does.
    return confirming.ask(request, confirming.Errand(request.get_full_path(), packed))


def _listed(roles: tuple[Role, ...]) -> str:
    labels = [role.label.lower() for role in roles]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} of {labels[-1]}"
