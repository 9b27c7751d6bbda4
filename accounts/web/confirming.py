"""
Asking who someone is, in the middle of work: the password or the second step, at most five minutes old.

Nothing typed is lost: the page carries it along, encrypted, as the log-in page does (`kept`).
"""

import json
from dataclasses import dataclass
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import queries
from accounts.models import User
from accounts.services import factors
from accounts.web import proof, waiting
from accounts.web.forms import factors as forms

PASSWORD, CODE, KEY, ORGANIZATION = "wachtwoord", "code", "sleutel", "organisatie"
WRONG_PASSWORD = "Dit is niet uw wachtwoord. Probeer het opnieuw."  # noqa: S105


@dataclass(frozen=True)
class Errand:
    """What someone was doing: where to go on, and what was typed there, closed."""

    onward: str
    packed: str = ""


def ways(request: HttpRequest) -> list[str]:
    """Return how this person can confirm, the easiest first; who owes a second step shows that."""
    user = proof.person(request)
    held = set(queries.factors_of(user.pk).values_list("type", flat=True))
    known = [(factors.Kind.TOTP, CODE), (factors.Kind.WEBAUTHN, KEY)]
    found = [way for kind, way in known if kind in held]
    if proof.owes_second_step(request):
        return found
    found += [PASSWORD] if user.has_usable_password() else []
    return found if not settings.OIDC or not queries.is_known_elsewhere(user.pk) else [*found, ORGANIZATION]


def ask(request: HttpRequest, errand: Errand, *, way: str = "", form: forms.Form | None = None) -> HttpResponse:
    """Show the question."""
    user = proof.person(request)
    possible = ways(request)
    chosen = way if way in possible else possible[0]
    context = {
        "form": form or blank(user, chosen),
        "way": chosen,
        "others": [one for one in possible if one != chosen],
        "errand": errand,
        "owes": proof.owes_second_step(request),
        "options": json.dumps(webauthn.begin_authentication(user)) if chosen == KEY else None,
    }
    status = HTTPStatus.OK if request.method in ("GET", "HEAD") or form else HTTPStatus.UNAUTHORIZED
    return waiting.say(request, render(request, "accounts/factors/confirm.html", context, status=status))


def blank(user: User, way: str) -> forms.Form:
    """Return the empty form of a way."""
    return forms.ConfirmKey(user=user) if way == KEY else forms.Confirm(by_password=way == PASSWORD)


def answer(request: HttpRequest, way: str) -> forms.Form | None:
    """Judge what was answered: the form with what is wrong, or None when it is right and has been written down."""
    user, before = proof.person(request), proof.level(request)
    form: forms.Form = (
        forms.ConfirmKey(request.POST, user=user)
        if way == KEY
        else forms.Confirm(request.POST, by_password=way == PASSWORD)
    )
    if isinstance(form, forms.ConfirmKey):
        if form.is_valid():
            form.save()
    elif form.is_valid() and (wrong := _wrong(request, user, way, form.cleaned_data["proof"])):
        form.add_error("proof", wrong)
    if not form.is_valid():
        return form
    if proof.level(request) > before:
        proof.renew(request)
    return None


def _wrong(request: HttpRequest, user: User, way: str, typed: str) -> str:
    """Return what is wrong with a password or code; nothing when it was right."""
    try:
        if way == PASSWORD:
            if get_adapter(request).reauthenticate(user, typed):
                proof.record(request)
                return ""
            return WRONG_PASSWORD
        key = f"mfa-auth-user-{user.pk}"
        if not ratelimit.consume(request, action="login_failed", key=key):
            raise get_adapter(request).validation_error("too_many_login_attempts")
        found = factors.spend(user_id=user.pk, typed=typed, now=timezone.now())
        if found is None:
            return forms.WRONG
        ratelimit.clear(request, action="login_failed", key=key)
        proof.record(request, found)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""
