"""Keys for programs: which there are, make one, revoke one."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.domain.api_keys import MAY_REGISTER, KeyState
from accounts.domain.changes import Change
from accounts.domain.roles import Role
from accounts.services import api_keys as service
from accounts.web import access
from accounts.web.forms.api_keys import MakeKey
from accounts.web.views.colleagues import page
from audit.domain.events import Outcome
from audit.web import log

SHOWN = 100
BADGES = {
    KeyState.WORKS: "ok",
    KeyState.EXPIRED: "warning",
    KeyState.REVOKED: "neutral",
    KeyState.ORPHANED: "danger",
}
makers_only = access.require(Role.ORGANISATIEBEHEERDER)


@makers_only
@require_safe
def api_keys(request: HttpRequest) -> HttpResponse:
    """List the keys, those that may still work first."""
    found = list(queries.api_keys(access.actor(request).organization_id)[:SHOWN])
    rows = [
        (key, state.label, BADGES[state]) for key, state in service.states(found, today=timezone.localdate())
    ]  # fmt: skip
    return render(request, "accounts/api_keys/api_keys.html", {"rows": rows})


@never_cache
@makers_only
@access.fresh
def make(request: HttpRequest) -> HttpResponse:
    """Make a key, and show it this one time."""
    actor, now = access.actor(request), timezone.now()
    people = [(one.pk, one.full_name) for one in queries.people_with(actor.organization_id, *MAY_REGISTER)]
    form = MakeKey(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            key, text = service.make(
                by=actor,
                name=form.cleaned_data["name"],
                acts_for_id=form.cleaned_data["acts_for"],
                expires_on=timezone.localdate(now) + timedelta(days=form.cleaned_data["days"]),
                now=now,
            )
        except service.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            log.tells(request, outcome=Outcome.DONE, wijziging=Change.KEY_MADE, sleutel=key.pk, betreft=key.acts_for_id)
            # Not by way of another page: then the secret would have to be kept somewhere in between.
            return render(request, "accounts/api_keys/made.html", {"key": key, "text": text})
    return page(request, "accounts/api_keys/make.html", {"form": form, "people": people})


@makers_only
@access.fresh
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    """Ask whether a key may open nothing any more, and revoke it."""
    actor = access.actor(request)
    key = get_object_or_404(queries.api_keys(actor.organization_id), pk=key_id)
    if request.method == "POST":
        service.revoke(by=actor, key_id=key.pk, now=timezone.now())
        log.tells(request, wijziging=Change.KEY_REVOKED, sleutel=key.pk, betreft=key.acts_for_id)
        messages.success(request, f"De sleutel “{key.name}” is ingetrokken en werkt niet meer.")
        return redirect("accounts:api-keys")
    return render(request, "accounts/api_keys/revoke.html", {"key": key})
