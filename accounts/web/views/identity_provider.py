"""Logging in with the identity provider of one's organisation."""

import logging
from dataclasses import asdict
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.delivery import identity_provider as provider
from accounts.domain.assurance import Level
from accounts.services import identities
from accounts.web import kept, proof

FLOW = "oidc_flow"
LONGEST = 600
logger = logging.getLogger(__name__)


@require_safe
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the identity provider."""
    if not settings.OIDC:
        raise Http404
    onward = request.GET.get("next", "")
    again = request.user.is_authenticated
    flow = provider.Flow()
    try:
        target = provider.address(flow, back=_back(), again=again)
    except provider.Refused as refusal:
        return _refuse(request, str(refusal))
    safe = onward if url_has_allowed_host_and_scheme(onward, allowed_hosts=None) else ""
    request.session[FLOW] = {**asdict(flow), "onward": safe, "again": again, "at": timezone.now().timestamp()}
    return redirect(target)


@require_safe
@never_cache
def come_back(request: HttpRequest) -> HttpResponse:
    """Let in who comes back with a proof that is right in everything; each way there works once."""
    if not settings.OIDC:
        raise Http404
    now = timezone.now()
    begun: dict[str, Any] = request.session.pop(FLOW, {})
    if not begun or begun["state"] != request.GET.get("state") or now.timestamp() - begun["at"] > LONGEST:
        return _refuse(request, "state")
    flow = provider.Flow(state=begun["state"], nonce=begun["nonce"], verifier=begun["verifier"])
    try:
        claims = provider.claims(flow, code=request.GET.get("code", ""), back=_back(), now=now)
        if begun["again"] and now.timestamp() - float(claims.get("auth_time", 0)) > proof.FRESH.total_seconds():
            raise provider.Refused("auth_time")
        user = identities.account_of(claims, now=now)
    except (provider.Refused, ValueError) as refusal:
        return _refuse(request, str(refusal))
    except identities.Unknown:
        return render(request, "accounts/identity_provider/unknown.html", status=403)
    if begun["again"] and request.user.pk != user.pk:
        return _refuse(request, "iemand anders")
    request.session[proof.ELSEWHERE] = {"user": user.pk, "acr": str(claims.get("acr", ""))}
    record_authentication(request, user, method="oidc", reauthenticated=begun["again"])
    if begun["again"]:
        return redirect("accounts:resume" if kept.SESSION in request.session else begun["onward"] or "/")
    # A request of its own: the next one, with a password, is asked for its second step again.
    request.two_steps_elsewhere = proof.elsewhere(request, user.pk) >= Level.TWO_FACTORS  # type: ignore[attr-defined]
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=begun["onward"] or None))
    return response


def _back() -> str:
    return settings.PORTAL_URL + reverse("accounts:identity-back")


def _refuse(request: HttpRequest, reason: str) -> HttpResponse:
    """Say that it didn't work; why exactly stands in the log, for it helps only who tries something."""
    logger.warning("identity_provider_refused", extra={"reason": reason})
    return render(request, "accounts/identity_provider/refused.html", status=403)
