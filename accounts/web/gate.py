"""What opens for whom: nothing, until somebody showed enough; except what is needed to get there."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode

from accounts.domain import assurance
from accounts.web import proof

HIGHER = "Log eerst in op een hoger niveau."
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
        "portal:csp-report",
    }
)
"""All that somebody reaches who gave a password and no second step: set one up, log out, help."""

FIRST_STEP = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"})
"""What of this is only for who has no app or key yet: whoever has one shows it before getting another."""


def open_without_second_step(request: HttpRequest) -> bool:
    """Say whether this address is one of those."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in SET_UP and not (name in FIRST_STEP and proof.owes_second_step(request))


def set_up_first(request: HttpRequest) -> HttpResponse:
    """Lead to the second step, and remember where somebody was going; who has one comes to the page that asks it."""
    if request.resolver_match and request.resolver_match.view_name in FIRST_STEP:
        return redirect(f"{resolve_url('accounts:confirm')}?{urlencode({'next': resolve_url('accounts:onward')})}")
    address = resolve_url("mfa_index")
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"message": WORDS, "url": address}, status=HTTPStatus.UNAUTHORIZED)
    if request.method == "GET":
        request.session[AFTER] = request.get_full_path()
    return redirect(address)


def higher_level_first(request: HttpRequest) -> HttpResponse | None:
    """Demand the level of this address (`LEVEL_OF_ROUTE`); None when it was shown."""
    needs, has = assurance.required(request.path, settings.LEVEL_OF_ROUTE), proof.level(request)
    # A recovery code stands in for the second step of who doesn't decide; `proof.enough` looked at that already.
    if has >= needs or (needs == assurance.Level.TWO_FACTORS and has == assurance.Level.RECOVERY):
        return None
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"message": HIGHER, "url": request.path}, status=HTTPStatus.UNAUTHORIZED)
    provider = settings.OIDC["name"] if settings.OIDC else ""
    context = {"has": has.label, "needs": needs.label, "provider": provider}
    return render(request, "accounts/identity_provider/higher.html", context, status=HTTPStatus.FORBIDDEN)
