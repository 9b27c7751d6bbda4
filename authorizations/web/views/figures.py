"""The figures of the own desk, for who works there, and those of every insurer, for everybody."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.domain.actors import Actor
from accounts.web import access
from authorizations.domain import figures as rules
from authorizations.domain.suppression import LEAST, Hidden
from authorizations.queries import counting
from authorizations.queries import figures as queries
from authorizations.web import figures
from authorizations.web.forms.figures import Period
from kit.downloads import csv_file


class Asked(NamedTuple):
    """What somebody asked for, and what was counted of that."""

    form: Period
    counted: list[queries.Counted]
    policies: dict[str, str]
    criteria: dict[str, str]


@require_safe
@access.require(*sorted(queries.READERS))
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what came in, how long it took and whose time that was, what came of it and why."""
    asked = _asked(request, access.actor(request))
    if asked is None:
        return render(request, "authorizations/figures/desk.html", {"until": None})
    first, last = asked.form.days
    context = {
        "form": asked.form,
        "until": asked.form.until,
        "first": first,
        "last": last,
        "query": request.GET.urlencode(),
        "figures": figures.page(asked.counted, first=first, last=last, criteria=asked.criteria),
    }
    return render(request, "authorizations/figures/desk.html", context)


@require_safe
@access.require(*sorted(queries.READERS))
def export(request: HttpRequest) -> HttpResponseBase:
    """Hand out the same figures as rows for a spreadsheet."""
    asked = _asked(request, access.actor(request))
    counted, policies, criteria = (asked.counted, asked.policies, asked.criteria) if asked else ([], {}, {})
    return csv_file("cijfers.csv", lambda lines: figures.write(lines, counted, policies=policies, criteria=criteria))


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show everybody the figures of each quarter of an insurer, with the small numbers hidden."""
    published = list(queries.published())
    insurers = {str(one.insurer_id): one.insurer.name for one in published}
    chosen = request.GET.get("verzekeraar", "")
    chosen = chosen if chosen in insurers else next(iter(insurers), "")
    quarters = [one for one in published if str(one.insurer_id) == chosen]
    context = {
        "insurers": sorted(insurers.items(), key=lambda one: one[1].casefold()),
        "chosen": chosen,
        "name": insurers.get(chosen, ""),
        "quarters": [(one, rules.quarter(one.starts_on)[1], (one.starts_on.month + 2) // 3) for one in quarters],
        "hidden": {term.value: term.label for term in Hidden},
        "least": LEAST,
    }
    return render(request, "authorizations/figures/public.html", context)


def _asked(request: HttpRequest, actor: Actor) -> Asked | None:
    """Return what was asked for; None before a day was counted."""
    until, since = counting.last_counted(), counting.first_counted()
    if until is None or since is None:
        return None
    policies = queries.policies_of(actor.organization_id)
    form = Period(request.GET, until=until, since=since, policies=policies)
    first, last = form.days
    counted = queries.counted(actor, first=first, last=last, policy=form.policy)
    return Asked(form, counted, policies, queries.criteria_of(actor.organization_id))
