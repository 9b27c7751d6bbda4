"""Give a second opinion on a request without seeing the first, and name a third where two differ."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.web import access
from authorizations import queries
from authorizations.domain import criterion_words
from authorizations.domain import review as rules
from authorizations.domain.second_opinion import Stage
from authorizations.services import desk_drafts, review, second_opinion
from authorizations.web.forms.review_second import GiveOpinion, NameThird
from authorizations.web.views.review_case import SOURCE_NUMBER, Case
from authorizations.web.views.review_judge import UNPROCESSABLE, find, remember
from kit import rows


@dataclass(frozen=True)
class Asked:
    """A criterion with the provider's own words and, when it is free, the fields to judge it."""

    criterion: rules.Criterion
    number: str
    source: str
    quotes: list[criterion_words.Quote]
    verdict: BoundField | None
    motivation: BoundField | None


@access.require(Role.MEDISCH_ADVISEUR)
def opinion(request: HttpRequest, reference: str) -> HttpResponse:
    """Give an own opinion; what it lacks is said at once, and nothing of what the first found is on this page."""
    actor, now = access.actor(request), timezone.now()
    authorization = find(actor, reference)
    case = Case(request, authorization)
    if request.method == "POST" and not access.confirmed(request):
        return access.confirm_first(request)
    found = case.opinions
    if found and found.reads(actor):
        return redirect("authorizations:review-confirm", reference=reference)
    if reason := case.why_not_give:
        return case.back(reason)
    assert found  # noqa: S101 (else there is a reason)
    asked = review.criteria(authorization)
    before = second_opinion.given_before(authorization, by=actor)
    initial = GiveOpinion.initial_of(before) | {"proposal": found.proposal.pk, "seen": case.seen}
    problems: list[dict[str, str]] = []
    if request.method != "POST":
        return _page(case, _typed(case, initial, asked) or GiveOpinion(initial=initial, asked=asked), problems)
    form = GiveOpinion(request.POST, initial=initial, asked=asked)
    if form.is_valid():
        try:
            second_opinion.give(
                authorization_id=authorization.pk,
                proposal_id=form.cleaned_data["proposal"],
                outcome=form.cleaned_data["outcome"],
                given=form.given,
                seen=form.cleaned_data["seen"],
                by=actor,
                now=now,
            )
        except second_opinion.GivenAlready:
            return redirect("authorizations:review-confirm", reference=reference)
        except second_opinion.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except second_opinion.Changed as changed:
            problems = [{"message": one, "href": ""} for one in (str(changed), *(o.message for o in changed.obstacles))]
        except second_opinion.NotAllowed as refusal:
            problems = [{"message": str(refusal), "href": ""}]
        else:
            desk_drafts.forget(authorization, desk_drafts.OPINION, by=actor)
            messages.success(request, "Uw oordeel is bewaard. Hier ziet u het naast dat van uw collega.")
            return redirect("authorizations:review-confirm", reference=reference)
    else:
        form.refuse(second_opinion.obstacles(authorization, form.cleaned_data.get("outcome"), form.given))
    if problems:
        # What was typed stays; who sends it once more has now seen the request as it is.
        form.data = request.POST.copy()
        form.data["seen"], form.data["proposal"] = case.seen, str(found.proposal.pk)
    remember(case, desk_drafts.OPINION)
    return _page(case, form, problems)


@access.require(Role.COORDINATOR)
def third(request: HttpRequest, reference: str) -> HttpResponse:
    """Name the third medisch adviseur, who decides where two differ."""
    actor = access.actor(request)
    visible = queries.visible_to(actor).select_related("policy_version", "provider", "assigned_to", "insurer")
    authorization = get_object_or_404(visible, reference=reference)
    case = Case(request, authorization)
    found = case.opinions
    if request.method != "POST" and (found is None or found.stage is not Stage.DIFFERENT):
        return case.back("Er is hier geen verschil waarover een derde medisch adviseur beslist.")
    advisors = second_opinion.thirds(authorization)
    form = NameThird(request.POST or None, advisors=advisors)
    if request.method == "POST" and form.is_valid():
        try:
            second_opinion.name_third(
                authorization_id=authorization.pk,
                advisor_id=int(form.cleaned_data["adviseur"]),
                reason=form.cleaned_data["reden"],
                by=actor,
                now=timezone.now(),
            )
        except second_opinion.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De derde medisch adviseur is aangewezen en krijgt bericht.")
            return redirect("authorizations:review-detail", reference=reference)
    context = {"authorization": authorization, "form": form, "opinions": found, "advisors": advisors}
    wrong = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/review/third.html", context, status=wrong)


def _typed(case: Case, initial: dict[str, object], asked: tuple[rules.Criterion, ...]) -> GiveOpinion | None:
    """Return the form with what was typed and not given yet."""
    draft = case.typed.get(desk_drafts.OPINION)
    if draft is None:
        return None
    posted = rows.as_posted(draft.data)
    posted["seen"], posted["proposal"] = case.seen, str(initial["proposal"])
    form: GiveOpinion = rows.quiet(GiveOpinion(posted, asked=asked))
    return form


def _page(case: Case, form: GiveOpinion, problems: list[dict[str, str]]) -> HttpResponse:
    asked = review.criteria(case.authorization)
    numbers, free = rules.numbered(asked), {one.code for one in form.asked}
    context = {
        **case.context(),
        "form": form,
        "problems": problems,
        "draft": case.request.method != "POST" and case.typed.get(desk_drafts.OPINION),
        "asked": [
            Asked(
                one,
                numbers[one.code],
                SOURCE_NUMBER.sub("", one.source),
                criterion_words.about(one.code, case.application),
                *(form.fields_of(one.code) if one.code in free else (None, None)),
            )
            for one in asked
        ],
        "papers": case.papers(),
        "plan": case.application.plan,
        "policy": queries.policy_of(case.authorization),
        "signals": case.signals(),
        "is_blind": second_opinion.is_blind(case.authorization, by=case.actor),
    }
    wrong = UNPROCESSABLE if problems or form.errors else 200
    return render(case.request, "authorizations/review/opinion.html", context, status=wrong)
