"""One zorgtraject: its course as a picture and as a table, what stands to be done, hours used, and what happened."""

import uuid
from collections.abc import Mapping, Sequence
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
from authorizations import queries
from authorizations.domain import course_now, course_picture, forecast, identifiers, words
from authorizations.domain import subtrajects as rules
from authorizations.domain.check_words import SIGNALS
from authorizations.domain.masking import masked_bsn
from authorizations.domain.subtrajects import Activity, Change, Closing, Ground
from authorizations.domain.terms import Indication
from authorizations.models import Subtraject, SubtrajectEvent, SubtrajectWarning, Zorgactiviteit, Zorgtraject
from authorizations.queries import courses, titles
from authorizations.services import recounting
from authorizations.web.views import dbcs, traject_numbers
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
    if traject.in_dbcs:
        return dbcs.page(request, traject, _facts(traject, actor, seen_by(actor)))
    rows, done = courses.rows(traject), courses.everything_done(traject)
    seen = seen_by(actor)
    standing = [one for one in done if one.removed_at is None]
    warned = courses.warnings(traject, actor)
    grants = courses.grants_over(rows)
    numbers = traject_numbers.beside(actor, traject)
    under: list[titles.Title] = [*grants, *dict.fromkeys(row.taken_over for row in rows if row.taken_over)]
    context = {
        "traject": traject,
        "now": _now(traject, rows[-1], today=today),
        "picture": course_picture.draw(
            [_span(row, standing) for row in rows],
            granted=[(one.starts_on, one.ends_on) for one in under],
            warned_on=[timezone.localdate(one.at) for one in warned],
            today=today,
        ),
        "rows": [_row(number, row, standing, today=today) for number, row in enumerate(rows, 1)],
        "last": rows[-1],
        "key": uuid.uuid4(),
        "follow_up": courses.follow_up_of(actor, traject, rows[-1].granted) if actor.is_provider else None,
        "warnings": [_warned(one) for one in _once(warned)],
        "remarks": _remarks(traject, rows, standing, today=today) if seen["can_read"] else [],
        "events": [*_events(courses.history(traject), can_read=seen["can_read"]), *numbers["number_events"]],
        "simulator_url": simulator_url(traject, rows[-1], standing),
        "to_correct": " ".join(_to_correct(traject, rows, today=today)),
        "today": today,
        **seen,
        **numbers,
        **_facts(traject, actor, seen),
    }
    context["events"].sort(key=lambda event: event["at"])
    if seen["can_read"]:
        context |= {"usages": courses.usages(actor, traject, rows), "done": done}
    return render(request, "authorizations/subtrajects/detail.html", context)


def simulator_url(traject: Zorgtraject, row: Subtraject, standing: Sequence[Zorgactiviteit]) -> str:
    """Return the simulator with the opening and the days of the activities filled in: days only, and no answer yet."""
    days = _counted(_own(row, standing))
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
    if seen["can_read"] and traject.died_on:
        facts.append(("Overleden", f"{traject.died_on.day}-{traject.died_on.month}-{traject.died_on.year}"))
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
    if traject.died_on:
        return course_now.of_died(traject.died_on, closes_on=row.closes_on, closed=row.closed_on is not None)
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


def _counted(own: Sequence[Zorgactiviteit]) -> list[date]:
    """Return the days of the activities that restart the 42 days."""
    return sorted({one.performed_on for one in own if one.profile_class in rules.COUNTED_CLASSES})


def _span(row: Subtraject, standing: Sequence[Zorgactiviteit]) -> course_picture.Span:
    closing = Closing(row.closed_on, tuple(course_now.grounds(row.closed_by))) if row.closed_on else None
    own = _own(row, standing)
    days = _counted(own)
    others = sorted({one.performed_on for one in own} - set(days))
    expected_on = None if closing else row.closes_on
    return course_picture.Span(row.opened_on, closing, days, expected_on=expected_on, uncounted=others)


def _remarks(
    traject: Zorgtraject, rows: Sequence[Subtraject], standing: Sequence[Zorgactiviteit], *, today: date
) -> list[tuple[str, str]]:
    """Return what a person should look at, with the subtraject that it is about; none of it blocks anything."""
    found = []
    for row in rows:
        # What came after a finish stands out there, also when it opened a vervolg.
        own = [one for one in standing if one.performed_on >= row.opened_on] if row.finished_on else _own(row, standing)
        signals = rules.signals(
            opened_on=row.opened_on,
            activities=[Activity(one.performed_on, one.profile_class) for one in own],
            judged_on=today if row.finished_on else row.closed_on or today,
            chronic_pain=traject.indication == Indication.CHRONIC_PAIN,
            finished_on=row.finished_on,
            by=queries.policy(traject.policy_version).closing,
        )
        found += [(f"{one.label}, subtraject van {words.day(row.opened_on)}", SIGNALS[one]) for one in signals]
    late = course_now.after_death(traject.died_on, (one.performed_on for one in standing))
    if late:
        many = "Er staat 1 activiteit" if late == 1 else f"Er staan {late} activiteiten"
        found.append(("Activiteit na het overlijden", f"{many} van na het overlijden. Controleer de dagen."))
    return found


def _to_correct(traject: Zorgtraject, rows: list[Subtraject], *, today: date) -> list[str]:
    """Return what was declared and should be otherwise, each with what it would be."""
    declared_until = max((row.opened_on for row in rows if row.declared_at), default=None)
    if declared_until is None:
        return []
    closings = recounting.closings(traject, rows, today=today)
    # What wasn't declared itself, but lies before what was, waits for that correction.
    waits = [row for row in rows if not row.declared_at and row.opened_on < declared_until]
    otherwise = [row for row in waits if not recounting.is_so(row, closings.get(row.opened_on))]
    return [_corrected(row, closings) for row in rows if row.to_correct_since or row in otherwise]


def _corrected(row: Subtraject, closings: Mapping[date, Closing | None]) -> str:
    told = f"Het subtraject van {words.day(row.opened_on)}"
    if row.opened_on not in closings:
        return f"{told} zou vervallen: de activiteiten horen bij het vorige."
    closing = closings[row.opened_on]
    if closing is None:
        return f"{told} zou nog open zijn."
    if recounting.is_so(row, closing):
        return f"{told} sluit op dezelfde dag, maar de activiteiten zijn veranderd."
    why = forecast.closing_words(closing.grounds)
    return f"{told} zou sluiten op {words.day(closing.closed_on)}: {why}."


def _once(warned: Sequence[SubtrajectWarning]) -> list[SubtrajectWarning]:
    """Return one of what was said on the same day of the same end: who was away for a while got both at once."""
    return list({(timezone.localdate(one.at), one.ground, one.closes_on): one for one in warned}.values())


def _warned(warning: SubtrajectWarning) -> str:
    at, ends = timezone.localdate(warning.at), warning.closes_on
    why = warning.get_ground_display().lower()
    return f"{words.day(at)}: {course_now.left(ends, today=at)} tot {words.day(ends)} ({why})"


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
