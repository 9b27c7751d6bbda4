"""What opens for whom: nothing, until somebody showed enough; except what is needed to get there."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url

WORDS = "Stel eerst uw tweede stap in."

AFTER = "after_second_step"
"""The key in the session of the page that somebody was going to."""

SET_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "accounts:confirm",
        "accounts:onward",
        "account_logout",
        "account_inactive",
        "authorizations:information",
        "portal:accessibility",
        "portal:privacy",
        "portal:alive",
    }
)
"""All that somebody reaches who gave a password and no second step: set one up, log out, help."""


def open_without_second_step(request: HttpRequest) -> bool:
    """Say whether this address is one of those."""
    return bool(request.resolver_match and request.resolver_match.view_name in SET_UP)


def set_up_first(request: HttpRequest) -> HttpResponse:
    """Lead to the second step, and remember where somebody was going."""
    address = resolve_url("mfa_index")
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"message": WORDS, "url": address}, status=HTTPStatus.UNAUTHORIZED)
    if request.method == "GET":
        request.session[AFTER] = request.get_full_path()
    return redirect(address)
