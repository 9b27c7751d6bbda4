"""Grant the own requests that are ready, many after each other: choose, look once more, and decide on each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations.domain.bulk_grant import MOST
from authorizations.domain.terms import Addressee
from authorizations.services import bulk_grant, rule_approval
from authorizations.services.bulk_grant import Ready
from authorizations.web.forms.review_bulk import GrantMany

SEEN = "gezien-"
UNPROCESSABLE = 422


@dataclass(frozen=True)
class Line:
    """A request that is granted, in words; `picked` when its box is ticked."""

    reference: str
    insured: str
    provider: str
    code: str
    setting: str
    starts_on: date | None
    ends_on: date | None
    hours: Decimal
    days_of_stay: int | None
    seen: str
    picked: bool


@access.require(Role.MEDISCH_ADVISEUR)
def grant(request: HttpRequest) -> HttpResponse:
    """Show what can be granted in one go; grants what was looked at, each on its own, and tells what came of it."""
    actor = access.actor(request)
    if request.method != "POST":
        return _choose(request, actor)
    form, seen = _form(request, actor)
    if not form.is_valid():
        return _choose(request, actor, form=form)
    if not access.confirmed(request):
        return access.confirm_first(request)
    picked = form.cleaned_data["picked"]
    log.shows(request, picked)
    results = bulk_grant.grant_many(
        requests={reference: seen.get(reference, "") for reference in picked},
        summary=form.cleaned_data["summary"],
        by=actor,
        now=timezone.now(),
    )
    context = {
        "granted": [one.reference for one in results if not one.why_not],
        "refused": [one for one in results if one.why_not],
    }
    return render(request, "authorizations/review/bulk_done.html", context)


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Show once more what was chosen, with the letters; nothing is decided by it."""
    actor, now = access.actor(request), timezone.now()
    form, seen = _form(request, actor)
    if not form.is_valid():
        return _choose(request, actor, form=form)
    picked = {reference: seen.get(reference, "") for reference in form.cleaned_data["picked"]}
    ready = bulk_grant.chosen(picked, by=actor, now=now)
    log.shows(request, [one.authorization.reference for one in ready])
    reference, _, to = request.POST.get("voorbeeld", "").partition(" ")
    wanted = next((one.authorization for one in ready if one.authorization.reference == reference), None)
    if wanted and to in Addressee.__members__.values():
        content = bulk_grant.preview(wanted, form.cleaned_data["summary"], Addressee(to), by=actor, now=now)
        inline = {"Content-Disposition": 'inline; filename="voorbeeld.pdf"'}
        return HttpResponse(content, content_type="application/pdf", headers=inline)
    context = {"lines": [_line(one, picked=True) for one in ready], "summary": form.cleaned_data["summary"]}
    return render(request, "authorizations/review/bulk_look.html", context)


def _form(request: HttpRequest, actor: Actor) -> tuple[GrantMany, dict[str, str]]:
    """Return the form, for the own requests only, and what the page showed of each."""
    wanted = dict.fromkeys(request.POST.getlist("picked")[: MOST + 1], "")
    seen = {reference: request.POST.get(SEEN + reference, "") for reference in wanted}
    return GrantMany(request.POST, known=bulk_grant.visible(wanted, by=actor)), seen


def _choose(request: HttpRequest, actor: Actor, *, form: GrantMany | None = None) -> HttpResponse:
    offer = bulk_grant.offer(by=actor, now=timezone.now())
    every = request.method != "POST" and request.GET.get("kies") == "alles"
    picked = request.POST.getlist("picked")
    lines = [_line(one, picked=every or one.authorization.reference in picked) for one in offer.ready]
    fitting = list(rule_approval.prepared_for(actor)[:MOST])
    log.shows(request, [line.reference for line in lines])
    log.shows(request, [one.reference for one in offer.others])
    log.shows(request, [one.reference for one in fitting])
    context = {
        "form": form or GrantMany(),
        "lines": lines,
        "others": offer.others,
        "is_more": offer.is_more,
        "fitting": fitting,
        "all_picked": every,
        "most": MOST,
        "without_big": not actor.big_number,
    }
    return render(request, "authorizations/review/bulk.html", context, status=UNPROCESSABLE if form else 200)


def _line(one: Ready, *, picked: bool) -> Line:
    authorization, granted = one.authorization, one.grant
    return Line(
        reference=authorization.reference,
        insured=authorization.insured.short_name,
        provider=authorization.provider.name,
        code=granted.declaratie_code,
        setting=granted.setting.label if granted.setting else "",
        starts_on=granted.starts_on,
        ends_on=granted.ends_on,
        hours=sum(granted.hours.values(), Decimal()),
        days_of_stay=granted.days_of_stay,
        seen=one.seen,
        picked=picked,
    )
