"""The division of the work, for a coordinator: what everybody has, and moving requests to a colleague."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations.domain import lifecycle, words
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Kind
from authorizations.queries import division as queries
from authorizations.queries import visible_to
from authorizations.queries.division import Load
from authorizations.services import division
from authorizations.services.division import Divided
from authorizations.web.forms.review_division import Divide
from authorizations.web.timeline import day
from authorizations.web.views.review_rows import BADGES, term
from kit import text

NOBODY = "niemand"
SHOWN = 50
"""So many lines at first; who wants to move more asks for as many as can be moved at once."""
# Nothing medical and nobody's name: who divides the work needs neither.
COLUMNS = ("reference", "due_on", "status", "kind", "urgent", "submitted_at", "provider__name", "has_counter")


@dataclass(frozen=True)
class Line:
    """A request that can be moved, in words; `picked` when its box is ticked."""

    reference: str
    term: tuple[str, str] | None
    urgent: bool
    kind: str
    provider: str
    submitted_on: date
    status: str
    badge: str
    has_counter: bool
    picked: bool


@access.require(Role.COORDINATOR)
def divide(request: HttpRequest) -> HttpResponse:
    """Show what everybody has and the requests of one of them; move what was ticked to a colleague."""
    actor = access.actor(request)
    if request.method != "POST":
        return _page(request, actor)
    known = _known(actor, request.POST.getlist("picked"))
    advisors = _advisors(_loads(actor))
    form = Divide(request.POST, advisors=advisors, known=known)
    if not form.is_valid():
        return _page(request, actor, form=form, status=422)
    given = form.cleaned_data
    try:
        done = division.assign_many(
            requests={reference: known[reference] for reference in given["picked"]},
            # From the address that the page itself wrote: who had these when it was made.
            holder_id=text.number(request.GET.get("van", "")),
            advisor_id=int(given["adviseur"]),
            reason=given["reden"],
            by=actor,
            now=timezone.now(),
        )
    except division.NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, actor, form=form, status=422)
    log.shows(request, given["picked"])
    number = len(done.moved)
    moved = (
        f"{number} {'aanvraag' if number == 1 else 'aanvragen'} toegewezen aan {_name(advisors, given['adviseur'])}."
    )
    if not done.stayed:
        messages.success(request, moved)
        return redirect(f"{request.path}?{urlencode({'van': request.GET.get('van', NOBODY)})}")
    return _page(request, actor, done=done, moved=moved, reason=given["reden"])


def _page(
    request: HttpRequest,
    actor: Actor,
    *,
    form: Divide | None = None,
    done: Divided | None = None,
    moved: str = "",
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    today, loads = timezone.localdate(), _loads(actor)
    van = request.GET.get("van", NOBODY)
    chosen = next((load for load in loads if _slug(load) == van), loads[0])
    if form:
        picked = request.POST.getlist("picked")
    else:
        # What stayed is still ticked and the reason is still there: another colleague may do.
        picked = [reference for references in done.stayed.values() for reference in references] if done else []
        form = Divide(initial={"reden": reason}, advisors=_advisors(loads))
    all_picked = request.method != "POST" and request.GET.get("kies") == "alles"
    most = division.MOST if request.GET.get("meer") == "ja" else SHOWN
    found = list(queries.lying_with(actor, chosen.user_id).values(*COLUMNS)[: most + 1])
    lines = [_line(line, today, picked=all_picked or line["reference"] in picked) for line in found[:most]]
    log.shows(request, [line.reference for line in lines])
    context = {
        "form": form,
        "desks": [(load, f"?{urlencode({'van': _slug(load)})}") for load in loads],
        "most_open": max(load.open for load in loads),
        "chosen": chosen,
        "lines": lines,
        "is_more": len(found) > most,
        "most": most,
        "most_at_once": division.MOST,
        "here": f"?{urlencode({'van': _slug(chosen), **({'meer': 'ja'} if most == division.MOST else {})})}",
        "all_picked": all_picked,
        "moved": moved,
        "stayed": [(why, words.listing(references)) for why, references in done.stayed.items()] if done else [],
    }
    return render(request, "authorizations/review/division.html", context, status=status)


def _loads(actor: Actor) -> list[Load]:
    return queries.loads(actor, today=timezone.localdate())


def _slug(load: Load) -> str:
    return str(load.user_id or NOBODY)


def _advisors(loads: Iterable[Load]) -> list[tuple[str, str]]:
    return [(str(load.user_id), f"{load.name} ({_standing(load)})") for load in loads if load.is_advisor]


def _standing(load: Load) -> str:
    return f"{load.open} open, afwezig tot en met {day(load.away_until)}" if load.away_until else f"{load.open} open"


def _name(advisors: Iterable[tuple[str, str]], user_id: str) -> str:
    return dict(advisors)[user_id].rpartition(" (")[0]


def _known(actor: Actor, references: Iterable[str]) -> dict[str, int]:
    """Return those of these requests that this person may see, by their number, in the order of the page."""
    wanted = list(dict.fromkeys(references))[: division.MOST + 1]
    found = dict(visible_to(actor).filter(reference__in=wanted).values_list("reference", "pk"))
    return {reference: found[reference] for reference in wanted if reference in found}


def _line(line: dict[str, Any], today: date, *, picked: bool) -> Line:
    status = Status(line["status"])
    return Line(
        reference=line["reference"],
        term=term(line["due_on"], status, today),
        urgent=line["urgent"],
        kind=Kind(line["kind"]).label,
        provider=line["provider__name"],
        submitted_on=timezone.localdate(line["submitted_at"]),
        status=lifecycle.advisor_words(status),
        badge=BADGES[status],
        has_counter=line["has_counter"],
        picked=picked,
    )
