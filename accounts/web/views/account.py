"""Staying logged in, and going on after the session had expired."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.web import access, kept
from accounts.web.adapter import home_of


@access.login_required
def resume(request: HttpRequest) -> HttpResponse:
    """Show who typed it that it is still there, with a button that sends it again to where it was going."""
    home = home_of(access.actor(request))
    try:
        found = kept.take(request)
    except kept.SomebodyElses:
        return render(request, "accounts/account/somebody_elses.html", {"home": home})
    return offer(request, found) if found else redirect(home)


@access.login_required
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the session alive; whoever comes here with a link after logging in anew gets the own first page."""
    if request.method == "POST":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return redirect(home_of(access.actor(request)))


def again(request: HttpRequest) -> HttpResponse | None:
    """
    Offer a form again that came from a page of ours which was made before logging in anew, as happens with two tabs.

    None when the browser doesn't say that the form came from our own page: then it may be somebody else's trick.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") != "same-origin":
        return None
    found = kept.form(request)
    if found is None:
        return None
    return offer(request, found) if getattr(request, "actor", None) else access.log_in_first(request)


def offer(request: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    """Show that what was typed is still there, with a button to send it."""
    fields = [(name, value) for name, values in found["typed"].items() for value in values]
    context = {"path": found["path"], "fields": fields, "files": found["files"]}
    return render(request, "accounts/account/resume.html", context)
