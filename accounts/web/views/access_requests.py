"""A zorgaanbieder that isn't known here asks for access; the beheerder of the insurer answers."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.domain.changes import Change
from accounts.domain.roles import Role
from accounts.services import access_requests as service
from accounts.web import access
from accounts.web.forms import access_requests as forms
from accounts.web.views.colleagues import link_to, page
from audit.web import log

LIMITS = {"ask": "30/h/ip,3/d/key"}
answering_only = access.require(Role.BEHEERDER)


def ask(request: HttpRequest) -> HttpResponse:
    """Take the question of anybody; the answer is the same whether they are known here or not."""
    insurers = [(str(one.pk), one.name) for one in queries.insurers()]
    form = forms.Ask(request.POST or None, insurers=insurers)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if not ratelimit.consume(request, app="accounts", action="ask", config=LIMITS, key=email):
            return ratelimit.respond_429(request)
        told = {name: value for name, value in form.cleaned_data.items() if name != "insurer"}
        service.ask(insurer_id=int(form.cleaned_data["insurer"]), now=timezone.now(), **told)
        return redirect("accounts:access-asked")
    return render(request, "accounts/access_requests/ask.html", {"form": form})


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say what happens now."""
    return render(request, "accounts/access_requests/asked.html")


@answering_only
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the questions that wait, and what was answered lately."""
    actor = access.actor(request)
    context = {
        "open": queries.access_requests(actor.organization_id).filter(decided_at=None),
        "decided": queries.access_requests(actor.organization_id).exclude(decided_at=None).order_by("-decided_at")[:20],
    }
    return render(request, "accounts/access_requests/waiting.html", context)


@answering_only
@access.fresh
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show one question, and say yes or no."""
    actor = access.actor(request)
    asked = get_object_or_404(queries.access_requests(actor.organization_id), pk=request_id)
    refusing = "afwijzen" in request.POST
    form = forms.Refuse(request.POST if refusing else None)
    problem = ""
    if request.method == "POST" and (not refusing or form.is_valid()):
        try:
            if refusing:
                service.refuse(by=actor, request_id=asked.pk, reason=form.cleaned_data["reason"], now=timezone.now())
                messages.success(request, f"De vraag van {asked.organization_name} is afgewezen.")
            else:
                service.approve(by=actor, request_id=asked.pk, link_to=link_to, now=timezone.now())
                messages.success(request, f"{asked.full_name} krijgt een uitnodiging per mail.")
        except service.NotAllowed as reason:
            problem = str(reason)
        else:
            log.tells(request, wijziging=Change.TURNED_AWAY if refusing else Change.LET_IN, toegangsvraag=asked.pk)
            return redirect("accounts:access-requests")
    known = queries.providers().filter(agb_code=asked.agb_code).first()
    facts = [
        ("AGB-code", asked.agb_code),
        ("KvK-nummer", asked.kvk_number),
        ("Naam", asked.full_name),
        ("E-mailadres", asked.email),
        ("Telefoonnummer", asked.phone),
    ]
    context = {"asked": asked, "facts": facts, "known": known, "form": form, "problem": problem}
    return page(request, "accounts/access_requests/answer.html", context)
