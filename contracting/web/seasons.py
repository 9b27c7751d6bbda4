"""The purchasing calendar of an insurer, and the startbrieven that go out with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import access
from contracting.domain.seasons import Deadline, usual_days
from contracting.models import Season
from contracting.queries import seasons as asked
from contracting.services import seasons
from contracting.services.refusals import Incomplete, NotAllowed
from contracting.web.doors import keeps, reads, status_of
from contracting.web.forms_seasons import TOLD, Plan
from kit.downloads import respond
from papers.services import downloads


@require_safe
@keeps
def listed(request: HttpRequest) -> HttpResponse:
    """Show the seasons, each with what still comes."""
    today = timezone.localdate()
    rows = [
        (one, [(deadline.label, on) for deadline, on in asked.days_of(one).items() if on >= today])
        for one in asked.of_insurer(access.actor(request))
    ]
    return render(request, "contracting/season/list.html", {"seasons": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def new(request: HttpRequest) -> HttpResponse:
    """Plan another season; it begins with the days of the source."""
    year = timezone.localdate().year + 1
    first: dict[str, Any] = {deadline.value: on for deadline, on in usual_days(year).items()} | {"year": year}
    return _plan(request, None, Plan(request.POST or None, initial=first))


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def season(request: HttpRequest, season_id: int) -> HttpResponse:
    """Show and change a season, and see who has the startbrief."""
    found = get_object_or_404(asked.of_insurer(access.actor(request)), pk=season_id)
    first = {name: getattr(found, name) for name in (*(one.value for one in Deadline), *TOLD, "year")}
    return _plan(request, found, Plan(request.POST or None, initial=first))


@require_POST
@keeps
def send(request: HttpRequest, season_id: int) -> HttpResponse:
    """Write the startbrief to who has a contract and hasn't got it."""
    actor = access.actor(request)
    found = get_object_or_404(asked.of_insurer(actor), pk=season_id)
    try:
        number = seasons.send_start_letters(season_id=found.pk, by=actor, now=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        what = "1 zorgaanbieder krijgt" if number == 1 else f"{number} zorgaanbieders krijgen"
        messages.success(request, f"{what} de startbrief. De brieven worden gemaakt.")
    return redirect("contracting:season", found.pk)


@require_safe
@reads
def letter(request: HttpRequest, start_id: int) -> HttpResponseBase:
    """Hand out a startbrief."""
    found = get_object_or_404(asked.letters_for(access.actor(request)), pk=start_id)
    try:
        return respond(downloads.letter(found.letter, name=f"startbrief-{found.year}.pdf"))
    except downloads.NotAvailable as refusal:
        messages.info(request, str(refusal))
        return redirect("contracting:contracts")


def _plan(request: HttpRequest, found: Season | None, form: Plan) -> HttpResponse:
    actor = access.actor(request)
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = {
            "season_id": found.pk if found else None,
            "year": form.cleaned_data["year"],
            "days": form.days,
        }
        given |= form.told
        try:
            kept = seasons.plan(by=actor, now=timezone.now(), **given)
        except Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except NotAllowed as refusal:
            form.add_error("year", str(refusal))
        else:
            messages.success(request, "De inkoopkalender is bewaard.")
            return redirect("contracting:season", kept.pk)
    context = {
        "form": form,
        "season": found,
        "letters": asked.letters_for(actor).filter(season=found) if found else [],
        "left": len(asked.holders_without_letter(found)) if found else 0,
    }
    return render(request, "contracting/season/one.html", context, status=status_of(form))
