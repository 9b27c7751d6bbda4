"""Two questions about one: who saw the data of this insured, and what could this account have seen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.domain.actors import Actor
from accounts.web import access
from audit import queries
from audit.domain.events import Subject
from audit.web import log
from portal import audited_about
from portal.logbook import export, forms, words
from portal.logbook.views import keeper, people_of

MOST = 5000
SHOWN = 500


@keeper
def insured(request: HttpRequest) -> HttpResponse:
    """Make the overview for an insured of who saw his or her data at this organisation: to print and hand over."""
    actor = access.actor(request)
    form = forms.OfInsured(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bsn = form.cleaned_data["bsn"]
        pseudonym = audited_about.insured(bsn)
        log.about(request, _subject(actor, pseudonym))
        events = list(queries.about_insured(actor.organization_id, pseudonym)[: MOST + 1])
        context = {
            "number": f"*****{bsn[-4:]}",
            "days": words.story(events[:MOST], own=actor.organization_id),
            "too_many": len(events) > MOST,
            "made_at": timezone.localtime(),
            "actor": actor,
        }
        return render(request, "portal/logbook/insured_overview.html", context)
    return render(request, "portal/logbook/insured.html", {"form": form}, status=422 if form.errors else 200)


@keeper
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show which dossiers an account could have seen in a period: the question after a break-in."""
    actor = access.actor(request)
    form = forms.OfAccount(request.GET if "wie" in request.GET else None, people=people_of(actor.organization_id))
    context: dict[str, Any] = {"form": form, "seen": None}
    if form.is_bound and form.is_valid():
        asked = _period(form, actor)
        seen = list(queries.dossiers_seen(**asked, most=SHOWN))
        in_all = seen[0] if seen else {}
        context |= {
            "seen": seen,
            "shown": SHOWN,
            "count": in_all.get("count", 0),
            "medical": in_all.get("all_medical", 0),
            "opened": in_all.get("all_opened", 0),
            "addresses": queries.addresses_of(**asked),
            "events": queries.by_user(**asked).count(),
            "name": dict(people_of(actor.organization_id))[form.cleaned_data["wie"]],
            "since": asked["since"],
            "until": asked["until"],
            "export_url": f"{reverse('logbook:account-export')}?{request.GET.urlencode()}",
        }
    return render(request, "portal/logbook/account.html", context, status=422 if form.errors else 200)


@keeper
@require_safe
def account_export(request: HttpRequest) -> HttpResponse:
    """Hand out the same as a file."""
    actor = access.actor(request)
    form = forms.OfAccount(request.GET, people=people_of(actor.organization_id))
    if not form.is_valid():
        return redirect(f"{reverse('logbook:account')}?{request.GET.urlencode()}")
    written = export.dossiers(queries.dossiers_seen(**_period(form, actor)))
    return HttpResponse(
        written,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="gezien-door-account.csv"'},
    )


def _period(form: forms.OfAccount, actor: Actor) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "organization_id": actor.organization_id,
        "user_id": int(given["wie"]),
        "since": given["since"],
        "until": given["until"],
    }


def _subject(actor: Actor, pseudonym: str) -> Subject:
    """Return the insured as a subject of this organisation, so that this look-up stands in the overview too."""
    here = actor.organization_id
    provider, insurer = (None, here) if actor.is_insurer else (here, None)
    return Subject("", provider_id=provider, insurer_id=insurer, insured=pseudonym, consented=True)
