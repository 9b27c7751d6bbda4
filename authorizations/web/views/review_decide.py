"""Decide on a request, look at the letter first, and confirm or hand back the proposal of a colleague."""

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Role
from accounts.web import access
from authorizations import queries
from authorizations.domain import review as rules
from authorizations.domain.lifecycle import Status
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.paragraphs import put_in
from authorizations.domain.terms import Addressee, Discipline, Origin, Outcome
from authorizations.models import AuthorizationRequest, Decision
from authorizations.services import decisions, desk_drafts, paragraphs, review, second_opinion, sight
from authorizations.web.forms.review_decide import Confirm, Decide, HandBack
from authorizations.web.views import review_opinions, review_standing
from authorizations.web.views.review_case import Case
from authorizations.web.views.review_judge import UNPROCESSABLE, find, remember
from authorizations.web.views.review_standing import problem
from kit import rows, text
from kit.fields import dutch

ASK = "vragen"


@access.require(Role.MEDISCH_ADVISEUR)
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide. Everything in the way stands above the button; the button always works and the service says the same."""
    actor, now = access.actor(request), timezone.now()
    wanted = request.GET.get("uitkomst", "")
    if wanted == ASK:
        return redirect("authorizations:review-ask", reference=reference)
    authorization = find(actor, reference)
    case = Case(request, authorization)
    if request.method != "POST" and (reason := case.why_not_decide):
        return case.back(reason)
    asked = rules.asked_hours(case.application)
    first = _first_choice(case, wanted)
    initial = Decide.initial_of(first, case.seen) | {"outcome": _chosen(case, wanted)}
    if request.method != "POST":
        draft = case.typed.get(desk_drafts.DECISION)
        standing = (
            review_standing.typed(case, rows.as_posted(draft.data)) if draft else review_standing.at_first(case, first)
        )
        form = _typed(case, wanted, asked) or Decide(initial=initial, asked=asked, kind=case.kind)
        return _page(case, form, standing, [])
    if "invoegen" in request.POST:
        form = _with_paragraph(case, asked)
        return _page(case, form, review_standing.typed(case, form.data), [])
    form = Decide(request.POST, initial=initial, asked=asked, kind=case.kind)
    problems: list[dict[str, str]] = []
    if form.is_valid():
        addressee = _addressee(request.POST.get("voorbeeld", ""))
        if addressee and case.shows_verdicts:
            return _pdf(decisions.preview(authorization, form.choice, addressee, by=actor, now=now))
        if not access.confirmed(request):
            return access.confirm_first(request)
        try:
            decision = decisions.decide(
                authorization_id=authorization.pk,
                choice=form.choice,
                seen=form.cleaned_data["seen"],
                by=actor,
                now=now,
            )
        except decisions.Incomplete as incomplete:
            problems = _problems(form, incomplete.obstacles, reference)
        except decisions.Changed as changed:
            # What was typed stays; who decides once more has now seen the request as it is.
            case = Case(request, find(actor, reference))
            posted = request.POST.copy()
            posted["seen"] = case.seen
            form.data = posted
            problems = _news(case, changed)
        except decisions.NotAllowed as refusal:
            if taken := _same(authorization, form.choice.outcome, actor.user_id):
                return _decided(request, taken)
            problems = [{"message": str(refusal), "href": ""}]
        else:
            desk_drafts.forget(authorization, desk_drafts.DECISION, by=actor)
            return _decided(request, decision)
    elif (rough := form.rough_choice) and case.shows_verdicts:
        found = decisions.obstacles(authorization, rough, by=actor, now=now)
        problems = _problems(form, [one for one in found if not form.is_unsure(one)], reference)
    remember(case, desk_drafts.DECISION)
    return _page(case, form, [], problems)


@access.require(Role.MEDISCH_ADVISEUR)
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the proposal of a colleague to who gave an own opinion on it, and confirms it or hands it back."""
    actor, now = access.actor(request), timezone.now()
    authorization = find(actor, reference)
    problems: list[dict[str, str]] = []
    posted = Confirm(request.POST)
    if request.method == "POST" and not access.confirmed(request):
        return access.confirm_first(request)
    if (elsewhere := _blind(request, authorization)) is not None:
        return elsewhere
    if request.method == "POST" and posted.is_valid():
        try:
            decision = decisions.confirm(
                authorization_id=authorization.pk,
                proposal_id=posted.cleaned_data["proposal"],
                seen=posted.cleaned_data["seen"],
                because=posted.cleaned_data["because"],
                by=actor,
                now=now,
            )
        except decisions.Incomplete as incomplete:
            problems = [problem(obstacle, reference) for obstacle in incomplete.obstacles]
        except decisions.Changed as changed:
            problems = _news(Case(request, authorization), changed)
        except decisions.Replaced as replaced:
            problems = [{"message": str(replaced), "href": ""}]
        except decisions.Reasonless as reasonless:
            posted.add_error("because", str(reasonless))
        except decisions.NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("authorizations:review-detail", reference=reference)
        else:
            return _decided(request, decision)
    proposal = _proposal(authorization)
    if proposal is None:
        messages.info(request, "Er ligt geen voorstel meer.")
        return redirect("authorizations:review-detail", reference=reference)
    if addressee := _addressee(request.GET.get("voorbeeld", "")):
        return _pdf(decisions.preview_proposal(proposal, addressee, by=actor, now=now))
    return _proposal_page(request, authorization, proposal, None, problems, posted if posted.errors else None)


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def hand_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the proposal back to the first advisor, with the reason."""
    actor = access.actor(request)
    authorization = find(actor, reference)
    if (elsewhere := _blind(request, authorization)) is not None:
        return elsewhere
    proposal = _proposal(authorization)
    form = HandBack(request.POST, is_own=proposal is not None and proposal.proposed_by_id == actor.user_id)
    if not form.is_valid() and proposal:
        return _proposal_page(request, authorization, proposal, form, [])
    try:
        decisions.hand_back(
            authorization_id=authorization.pk,
            proposal_id=form.cleaned_data["proposal"],
            because=form.cleaned_data.get("because", ""),
            by=actor,
            now=timezone.now(),
        )
    except decisions.Replaced as replaced:
        assert proposal  # noqa: S101 (another proposal lies there)
        return _proposal_page(request, authorization, proposal, form, [{"message": str(replaced), "href": ""}])
    except decisions.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Het voorstel is teruggegeven.")
    return redirect("authorizations:review-detail", reference=reference)


def _typed(case: Case, wanted: str, asked: dict[Discipline, Decimal]) -> Decide | None:
    """Return the form with what was typed and not decided yet; what the address chooses goes first."""
    draft = case.typed.get(desk_drafts.DECISION)
    if draft is None:
        return None
    posted = rows.as_posted(draft.data)
    posted["seen"] = case.seen
    if outcome := _outcome(wanted):
        posted["outcome"] = outcome.value
    form: Decide = rows.quiet(Decide(posted, asked=asked, kind=case.kind))
    return form


def _with_paragraph(case: Case, asked: dict[Discipline, Decimal]) -> Decide:
    """Return the form with the chosen standard text after what was typed at its place; nothing is decided by it."""
    posted = case.request.POST.copy()
    chosen = text.number(posted.get("alinea", ""))
    for one in paragraphs.in_use(case.authorization):
        if one.pk == chosen:
            posted[one.place] = put_in(posted.get(one.place, ""), one.text)
    with suppress(desk_drafts.NotAllowed):
        desk_drafts.keep(case.authorization, desk_drafts.DECISION, posted, by=case.actor, now=case.now)
    form: Decide = rows.quiet(Decide(posted, asked=asked, kind=case.kind))
    return form


def _first_choice(case: Case, wanted: str) -> decisions.Choice:
    """Return what the page begins with: a proposal that came back, or else what was asked."""
    outcome = _outcome(wanted)
    grant = rules.default_grant(
        case.application, queries.policy_of(case.authorization), decided_on=timezone.localdate(case.now)
    )
    if returned := _returned(case):
        before = decisions.choice_of(returned)
        return replace(before, outcome=outcome or before.outcome, grant=before.grant or grant)
    return decisions.Choice(outcome or Outcome.GRANTED, grant=grant)


def _outcome(wanted: str) -> Outcome | None:
    """Return the outcome that the address names. None is chosen beforehand: that is up to the advisor. Bron: R-19."""
    return Outcome(wanted) if wanted in Outcome.__members__.values() else None


def _chosen(case: Case, wanted: str) -> Outcome | None:
    """Return the outcome to begin with: the one in the address, or that of the proposal that came back."""
    returned = _returned(case)
    return _outcome(wanted) or (Outcome(returned.outcome) if returned else None)


def _returned(case: Case) -> Decision | None:
    """Return the proposal that came back, for who may see what was judged here."""
    return queries.returned_proposal(case.authorization) if case.shows_verdicts else None


def _page(case: Case, form: Decide, standing: review_standing.Standing, problems: list[dict[str, str]]) -> HttpResponse:
    context = {
        **case.context(),
        "form": form,
        "draft": case.request.method != "POST" and case.typed.get(desk_drafts.DECISION),
        "standing": standing,
        "problems": problems,
        "criteria": case.criteria(),
        "plan": case.application.plan,
        "signals": case.signals(),
        "policy": queries.policy_of(case.authorization),
        "returned": _returned(case),
        "compared": review_opinions.earlier(case.authorization) if case.shows_verdicts else [],
        "later": [paper for paper in case.papers() if paper.document.origin != Origin.FILING],
        "can_decide": case.is_mine and case.status in decisions.DECIDED_IN,
        "paragraphs": paragraphs.in_use(case.authorization),
        "asked_total": dutch(sum(form.asked.values())),
    }
    wrong = bool(problems) or bool(form.errors)
    return render(case.request, "authorizations/review/decide.html", context, status=UNPROCESSABLE if wrong else 200)


def _proposal(authorization: AuthorizationRequest) -> Decision | None:
    return queries.current_decision(authorization) if authorization.status == Status.SECOND_REVIEW else None


def _blind(request: HttpRequest, authorization: AuthorizationRequest) -> HttpResponse | None:
    """Lead who may not read the proposal away: to the own opinion, or back with the reason. Bron: R-19."""
    case = Case(request, authorization)
    if case.opinions is None or case.shows_verdicts:
        return None
    if reason := case.why_not_give:
        return case.back(reason)
    messages.info(request, second_opinion.OWN_FIRST)
    return redirect("authorizations:review-opinion", reference=authorization.reference)


def _proposal_page(
    request: HttpRequest,
    authorization: AuthorizationRequest,
    proposal: Decision,
    form: HandBack | None,
    problems: list[dict[str, str]],
    confirming: Confirm | None = None,
) -> HttpResponse:
    """Show the proposal that lies there now. What was typed stays; it goes with this proposal from here on."""
    case = Case(request, authorization)
    is_own = proposal.proposed_by_id == case.actor.user_id
    if form is None:
        form = HandBack(is_own=is_own)
    choice = decisions.choice_of(proposal)
    granted = choice.grant.hours if choice.grant else {}
    context = {
        "seen": case.seen,  # before what is shown: what comes in between is then still new
        **case.context(),
        "proposal": proposal,
        "choice": choice,
        "hours": [
            (discipline.label, hours, granted.get(discipline, 0))
            for discipline, hours in rules.asked_hours(case.application).items()
        ],
        "criteria": case.criteria(),
        "plan": case.application.plan,
        "form": form,
        "news": [problem(one, authorization.reference, case) for one in sight.since(authorization, proposal)],
        "problems": problems,
        "is_own": is_own,
        "may_end": case.opinions is not None and case.opinions.may_end(case.actor),
        "compared": [review_opinions.compared(case.opinions, review.criteria(authorization))] if case.opinions else [],
        "confirming": confirming or Confirm(initial={"proposal": proposal.pk, "seen": case.seen}),
    }
    wrong = bool(problems) or bool(form.errors) or bool(confirming)
    return render(request, "authorizations/review/confirm.html", context, status=UNPROCESSABLE if wrong else 200)


def _same(authorization: AuthorizationRequest, outcome: Outcome, user_id: int) -> Decision | None:
    """Return the decision that this person took just now: a second click on the button asks for nothing new."""
    taken = queries.current_decision(authorization)
    return taken if taken and taken.proposed_by_id == user_id and taken.outcome == outcome else None


def _decided(request: HttpRequest, decision: Decision) -> HttpResponse:
    if decision.final_at:
        words = f"{decision.get_outcome_display()}. De brieven worden gemaakt en de aanbieder krijgt bericht."
        messages.success(request, words)
    else:
        messages.success(request, "Uw voorstel ligt nu bij een tweede medisch adviseur.")
    return redirect("authorizations:review-detail", reference=decision.authorization.reference)


def _problems(form: Decide, obstacles: list[Obstacle], reference: str) -> list[dict[str, str]]:
    """Put each obstacle at its field; the others stand in the summary with a link to where they are mended."""
    elsewhere = []
    for obstacle in obstacles:
        if obstacle.step == "besluit" and obstacle.field in form.fields:
            form.add_error(obstacle.field, obstacle.message)
        else:
            elsewhere.append(problem(obstacle, reference))
    return elsewhere


def _news(case: Case, changed: decisions.Changed) -> list[dict[str, str]]:
    """Return what is new, each with a link to where it stands."""
    reference = case.authorization.reference
    return [{"message": str(changed), "href": ""}, *(problem(one, reference, case) for one in changed.obstacles)]


def _addressee(value: str) -> Addressee | None:
    return Addressee(value) if value in Addressee.__members__.values() else None


def _pdf(content: bytes) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="voorbeeld.pdf"'}
    )
