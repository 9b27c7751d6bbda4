"""Zorgtrajectnummers that changed: what stands out, what was recorded, and recording it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.actors import Actor
from accounts.web import access
from audit.domain.events import Outcome
from audit.web import log
from authorizations import queries
from authorizations.domain import traject_numbers as rules
from authorizations.domain.traject_numbers import NumberReason, SignalState
from authorizations.models import NumberSignal, TrajectNumber, Zorgtraject
from authorizations.queries import subtrajects
from authorizations.queries import traject_numbers as asked
from authorizations.services import traject_numbers
from authorizations.services.lifecycle import NotAllowed
from authorizations.web.forms.traject_numbers import Record
from authorizations.web.views.subtrajects_lists import LOOKERS, ON_A_PAGE, seen_by, shown
from kit import text

tells = access.require(*sorted(queries.FILING_ROLES))
COLOURS = {SignalState.OPEN: "warning", SignalState.MAPPED: "ok", SignalState.NEW_CARE: "neutral"}
MOST_SIGNALS = 200


@require_safe
@access.require(*LOOKERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show which numbers stand out without an explanation, and which were recorded as changed."""
    actor = access.actor(request)
    waiting = list(asked.open_signals(actor)[:MOST_SIGNALS])
    rows = asked.visible_to(actor).select_related("zorgtraject__insured", "zorgtraject__insurer", "provider")
    page = Paginator(rows.select_related("registered_by", "withdrawn_by").order_by("-id"), ON_A_PAGE)
    found = page.get_page(request.GET.get("pagina"))
    shown(request, {one.pk: one for one in _trajects(waiting, found)}.values())
    context = {"waiting": waiting, "page": found, "lines": found, **seen_by(actor)}
    return render(request, "authorizations/numbers/list.html", context)


def _trajects(waiting: Iterable[NumberSignal], rows: Iterable[TrajectNumber]) -> Iterable[Zorgtraject]:
    yield from (row.zorgtraject for row in rows)
    for signal in waiting:
        yield signal.zorgtraject
        yield signal.earlier


@require_http_methods(["GET", "HEAD", "POST"])
@tells
def record(request: HttpRequest) -> HttpResponse:
    """Write down that one number came after another."""
    actor = access.actor(request)
    form = Record(request.POST if request.method == "POST" else None, initial=_initial(request, actor))
    if form.is_bound and form.is_valid():
        try:
            row = traject_numbers.record(form.told, by=actor, now=timezone.now())
        except traject_numbers.Wrong as refusal:
            form.refuse(refusal)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            shown(request, [row.zorgtraject])
            messages.success(request, f"Nummer {row.old_number} is omgezet naar {row.new_number}.")
            return redirect("authorizations:traject", row.zorgtraject_id)
    status = 422 if form.errors else 200
    return render(request, "authorizations/numbers/record.html", {"form": form}, status=status)


def _initial(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """Take along what stood out, or the zorgtraject whose page led here; a number never stands in an address."""
    given = {"reason": NumberReason.SOFTWARE.value}
    signal_id, traject_id = (text.number(request.GET.get(name, "")) for name in ("signaal", "zorgtraject"))
    signal = asked.signals(actor).filter(pk=signal_id).first() if signal_id else None
    traject = subtrajects.visible_to(actor).filter(pk=traject_id).first() if traject_id else None
    if signal:
        shown(request, [signal.zorgtraject, signal.earlier])
        now = asked.current(actor, [signal.earlier]).get(signal.earlier_id, signal.earlier.number)
        return given | {"old_number": now, "new_number": signal.zorgtraject.number}
    if traject:
        shown(request, [traject])
        return given | {"old_number": asked.current(actor, [traject]).get(traject.pk, traject.number)}
    return given


@require_POST
@tells
def withdraw(request: HttpRequest, changed_id: int) -> HttpResponse:
    """Let a change that was recorded wrongly count no more."""
    actor = access.actor(request)
    row = get_object_or_404(asked.visible_to(actor).select_related("zorgtraject__insured"), pk=changed_id)
    shown(request, [row.zorgtraject])
    try:
        traject_numbers.withdraw(number_id=row.pk, by=actor, now=timezone.now())
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"De omzetting van {row.old_number} naar {row.new_number} telt niet meer.")
    return redirect("authorizations:traject-numbers")


@require_POST
@tells
def new_care(request: HttpRequest, signal_id: int) -> HttpResponse:
    """Say that another number is another zorgtraject."""
    actor = access.actor(request)
    signal = get_object_or_404(asked.signals(actor), pk=signal_id)
    shown(request, [signal.zorgtraject])
    try:
        traject_numbers.say_new_care(signal_id=signal.pk, by=actor, now=timezone.now())
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Zorgtraject {signal.zorgtraject.number} is een nieuw zorgtraject.")
    return redirect("authorizations:traject", signal.zorgtraject_id)


# -- on the page of a zorgtraject ------------------------------------------------------------------------------------


def beside(actor: Actor, traject: Zorgtraject) -> dict[str, Any]:
    """Return what the page of a zorgtraject shows of its numbers, and what happened with them."""
    line = asked.line_of(actor, traject)
    signal = asked.signals(actor).filter(zorgtraject=traject).first()
    state = SignalState(signal.state) if signal else None
    return {
        "number_line": line,
        "number_now": line[-1].new_number if line and line[-1].new_number != traject.number else "",
        "number_others": asked.of_line(actor, traject, line) if line else [],
        "number_signal": signal,
        "number_question": rules.question(signal.earlier.number) if signal and state is SignalState.OPEN else "",
        "number_remark": rules.remark(state, signal.earlier.number) if signal and state else "",
        "number_events": [
            {
                "state": "done",
                "title": f"Zorgtrajectnummer {row.old_number} werd {row.new_number}",
                "at": row.registered_at,
                "by": row.registered_by.full_name,
                "note": f"{row.get_reason_display()}, op {row.changed_on.day}-{row.changed_on.month}-"
                f"{row.changed_on.year}.",
                "sign": "",
            }
            for row in line
        ],
    }
