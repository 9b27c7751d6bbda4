"""Collegiaal overleg at a dossier: offer it, call it off, and write down what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.web import access
from authorizations.services import overleg
from authorizations.web.forms.overleg import Moment, Moments, Offer, Result
from authorizations.web.views.review_case import Case
from authorizations.web.views.review_judge import UNPROCESSABLE, find

CANCELS, WRITES = "afzeggen", "uitkomst"


@access.require(Role.MEDISCH_ADVISEUR)
def overleg_at(request: HttpRequest, reference: str) -> HttpResponse:
    """Show every overleg of this request, and take what its advisor does: one page, a button for each."""
    actor, now = access.actor(request), timezone.now()
    authorization = find(actor, reference)
    posted = request.POST if request.method == "POST" else None
    writes = posted is not None and WRITES in posted
    offers = posted is not None and not writes and CANCELS not in posted
    moments = Moments(posted if offers else None, prefix="moment")
    offer, result = Offer(posted if offers else None), Result(posted if writes else None)
    given: dict[str, Any] = {"authorization_id": authorization.pk, "by": actor, "now": now}
    problems: list[dict[str, str]] = []
    words = ""
    try:
        if writes and result.is_valid():
            overleg.write_result(result=result.cleaned_data["result"], shared=result.cleaned_data["shared"], **given)
            words = "De uitkomst ligt vast."
        elif offers and moments.is_valid() and offer.is_valid():
            chosen = [Moment.read(values) for values in moments.values]
            overleg.offer(moments=chosen, reach=offer.cleaned_data["reach"], **given)
            words = "Het overleg is aangeboden. De zorgaanbieder krijgt bericht."
        elif posted is not None and CANCELS in posted:
            overleg.cancel(**given)
            words = "Het overleg is afgezegd. De zorgaanbieder krijgt bericht."
    except overleg.Incomplete as incomplete:
        problems = _problems(moments, incomplete)
    except overleg.NotAllowed as refusal:
        problems = [{"message": str(refusal), "href": ""}]
    if words:
        messages.success(request, words)
        return redirect("authorizations:review-overleg", reference=reference)
    wrong = bool(problems or result.errors or offer.errors or (offers and not moments.pressed))
    context = _context(Case(request, authorization)) | {
        "moments": moments, "offer": offer, "result": result, "problems": problems, "wrong": wrong,
        "form": result if writes else offer,
    }  # fmt: skip
    return render(request, "authorizations/review/overleg.html", context, status=UNPROCESSABLE if wrong else 200)


def _context(case: Case) -> dict[str, Any]:
    authorization = case.authorization
    every = overleg.shown_to(authorization, case.actor)
    running = next((one for one in every if one.is_open), None)
    is_own = running is not None and overleg.may_close(authorization, running, by=case.actor)
    return {
        **case.context(),
        "overleggen": every,
        "running": running,
        "can_close": is_own,
        "can_write": is_own
        and running is not None
        and running.booked_for is not None
        and running.booked_for <= case.now,
        "why_not": overleg.why_not_offer(authorization, by=case.actor, now=case.now),
        "cancels": CANCELS,
        "writes": WRITES,
    }


def _problems(moments: Any, incomplete: overleg.Incomplete) -> list[dict[str, str]]:
    """Put each obstacle at its row or above the rows; return what belongs to neither, for the summary."""
    filled = [form for form in moments.forms if form.has_changed()]
    general = []
    for one in incomplete.obstacles:
        if one.row is None and one.field == "moments":
            moments.non_form_errors().append(one.message)
        elif one.row is None:
            general.append({"message": one.message, "href": f"#{moments.prefix}"})
        else:
            filled[one.row].add_error(one.field, one.message)
    return general
