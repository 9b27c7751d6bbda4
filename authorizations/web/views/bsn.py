"""Showing a whole BSN, to somebody who asks for it: elsewhere it is masked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from accounts.web import access
from authorizations import queries
from authorizations.services import insured


@require_POST
@access.login_required
@cache_control(no_store=True, private=True)
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the whole BSN after a press of the button; whoever comes by the address alone gets the request."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.with_content_for(actor), reference=reference)
    context = {
        "authorization": authorization,
        "insured": insured.reveal_bsn(authorization, by=actor, now=timezone.now()),
        "back": "authorizations:review-detail" if actor.is_insurer else "authorizations:request-detail",
    }
    return render(request, "authorizations/bsn/whole.html", context)
