"""The link for an insured: who works on the request makes it, and whoever has it sees how the request stands."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web import access
from audit.domain.events import Outcome
from audit.web import log
from authorizations import queries
from authorizations.domain import insured_links as rules
from authorizations.queries import insured_links as links
from authorizations.services import insured_links
from authorizations.web.forms.insured_links import MakeLink, TypeCode
from authorizations.web.views.review_queue import DESK

REVOKES = "beeindigen"
HIDDEN = "noindex, nofollow, noarchive"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*queries.FILING_ROLES, *DESK)
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a link for the insured of this request, show it this one time, or end it."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(links.linkable_by(actor), reference=reference)
    revokes = REVOKES in request.POST
    form = MakeLink(request.POST if request.method == "POST" and not revokes else None)
    page = "authorizations:review-detail" if actor.is_insurer else "authorizations:request-detail"
    if revokes:
        insured_links.revoke(authorization_id=authorization.pk, by=actor, now=now)
        log.tells(request, wijziging="beëindigd")
        messages.success(request, "De link werkt niet meer.")
        return redirect("authorizations:insured-link", reference)
    context = {"authorization": authorization, "form": form, "page": page, "revokes": REVOKES}
    if form.is_bound and form.is_valid():
        made, code = insured_links.make(
            authorization_id=authorization.pk, days=form.cleaned_data["days"], by=actor, now=now
        )
        log.tells(request, wijziging="gemaakt", link=made.pk)
        context |= {
            "link": made,
            "code": rules.written(code),
            "url": settings.PORTAL_URL + reverse("authorizations:insured-status", args=[code]),
            "code_url": settings.PORTAL_URL + reverse("authorizations:insured-status-code"),
        }
        # Not by way of another page: then the code would have to be kept somewhere in between.
        return render(request, "authorizations/insured/made.html", context)
    current = links.open_one(authorization)
    today = timezone.localdate(now)
    context |= {"link": current, "over": current is not None and current.ends_on < today}
    return render(request, "authorizations/insured/link.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def status(request: HttpRequest, secret: str) -> HttpResponse:
    """Show how a request stands to whoever has its link; the same calm page for every link that shows nothing."""
    response = _shown(request, secret)
    # The address holds the code: it goes to no other page.
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def typed(request: HttpRequest) -> HttpResponse:
    """Ask for the code on the paper, and show the same as the link does; it stands in no address."""
    form = TypeCode(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _shown(request, form.cleaned_data["code"])
    answer = render(request, "authorizations/insured/code.html", {"form": form}, status=422 if form.errors else 200)
    answer["X-Robots-Tag"] = HIDDEN
    return answer


@sensitive_variables("code")
def _shown(request: HttpRequest, code: str) -> HttpResponse:
    found = insured_links.look(typed=code, now=timezone.now())
    if found.references:
        log.shows(request, found.references)
        log.tells(request, outcome=Outcome.DONE if found.stand else Outcome.NOT_DONE)
    if found.stand:
        context = {"stand": found.stand, "link": found.link}
        answer = render(request, "authorizations/insured/status.html", context)
    else:
        answer = render(request, "authorizations/insured/unknown.html", status=404)
    answer["X-Robots-Tag"] = HIDDEN
    return answer
