"""A provider gives a privacyverklaring, sees how it stands, and withdraws it when the patient does."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import sight
from authorizations.domain.privacyverklaring import STEP, PrivacyWay
from authorizations.domain.terms import DocumentKind
from authorizations.models import AuthorizationRequest
from authorizations.queries import privacyverklaring as found
from authorizations.services import privacyverklaring
from authorizations.web import checklist, steps
from authorizations.web.forms.privacyverklaring import Give, WithdrawPrivacy
from authorizations.web.views.intake import writes

UNPROCESSABLE = 422


@writes
def give(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what a privacyverklaring does and what goes with it, and take it; or show the one that holds."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    posted = request.method == "POST"
    why_not = privacyverklaring.why_not_give(authorization)
    if why_not and posted:
        messages.info(request, why_not)
        return redirect("authorizations:privacyverklaring", reference)
    if why_not:
        context = _context(authorization) | {"why_not": why_not}
        return render(request, "authorizations/privacyverklaring/one.html", context)
    gone = privacyverklaring.removals(authorization)
    marks = [one.mark for one in gone]
    mark = sight.state(*marks)
    form = Give(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"profession": "" if actor.is_insurer else actor.profession, "way": _way(actor)},
        name=actor.name,
        on_paper=actor.is_insurer,
        removes=bool(gone),
    )
    if posted:
        form.is_valid()
        _keep_scan(form, authorization, by=actor, now=now)
    if privacyverklaring.has_scan(authorization):
        form.has_scan()
    if posted and not form.errors:
        try:
            _, removed = privacyverklaring.give(
                authorization_id=authorization.pk,
                signed=form.signed,
                confirmed=form.confirmed_of(marks, are_the_same=request.POST.get("seen") == mark),
                by=actor,
                now=now,
            )
        except privacyverklaring.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except privacyverklaring.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            # What went, by name: nobody can tell from it what it said.
            log.tells(request, wijziging="gegeven", verwijderd=", ".join(sorted({one.name for one in removed})))
            log.shows(request, [one.where for one in removed if one.name != privacyverklaring.OF_TRAJECT])
            messages.success(request, "De privacyverklaring geldt. Er staat geen diagnose meer bij deze aanvraag.")
            return redirect(_back(authorization))
    context = _context(authorization) | {"form": form, "gone": gone, "mark": mark}
    return render(
        request, "authorizations/privacyverklaring/give.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@writes
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down that the patient took it back, with the day and the reason."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    if found.in_force(authorization) is None:
        messages.info(request, privacyverklaring.NONE)
        return redirect("authorizations:privacyverklaring", reference)
    form = WithdrawPrivacy(request.POST if request.method == "POST" else None, today=timezone.localdate(now))
    if form.is_bound and form.is_valid():
        try:
            privacyverklaring.withdraw(authorization_id=authorization.pk, by=actor, now=now, **form.cleaned_data)
        except privacyverklaring.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except privacyverklaring.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            log.tells(request, wijziging="ingetrokken")
            messages.success(request, "De privacyverklaring is ingetrokken. Wat wij verwijderden, komt niet terug.")
            return redirect(_back(authorization))
    context = _context(authorization) | {"form": form}
    return render(
        request, "authorizations/privacyverklaring/withdraw.html", context, status=UNPROCESSABLE if form.errors else 200
    )


def _context(authorization: AuthorizationRequest) -> dict[str, Any]:
    return {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "privacy": found.in_force(authorization),
        "withdrawn": found.withdrawn(authorization),
        "back_url": _back(authorization),
    }


def _keep_scan(form: Give, authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> None:
    """Put the document on the checklist at once: it is not lost when something else is still wrong."""
    scan, way = form.cleaned_data.get("scan"), form.cleaned_data.get("way")
    if not scan or way != PrivacyWay.UPLOADED:
        return
    _, refused = checklist.receive(authorization, [scan], by=by, now=now, kinds=[DocumentKind.PRIVACYVERKLARING])
    for _, reason in refused:
        form.add_error("scan", reason)


def _way(actor: Actor) -> str:
    return PrivacyWay.UPLOADED.value if actor.is_insurer else ""


def _back(authorization: AuthorizationRequest) -> str:
    if authorization.is_draft:
        return steps.url(authorization, STEP)
    return reverse("authorizations:request-detail", args=[authorization.reference])
