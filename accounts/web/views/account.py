"""Going on after the session had expired."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.web import access, kept
from accounts.web.adapter import home_of


@access.login_required
def resume(request: HttpRequest) -> HttpResponse:
    """Show that what was typed is still there, with a button that sends it again to where it was going."""
    found = kept.kept(request)
    if found is None:
        return redirect(home_of(access.actor(request)))
    kept.forget(request)
    fields = [(name, value) for name, values in found["typed"].items() for value in values]
    return render(
        request, "accounts/account/resume.html", {"path": found["path"], "fields": fields, "files": found["files"]}
    )
