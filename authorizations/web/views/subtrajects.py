"""One zorgtraject: its course as a picture and as a table, what stands to be done, hours used, and what happened."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.domain.actors import Actor
from accounts.web import access
from authorizations.domain import course_now, course_picture, forecast, hours_used, identifiers
from authorizations.domain.masking import masked_bsn
from authorizations.domain.subtrajects import Change, Closing, Ground
from authorizations.domain.terms import Discipline, Indication
from authorizations.models import Grant, Subtraject, SubtrajectEvent, Zorgactiviteit, Zorgtraject
from authorizations.queries import courses
from authorizations.web.views.subtrajects_lists import LOOKERS, seen_by, shown, term_of

SIGNS = {
    Change.REOPENED: "left",
    Change.MOVED: "clock",
    Change.GONE: "x",
    Change.TO_CORRECT: "warning",
    Change.TAKEN_BACK: "left",
}


@require_safe
@access.require(*LOOKERS)
def detail(request: HttpRequest, traject_id: int) -> HttpResponse:
    """Show how one zorgtraject goes."""
    actor, today = access.actor(request), timezone.localdate()
    traject = get_object_or_404(courses.whole(actor), pk=traject_id)
    shown(request, [traject])
    rows, done = courses.rows(traject), courses.everything_done(traject)
    seen = seen_by(actor)
    standing = [one for one in done if one.removed_at is None]
    warned = courses.warnings(traject, actor)
    grants: list[Grant] = list({row.granted_id: row.granted for row in rows if row.granted}.values())
    context = {
        "traject": traject,
        "now": _now(traject, rows[-1], today=today),
        "picture": course_picture.draw(
            [_span(row, standing) for row in rows],
            granted=[(grant.starts_on, grant.ends_on) for grant in grants],
            warned_on=[timezone.localdate(one.at) for one in warned],
            today=today,
        ),
        "rows": [_row(number, row, standing, today=today) for number, row in enumerate(rows, 1)],
        "last": rows[-1],
        "key": uuid.uuid4(),
        "follow_up": courses.follow_up_of(actor, rows[-1].granted) if actor.is_provider else None,
        "warnings": warned,
        "events": _events(courses.history(traject), can_read=seen["can_read"]),
        "simulator_url": simulator_url(traject, rows[-1], standing),
        "to_correct": [row for row in rows if row.to_correct_since],
        "today": today,
        **seen,
        **_facts(traject, actor, seen),
    }
    if seen["can_read"]:
        context |= {
            "usages": [_usage(grant, rows, standing) for grant in grants] or [_usage(None, rows, standing)],
            "done": done,
        }
    return render(request, "authorizations/subtrajects/detail.html", context)


def simulator_url(traject: Zorgtraject, row: Subtraject, standing: Sequence[Zorgactiviteit]) -> str:
    """Return the simulator with the opening and the days of the activities filled in: days only, and no answer yet."""
    days = sorted({one.performed_on for one in _own(row, standing)})
    asked = {
        "opened_0": row.opened_on.day,
        "opened_1": row.opened_on.month,
        "opened_2": row.opened_on.year,
        "policy": traject.policy_version.slug,
        "planned": ", ".join(f"{day.day}-{day.month}-{day.year}" for day in days),
    }
    return f"{reverse('authorizations:simulator')}?{urlencode(asked)}"


def _facts(traject: Zorgtraject, actor: Actor, seen: dict[str, Any]) -> dict[str, Any]:
    other = ("Verzekeraar", traject.insurer.name) if actor.is_provider else ("Zorgaanbieder", traject.provider.name)
    facts = [other]
    patient = ""
    if seen["can_read"]:
        insured = traject.insured
        patient = insured.short_name
        facts += [
            ("Indicatie", traject.get_indication_display()),
            ("Diagnose", _diagnosis(traject)),
            ("Patiënt", insured.full_name),
            ("BSN", masked_bsn(insured.bsn)),
        ]
    return {"facts": facts, "patient": patient}


def _diagnosis(traject: Zorgtraject) -> str:
    if traject.privacyverklaring:
        return "Niet bewaard: privacyverklaring"
    try:
        found = identifiers.icd10(traject.diagnosis)
    except ValueError:
        return traject.diagnosis
    return f"{found.code}, {found.description}"


def _now(traject: Zorgtraject, row: Subtraject, *, today: date) -> course_now.Now:
    pain = traject.indication == Indication.CHRONIC_PAIN
    if row.closed_on:
        return course_now.of_closed(closed_on=row.closed_on, closed_by=row.closed_by, chronic_pain=pain)
    return course_now.of_open(
        opened_on=row.opened_on,
        closes_on=row.closes_on,
        closes_by=row.closes_by,
        idle_on=row.idle_on,
        finished_on=row.finished_on,
        chronic_pain=pain,
        today=today,
    )


def _own(row: Subtraject, standing: Sequence[Zorgactiviteit]) -> list[Zorgactiviteit]:
    return [one for one in standing if row.opened_on <= one.performed_on <= (row.closed_on or date.max)]


def _span(row: Subtraject, standing: Sequence[Zorgactiviteit]) -> course_picture.Span:
    closing = Closing(row.closed_on, tuple(course_now.grounds(row.closed_by))) if row.closed_on else None
    return course_picture.Span(row.opened_on, closing, sorted({one.performed_on for one in _own(row, standing)}))


def _row(number: int, row: Subtraject, standing: Sequence[Zorgactiviteit], *, today: date) -> dict[str, Any]:
    level, words = term_of(row, today=today)
    return {
        "number": number,
        "row": row,
        "level": level,
        "words": words,
        "why": forecast.closing_words(course_now.grounds(row.closed_by or row.closes_by)),
        "many": len(_own(row, standing)),
    }


def _usage(grant: Grant | None, rows: Sequence[Subtraject], standing: Sequence[Zorgactiviteit]) -> dict[str, Any]:
    """Return the hours under one machtiging; without any, what was done altogether."""
    under = [row for row in rows if grant is None or row.granted_id == grant.pk]
    done = [one for row in under for one in _own(row, standing)]
    granted = [(Discipline(line.discipline), line.hours) for line in grant.hours.all()] if grant else []
    return {
        "grant": grant,
        "usage": hours_used.used(((one.code, Discipline(one.discipline), one.units) for one in done), granted),
    }


def _events(history: Sequence[SubtrajectEvent], *, can_read: bool) -> list[dict[str, Any]]:
    """Return what happened as the timeline shows it; why is for who may read what was done."""
    return [
        {
            "state": "done",
            "title": f"{event.get_change_display()}, subtraject van {event.opened_on.day}-{event.opened_on.month}-"
            f"{event.opened_on.year}",
            "at": event.at,
            "by": event.by.full_name if event.by else "het portaal",
            "note": _note(event, can_read=can_read),
            "sign": SIGNS.get(Change(event.change), ""),
        }
        for event in history
    ]


def _note(event: SubtrajectEvent, *, can_read: bool) -> str:
    told = []
    if event.closed_on:
        why = forecast.closing_words([Ground(one) for one in event.closed_by.split("+")])
        told.append(f"Sluit op {event.closed_on.day}-{event.closed_on.month}-{event.closed_on.year}: {why}.")
    if can_read and event.reason:
        told.append(event.reason)
    return " ".join(told)
