"""The second step of logging in: choose, set up, look at, take away."""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.domain import codes
from accounts.services import factors
from accounts.web import access, proof, waiting
from accounts.web.adapter import home_of
from accounts.web.forms import factors as forms
from accounts.web.gate import AFTER
from audit.domain.events import Outcome
from audit.web import log

SECRET = "new_app"  # noqa: S105 (the name of a key in the session)
IN_DEMO = settings.ENVIRONMENT != "production"


@never_cache
@access.known
def factors_page(request: HttpRequest) -> HttpResponse:
    """Show one's second steps; who has none yet, or lost them, is led through setting one up."""
    held = list(queries.factors_of(proof.person(request).pk))
    recovery = next((one for one in held if one.type == factors.Kind.RECOVERY_CODES), None)
    context = {
        "app": next((one for one in held if one.type == factors.Kind.TOTP), None),
        "keys": [one for one in held if one.type == factors.Kind.WEBAUTHN],
        "codes_left": len(recovery.wrap().get_unused_codes()) if recovery else 0,
        "has_codes": recovery is not None,
        "several": len([one for one in held if one.type != factors.Kind.RECOVERY_CODES]) > 1,
        "by_recovery_code": proof.level(request) == proof.Level.RECOVERY,
    }
    actor = getattr(request, "actor", None)
    return render(request, "accounts/factors/factors.html" if actor else "accounts/factors/choose.html", context)


@never_cache
@access.known
@access.fresh_page
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Link an app that makes codes; an earlier app counts no more."""
    user = proof.person(request)
    secret = _secret(request)
    form = forms.AppCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        before = queries.factors_of(user.pk).filter(type=factors.Kind.RECOVERY_CODES).exists()
        added = factors.add_app(
            user_id=user.pk, secret=secret, typed=form.cleaned_data["code"], now=timezone.now()
        )  # fmt: skip
        if added:
            del request.session[SECRET]
            _shown(request, added)
            messages.success(request, "Uw app is gekoppeld.")
            return redirect("mfa_index" if before else "mfa_view_recovery_codes")
        form.add_error("code", forms.WRONG)
    adapter = get_factor_adapter()
    context = {
        "form": form,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "drawing": adapter.build_totp_svg(adapter.build_totp_url(user, secret)),
    }
    return render(request, "accounts/factors/app.html", context)


class AddKey(AddWebAuthnView):
    """Add a security key."""

    template_name = "accounts/factors/key.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # What came back wrong is shown as it was typed; allauth would make the form anew.
        form = kwargs.get("form") or context["form"]
        return {**context, "form": form, "options": json.dumps(context["js_data"]["creation_options"])}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        newest = queries.factors_of(proof.person(self.request).pk).filter(type=factors.Kind.WEBAUTHN).latest("pk")
        _shown(self.request, newest)
        messages.success(self.request, "Uw beveiligingssleutel is toegevoegd.")
        return response


class LogInStep(AuthenticateView):
    """The second step while logging in."""

    template_name = "accounts/factors/step.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        # Who comes this far knows the password: a wrong code is what a logbeheerder wants to see.
        log.tells(self.request, outcome=Outcome.REFUSED, stap="tweede stap")
        log.acts(self.request, self.stage.login.user.pk)
        return waiting.say(self.request, super().form_invalid(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kinds = set(queries.factors_of(self.stage.login.user.pk).values_list("type", flat=True))
        return {
            **context,
            "has_key": factors.Kind.WEBAUTHN in kinds,
            "has_codes": bool(kinds & {factors.Kind.TOTP, factors.Kind.RECOVERY_CODES}),
            "options": json.dumps(context["js_data"]["request_options"]),
            "email": self.stage.login.user.email,
            "in_demo": IN_DEMO,
        }


@never_cache
@access.known
@access.fresh
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes, once: by a button, so that only opening the page uses nothing up."""
    user_id = proof.person(request).pk
    held = queries.factors_of(user_id).filter(type=factors.Kind.RECOVERY_CODES).first()
    if held is None:
        raise Http404
    context = {
        "codes": factors.show_recovery_codes(user_id=user_id) if request.method == "POST" else [],
        "left": len(held.wrap().get_unused_codes()),
        "may_be_shown": not held.wrap().did_view,
    }
    return render(request, "accounts/factors/recovery.html", context)


@access.known
@access.fresh
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes; the old ones count no more."""
    if request.method == "POST":
        factors.new_recovery_codes(user_id=proof.person(request).pk, now=timezone.now())
        return redirect("mfa_view_recovery_codes")
    held = queries.factors_of(proof.person(request).pk).filter(type=factors.Kind.RECOVERY_CODES).first()
    return render(
        request, "accounts/factors/new_recovery.html", {"left": len(held.wrap().get_unused_codes()) if held else 0}
    )


log_in_step = LogInStep.as_view()
add_key = never_cache(access.known(access.fresh_page(AddKey.as_view())))


@access.known
@access.fresh
def remove(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Ask whether an app or key is no longer used, and take it away."""
    factor = get_object_or_404(
        queries.factors_of(proof.person(request).pk).exclude(type="recovery_codes"), pk=factor_id
    )
    refusal = factors.why_not_removed(user_id=factor.user_id, factor_id=factor.pk)
    if request.method == "POST":
        try:
            factors.remove(user_id=proof.person(request).pk, factor_id=factor.pk, now=timezone.now())
        except factors.NotAllowed as reason:
            refusal = str(reason)
        else:
            messages.success(request, "Deze tweede stap is weggehaald.")
            return redirect("mfa_index")
    return render(request, "accounts/factors/remove.html", {"factor": factor, "refusal": refusal})


@require_safe
def onward(request: HttpRequest) -> HttpResponse:
    """Go on to where one was going before the second step had to be set up."""
    actor = getattr(request, "actor", None)
    return redirect(request.session.pop(AFTER, "") or (home_of(actor) if actor else "/"))


def _secret(request: HttpRequest) -> str:
    """Return the secret that is offered in this session, closed there as in the database."""
    closed = request.session.get(SECRET)
    if closed is None:
        closed = request.session[SECRET] = factors.seal(codes.new_secret(), SECRET)
    return factors.unseal(closed, SECRET)


def _shown(request: HttpRequest, factor: Authenticator) -> None:
    """Count a new factor as shown."""
    proof.record(request, factor)
    proof.renew(request)
