"""Lists of zorgtrajecten, of provider and insurer: all of them, and the subtrajecten that close soon."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.domain.actors import Actor
from accounts.domain.roles import DESK, Role
from accounts.web import access
from audit.domain.events import Subject
from audit.services.recording import pseudonym
from audit.web import log
from authorizations import queries
from authorizations.domain import course_now, forecast
from authorizations.domain import traject_numbers as rules
from authorizations.models import Dbc, Subtraject, Zorgtraject
from authorizations.queries import courses, traject_numbers
from authorizations.web.forms.subtrajects_near import DEFAULT, WITHIN, Near
from kit import text

LOOKERS = (
    *(Role.LEZER, Role.INDIENER, Role.BEHANDELAAR, Role.ORGANISATIEBEHEERDER),
    *DESK,
)
"""Who sees status and days; who of them also sees what was done and for whom: `queries.can_see_content`."""
ON_A_PAGE = 25


@require_safe
@access.require(*LOOKERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the zorgtrajecten of the own organisation, or the one with this number."""
    actor, today = access.actor(request), timezone.localdate()
    number = text.storable(request.GET.get("q", "")).strip()[:40]
    asked = rules.tidied(number)
    page = Paginator(courses.listed(actor, number=number), ON_A_PAGE).get_page(request.GET.get("pagina"))
    shown(request, page)
    now, stand_out = traject_numbers.current(actor, page), traject_numbers.signalled(actor, page)
    context = {
        "page": page,
        "rows": [
            row_of(traject, today=today)
            | {
                "now": now.get(traject.pk, ""),
                # Found by a number that it bears no more, or not yet.
                "asked": asked if asked not in ("", traject.number, now.get(traject.pk)) else "",
                "stands_out": traject.pk in stand_out,
            }
            for traject in page
        ],
        "text": number,
        "near": courses.near_count(actor, today=today, days=WITHIN[DEFAULT]),
        **seen_by(actor),
    }
    return render(request, "authorizations/subtrajects/list.html", context)


@require_safe
@access.require(*LOOKERS)
def near(request: HttpRequest) -> HttpResponse:
    """Show the subtrajecten that close soon, the first to close on top."""
    actor, today = access.actor(request), timezone.localdate()
    seen = seen_by(actor)
    form = Near(
        request.GET, medical=seen["can_read"], others=courses.counterparts(actor), is_provider=actor.is_provider
    )
    found = courses.near(
        actor,
        until=today + timedelta(days=form.days),
        ground=form.chosen.get("grond", ""),
        indication=form.chosen.get("indicatie", ""),
        other_id=form.other_id,
    )
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("pagina"))
    shown(request, [row.zorgtraject for row in page])
    context = {
        "form": form,
        "page": page,
        "rows": [_near_row(row, actor, today=today) for row in page],
        "is_filtered": bool(form.chosen.keys() - {"binnen"}),
        **seen,
    }
    return render(request, "authorizations/subtrajects/near.html", context)


def seen_by(actor: Actor) -> dict[str, Any]:
    """Return what this person may see and do."""
    return {
        "can_read": queries.can_see_content(actor),
        "can_fill": actor.is_provider and actor.has(*queries.FILING_ROLES),
        "is_provider": actor.is_provider,
    }


def shown(request: HttpRequest, trajects: Any) -> None:
    """Tell the log which zorgtrajecten the answer shows."""
    for traject in trajects:
        insured = getattr(traject, "insured", None)
        log.about(
            request,
            Subject(
                reference=f"ZT {traject.number}",
                provider_id=traject.provider_id,
                insurer_id=traject.insurer_id,
                insured=pseudonym(insured.bsn_hash if insured else ""),
            ),
        )


def row_of(traject: Zorgtraject, *, today: date) -> dict[str, Any]:
    """Return a zorgtraject as a list shows it: with its last subtraject, and how near the end of that is."""
    rows = list(traject.subtrajects.all())
    dbcs = [dbc for dbc in traject.dbcs.all() if dbc.removed_at is None] if traject.in_dbcs else []
    last: Subtraject | Dbc | None = rows[-1] if rows else dbcs[-1] if dbcs else None
    return {
        "traject": traject,
        "last": last,
        "many": _many(dbcs) if traject.in_dbcs else str(len(rows)),
        "to_correct": any(row.to_correct_since for row in rows),
        "level": term_of(last, today=today)[0] if last else "",
        "words": term_of(last, today=today)[1] if last else "",
    }


def _many(dbcs: list[Dbc]) -> str:
    return f"{len(dbcs)} dbc" if len(dbcs) == 1 else f"{len(dbcs)} dbc’s"


def term_of(row: Subtraject | Dbc, *, today: date) -> tuple[str, str]:
    """Return the sign and the words of how near the end of a subtraject or dbc is."""
    if row.closed_on:
        return "paused", f"Gesloten op {row.closed_on.day}-{row.closed_on.month}-{row.closed_on.year}"
    if isinstance(row, Subtraject) and row.finished_on:
        return "paused", "Behandeling klaar"
    left = course_now.left(row.closes_on, today=today)
    return course_now.level(row.closes_on, today=today), left[:1].upper() + left[1:]


def _near_row(row: Subtraject, actor: Actor, *, today: date) -> dict[str, Any]:
    level, words = term_of(row, today=today)
    traject = row.zorgtraject
    return {
        "row": row,
        "traject": traject,
        "other": (traject.insurer if actor.is_provider else traject.provider).name,
        "level": level,
        "words": words,
        "why": forecast.closing_words(course_now.grounds(row.closes_by)),
        "key": uuid.uuid4(),
        "follow_up": courses.follow_up_of(actor, traject, row.granted) if actor.is_provider else None,
    }


def own(request: HttpRequest, kept: QuerySet[Zorgtraject], traject_id: int) -> Zorgtraject:
    """Return one of these zorgtrajecten and log it as seen; 404 when it isn't among them."""
    traject: Zorgtraject = get_object_or_404(kept.select_related("insured"), pk=traject_id)
    shown(request, [traject])
    return traject


def posted(request: HttpRequest) -> Any:
    """Return what a form is bound to: nothing while somebody only looks."""
    return request.POST if request.method == "POST" else None
