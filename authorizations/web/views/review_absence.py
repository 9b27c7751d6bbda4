"""Who isn't there: a coordinator notes it for everybody, a medisch adviseur for him- or herself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from authorizations.domain import absence as rules
from authorizations.queries.absences import absences
from authorizations.services import absence
from authorizations.web.forms.review_absence import Away
from kit import text


@access.require(Role.MEDISCH_ADVISEUR, Role.COORDINATOR)
def away(request: HttpRequest) -> HttpResponse:
    """Show who is away and when; note it, or take it away."""
    actor, now = access.actor(request), timezone.now()
    advisors = _advisors(actor)
    data = request.POST if request.method == "POST" and "haalweg" not in request.POST else None
    form = Away(data, advisors=advisors, chooses=actor.has(Role.COORDINATOR))
    try:
        if "haalweg" in request.POST:
            absence.end(absence_id=text.number(request.POST["haalweg"]) or 0, by=actor)
            messages.success(request, "Deze afwezigheid is weggehaald.")
            return redirect("authorizations:review-absence")
        if form.is_bound and form.is_valid():
            who = form.cleaned_data.get("wie", str(actor.user_id))
            absence.note(
                user_id=int(who),
                first_day=form.cleaned_data["van"],
                last_day=form.cleaned_data["tot"],
                by=actor,
                now=now,
            )
            messages.success(request, f"Vastgelegd. {dict(advisors)[who]} is er die dagen niet.")
            return redirect("authorizations:review-absence")
    except absence.NotAllowed as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
    today = timezone.localdate(now)
    context = {
        "form": form,
        "absences": [(one, one.first_day <= today) for one in absences(actor, today=today)],
        "divides": actor.has(Role.COORDINATOR),
        "margin": rules.MARGIN,
        "unseen": rules.UNSEEN,
    }
    return render(request, "authorizations/review/absence.html", context, status=422 if form.errors else 200)


def _advisors(actor: Actor) -> list[tuple[str, str]]:
    found = accounts.people_with(actor.organization_id, Role.MEDISCH_ADVISEUR)
    if not actor.has(Role.COORDINATOR):
        found = found.filter(pk=actor.user_id)
    return [(str(person.pk), person.full_name) for person in found]
