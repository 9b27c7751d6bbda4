"""The desk of changes of a machtiging: the list, and the decision on one of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import grant_change as rules
from authorizations.domain.grant_change import ChangeStatus
from authorizations.domain.review_grant import Grant
from authorizations.domain.terms import Outcome
from authorizations.models import GrantChange
from authorizations.queries import grant_changes as found
from authorizations.services import grant_changes, review
from authorizations.web.forms.grant_changes import DecideChange, JudgeProposal
from authorizations.web.views.review_case import Case
from authorizations.web.views.review_judge import UNPROCESSABLE, find
from authorizations.web.views.review_queue import DESK

ON_A_PAGE = 50


@access.require(*DESK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show what must be decided, the oldest on top; or what was decided."""
    actor = access.actor(request)
    closed = request.GET.get("toon") == "besloten"
    page = Paginator(found.listed(actor, closed=closed), ON_A_PAGE).get_page(request.GET.get("pagina"))
    log.shows(request, [one.authorization.reference for one in page])
    context = {"page": page, "closed": closed, "medical": queries.can_see_content(actor)}
    return render(request, "authorizations/review/grant_changes.html", context)


@access.require(Role.MEDISCH_ADVISEUR)
def judge(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is asked beside what is held, and decide; or judge the proposal of a colleague."""
    actor, now = access.actor(request), timezone.now()
    authorization = find(actor, reference)
    every, held = found.of_request(authorization), grant_changes.held_by(authorization)
    if not every or held is None:
        messages.info(request, "Er is geen wijziging gevraagd van deze machtiging.")
        return redirect("authorizations:review-detail", reference)
    case, change = Case(request, authorization), every[0]
    form = DecideChange(held=held.hours, initial=_initial(change, held))
    if request.method != "POST":
        return _page(case, every, form, JudgeProposal())
    values: dict[str, Any] = {"authorization_id": authorization.pk, "by": actor, "now": now}
    try:
        if not {"bevestigen", "teruggeven", "oordelen"}.isdisjoint(request.POST):
            return _second(case, every, form, values)
        form = DecideChange(request.POST, held=held.hours, initial=_initial(change, held))
        if form.is_valid():
            if not access.confirmed(request):
                return access.confirm_first(request)
            decision = grant_changes.decide(intent=form.intent(held), **values)
            words = (
                "Uw besluit ligt vast." if decision.final_at else "Uw voorstel ligt bij een tweede medisch adviseur."
            )
            messages.success(request, words)
            return redirect("authorizations:review-grant-change", reference)
    except grant_changes.Incomplete as incomplete:
        form.refuse(incomplete.obstacles) if form.is_bound else messages.error(request, str(incomplete))
    except grant_changes.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("authorizations:review-grant-change", reference)
    return _page(case, every, form, JudgeProposal())


def _second(case: Case, every: list[GrantChange], form: DecideChange, values: dict[str, Any]) -> HttpResponse:
    """Confirm the proposal of a colleague, or give it back."""
    request = case.request
    posted = JudgeProposal(request.POST)
    if posted.is_valid():
        if not access.confirmed(request):
            return access.confirm_first(request)
        proposal = posted.cleaned_data["proposal"]
        because = posted.cleaned_data["because"]
        if "oordelen" in request.POST:
            if not posted.cleaned_data["oordeel"]:
                posted.add_error("oordeel", "Kies wat u zelf vindt.")
                return _page(case, every, form, posted)
            outcome = Outcome(posted.cleaned_data["oordeel"])
            grant_changes.give_opinion(proposal_id=proposal, outcome=outcome, because=because, **values)
            messages.success(request, "Uw oordeel ligt vast. Hieronder leest u het voorstel.")
        elif "bevestigen" in request.POST:
            grant_changes.confirm(proposal_id=proposal, because=because, **values)
            messages.success(request, "Het besluit ligt vast.")
        else:
            grant_changes.hand_back(proposal_id=proposal, because=because, **values)
            messages.success(request, "Het voorstel is teruggegeven.")
        return redirect("authorizations:review-grant-change", case.authorization.reference)
    return _page(case, every, form, posted)


def _initial(change: GrantChange, held: Grant) -> dict[str, Any]:
    return DecideChange.initial_of(rules.wanted(grant_changes.asked_in(change), held)) if change.is_open else {}


def _page(case: Case, every: list[GrantChange], form: DecideChange, second: JudgeProposal) -> HttpResponse:
    change, authorization = every[0], case.authorization
    asked = grant_changes.asked_in(change)
    proposal = found.proposal(change)
    why_not = ""
    try:
        review.require_advisor(authorization, case.actor)
    except review.NotAllowed as refusal:
        why_not = str(refusal)
    is_own = proposal is not None and proposal.proposed_by_id == case.actor.user_id
    opinion = grant_changes.opinion_of(proposal, case.actor) if proposal else None
    context = {
        **case.context(),
        "change": change,
        "earlier_changes": every[1:],
        "asked_hours": [(discipline.label, hours) for discipline, hours in asked.hours.items()],
        "grant": queries.grant_of(authorization.pk),
        "proposal": proposal,
        "is_own": is_own,
        "opinion": opinion,
        # A second opinion is given blind: until then nothing of the proposal is shown.
        "reads": proposal is not None and (is_own or opinion is not None or proposal.final_at is not None),
        "can_decide": change.status == ChangeStatus.FILED and not why_not,
        "can_confirm": change.status == ChangeStatus.PROPOSED and not why_not,
        "why_not": why_not,
        "form": form,
        "second": second,
    }
    wrong = bool(form.errors or second.errors)
    return render(
        case.request, "authorizations/review/grant_change.html", context, status=UNPROCESSABLE if wrong else 200
    )
