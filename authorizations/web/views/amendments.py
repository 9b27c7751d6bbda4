"""What a changed request says otherwise than the one before it: the same page for both sides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.services import amendments


@access.login_required
def changes(request: HttpRequest, reference: str) -> HttpResponse:
    """Show every change up to this request, with who filed it and when; the log knows of each request that is shown."""
    found = queries.with_content_for(access.actor(request)).select_related("policy_version", "submitted_by")
    authorization = get_object_or_404(found, reference=reference)
    history = amendments.history(authorization)
    log.shows(request, [one.old.reference for one in history])
    context = {"authorization": authorization, "history": history, "newer": amendments.successor(authorization)}
    return render(request, "authorizations/following/changes.html", context)
