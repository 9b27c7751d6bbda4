"""A zorgtraject in the GGZ: its page, beginning one, and what a provider tells of its dbc's."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.domain.actors import Actor
from accounts.web import access
from authorizations import queries
from authorizations.domain import dbcs as rules
from authorizations.domain import kinds, words
from authorizations.domain.dbcs import DbcKind
from authorizations.models import Dbc, Zorgtraject
from authorizations.queries import courses
from authorizations.queries import dbcs as asked
from authorizations.services import dbcs
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.subtrajects import Patient
from authorizations.services.traject_numbers import Wrong
from authorizations.web.forms import dbcs as forms
from authorizations.web.views import traject_numbers
from authorizations.web.views.intake import policies_for
from authorizations.web.views.subtrajects_lists import own, posted, seen_by, shown, term_of
from ggz_codes.domain.choices import on
from ggz_codes.queries import choices
from kit import rows

tells = access.require(*sorted(queries.FILING_ROLES))
TELL, BEGIN = "authorizations/dbcs/tell.html", "authorizations/dbcs/begin.html"
CALLED = {DbcKind.INITIAL: "Initiële dbc", DbcKind.VERVOLG: "Vervolg-dbc"}


def page(request: HttpRequest, traject: Zorgtraject, facts: Mapping[str, Any]) -> HttpResponse:
    """Show a zorgtraject in the GGZ, which was looked up and logged."""
    actor, today = access.actor(request), timezone.localdate()
    every = asked.every(traject)
    standing = [one for one in every if one.removed_at is None]
    numbers = traject_numbers.beside(actor, traject)
    events = [*(event for one in every for event in _events(one)), *numbers["number_events"]]
    context = {
        "traject": traject,
        "rows_of_dbcs": [_row(number, one, today=today) for number, one in enumerate(standing, 1)],
        "last": standing[-1] if standing else None,
        "next_kind": rules.next_kind([one.told for one in standing]).label.lower(),
        "events": sorted(events, key=lambda event: event["at"]),
        **numbers,
        **seen_by(actor),
        **facts,
    }
    return render(request, "authorizations/dbcs/detail.html", context)


def _row(number: int, dbc: Dbc, *, today: date) -> dict[str, Any]:
    level, said = term_of(dbc, today=today)
    return {"number": number, "dbc": dbc, "level": level, "words": said}


def _events(dbc: Dbc) -> list[dict[str, Any]]:
    called = f"{CALLED[DbcKind(dbc.kind)]} van {words.day(dbc.opened_on)}"
    told: list[tuple[str, datetime, Any, str]] = [("vastgelegd", dbc.registered_at, dbc.registered_by, "")]
    if dbc.closed_at and dbc.closed_on:
        told.append((f"gesloten op {words.day(dbc.closed_on)}", dbc.closed_at, dbc.closed_by, ""))
    if dbc.removed_at:
        told.append(("verwijderd", dbc.removed_at, dbc.removed_by, "x"))
    return [
        {"state": "done", "title": f"{called}: {what}", "at": at, "by": by and by.full_name, "note": "", "sign": sign}
        for what, at, by, sign in told
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a zorgtraject in the GGZ with its initial dbc."""
    actor = access.actor(request)
    every, _others = policies_for(actor)
    policies = {slug: one for slug, one in every.items() if kinds.outside_subtrajects(one.kinds)}
    form = forms.Begin(
        request.POST if request.method == "POST" else None,
        policies=policies,
        valid_on=queries.policy_version_on,
        known_otherwise=lambda bsn, birth_date: courses.known_otherwise(actor, bsn, birth_date),
        today=timezone.localdate(),
    )
    context = {"codes": on(timezone.localdate(), choices.zorgtypes()), "codes_day": "opened_on", "offered": policies}
    if form.pressed:
        return render(request, BEGIN, context | {"form": rows.quiet(form)})
    if request.method == "POST" and form.is_valid() and form.version:
        given = form.cleaned_data
        try:
            traject = dbcs.begin(
                number=given["number"],
                policy_version=form.version,
                patient=Patient(**form.patient()),
                first=form.told,
                diagnosis=given["diagnosis_code"],
                privacyverklaring=given["privacyverklaring"],
                by=actor,
                now=timezone.now(),
            )
        except Wrong as refusal:
            form.put(refusal)
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            shown(request, [traject])
            messages.success(request, f"Zorgtraject {traject.number} is begonnen.")
            return redirect("authorizations:traject", traject.pk)
    return render(request, BEGIN, context | {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def add(request: HttpRequest, traject_id: int) -> HttpResponse:
    """Write down a dbc beside those that stand there."""
    traject = _own(request, traject_id)
    kind = rules.next_kind([one.told for one in asked.standing(traject)])
    form = forms.Add(posted(request), kind=kind)

    def write(by: Actor) -> str:
        dbc = dbcs.add(zorgtraject_id=traject.pk, told=form.told, by=by, now=timezone.now())
        return f"De dbc van {words.day(dbc.opened_on)} is vastgelegd."

    texts: dict[str, Any] = {
        "title": f"{CALLED[kind]} vastleggen",
        "button": "Leg de dbc vast",
        "intro": f"Een dbc duurt hoogstens {rules.LONGEST.days} dagen. Een vervolg opent na het sluiten van de vorige.",
        "codes": on(timezone.localdate(), choices.zorgtypes()),
        "codes_day": "opened_on",
    }
    return _tell(request, traject, form, write, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def close(request: HttpRequest, traject_id: int, dbc_id: int) -> HttpResponse:
    """Say on which day a dbc closed."""
    traject, dbc = _dbc(request, traject_id, dbc_id)
    form = forms.Close(posted(request))

    def write(by: Actor) -> str:
        dbcs.close(dbc_id=dbc.pk, closed_on=form.cleaned_data["closed_on"], by=by, now=timezone.now())
        return f"De dbc van {words.day(dbc.opened_on)} is gesloten."

    texts = {
        "title": "Dbc sluiten",
        "button": "Sluit de dbc",
        "intro": f"De dbc is geopend op {words.day(dbc.opened_on)} en sluit uiterlijk op "
        f"{words.day(rules.last_day(dbc.opened_on))}.",
    }
    return _tell(request, traject, form, write, texts)


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def remove(request: HttpRequest, traject_id: int, dbc_id: int) -> HttpResponse:
    """Let a dbc that was registered wrongly count no more."""
    traject, dbc = _dbc(request, traject_id, dbc_id)
    form = forms.Told(posted(request))

    def write(by: Actor) -> str:
        dbcs.remove(dbc_id=dbc.pk, by=by, now=timezone.now())
        return f"De dbc van {words.day(dbc.opened_on)} telt niet meer mee."

    texts = {
        "title": "Dbc verwijderen",
        "button": "Verwijder de dbc",
        "intro": f"Is de dbc van {words.day(dbc.opened_on)} verkeerd vastgelegd? Verwijder haar en leg haar opnieuw "
        "vast. Dat zij er stond, blijft te zien.",
    }
    return _tell(request, traject, form, write, texts)


# -- what these have in common ---------------------------------------------------------------------------------------


def _tell(
    request: HttpRequest, traject: Zorgtraject, form: forms.Told, write: Callable[[Actor], str], texts: dict[str, Any]
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            said = write(access.actor(request))
        except Wrong as refusal:
            form.put(refusal)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("authorizations:traject", traject.pk)
    return render(request, TELL, {"traject": traject, "form": form, **texts}, status=422 if form.errors else 200)


def _own(request: HttpRequest, traject_id: int) -> Zorgtraject:
    return own(request, asked.kept_by(access.actor(request)), traject_id)


def _dbc(request: HttpRequest, traject_id: int, dbc_id: int) -> tuple[Zorgtraject, Dbc]:
    traject = _own(request, traject_id)
    return traject, get_object_or_404(traject.dbcs.filter(removed_at=None), pk=dbc_id)
