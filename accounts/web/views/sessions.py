"""Logging in and out, and where somebody has logged in."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.usersessions import signals as listed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import queries
from accounts.domain import sessions as rules
from accounts.services import sessions
from accounts.web import access, waiting
from audit.domain.events import Kind, Outcome
from audit.web import log

CLEAR = '"cache", "storage"'
"""Not the cookies: the session's own goes anyway, and the device stays known (accounts.web.devices)."""


class LogIn(LoginView):
    """Log in with a password; who guesses too often hears how long to wait."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "provider": settings.OIDC["name"] if settings.OIDC else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        # Nobody is in yet: the second step follows. The log knows already whose password this was.
        log.tells(self.request, Kind.PASSWORD, Outcome.DONE)
        log.acts(self.request, form.user.pk)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return waiting.say(self.request, super().form_invalid(form))


log_in = LogIn.as_view()


class LogOut(LogoutView):
    """Log out, and have the browser forget what it kept of this portal."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = CLEAR
        return response


log_out = LogOut.as_view()


@access.login_required
def devices(request: HttpRequest) -> HttpResponse:
    """Show where one has logged in; log out everywhere but here."""
    actor = access.actor(request)
    if request.method == "POST":
        sessions.end_all(user_id=actor.user_id)
        # This session goes on, under a new key.
        update_session_auth_hash(request, queries.user(actor.user_id))
        listed.on_user_logged_in(None, request=request)
        messages.success(request, "U bent op alle andere apparaten uitgelogd.")
        return redirect("usersessions_list")
    here = request.session.session_key
    rows = [
        (rules.device(one.user_agent), one.created_at, one.session_key == here)
        for one in queries.sessions_of(actor.user_id)
    ]
    return render(
        request, "accounts/profile/devices.html", {"rows": rows, "others": [row for row in rows if not row[2]]}
    )
