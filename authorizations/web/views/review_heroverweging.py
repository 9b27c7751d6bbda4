"""The desk of heroverweging: the list, filing for the insured, and the answer of another medisch adviseur."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import review as rules
from authorizations.domain.heroverweging import Channel, HeroverwegingStatus
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Addressee, Outcome
from authorizations.models import Heroverweging
from authorizations.queries import heroverweging as found
from authorizations.services import decisions, heroverweging, heroverweging_answer, review
from authorizations.web.forms.heroverweging import AddPapers, Answering, AskForInsured, Rejudge, rejudging
from authorizations.web.views.review_case import VERDICT_BADGES, Case
from authorizations.web.views.review_judge import UNPROCESSABLE, find
from authorizations.web.views.review_queue import DESK
from kit.fields import dutch

ON_A_PAGE = 50
BADGES = {
    HeroverwegingStatus.FILED: "neutral",
    HeroverwegingStatus.IN_REVIEW: "active",
    HeroverwegingStatus.UPHELD: "neutral",
    HeroverwegingStatus.REVISED: "ok",
}


@access.require(*DESK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show what must be answered, the first day on top; or what was answered."""
    actor, today = access.actor(request), timezone.localdate()
    closed = request.GET.get("toon") == "beantwoord"
    page = Paginator(found.listed(actor, closed=closed), ON_A_PAGE).get_page(request.GET.get("pagina"))
    log.shows(request, [one.authorization.reference for one in page])
    context = {
        "page": page,
        "lines": [(one, BADGES[HeroverwegingStatus(one.status)], (one.due_on - today).days) for one in page],
        "closed": closed,
        "for_nobody": found.for_nobody(actor, page),
        "actor": actor,
        "medical": queries.can_see_content(actor),
    }
    return render(request, "authorizations/review/heroverwegingen.html", context)


@access.require(*DESK)
def file(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what the insured asks by letter or telephone; while one of those runs: add documents to it."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(
        queries.visible_to(actor).select_related("policy_version", "provider"), reference=reference
    )
    running = found.open_one(authorization)
    if not authorization.is_decided or (running and running.channel == Channel.PORTAL):
        words = (
            "De zorgaanbieder vroeg al heroverweging." if running else "Heroverweging kan pas als er een besluit is."
        )
        messages.info(request, words)
        return redirect("authorizations:review-detail", reference)
    megabytes = queries.policy_of(authorization).limits.file_megabytes
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = (
        AddPapers(*posted, channel=Channel(running.channel), megabytes=megabytes)
        if running
        else AskForInsured(*posted, megabytes=megabytes)
    )
    if request.method == "POST" and form.is_valid():
        try:
            if isinstance(form, AskForInsured):
                values = {name: form.cleaned_data[name] for name in ("channel", "grounds", "received_on")}
                heroverweging.file(authorization_id=authorization.pk, papers=form.papers, by=actor, now=now, **values)
            else:
                heroverweging.add(authorization_id=authorization.pk, papers=form.papers, by=actor, now=now)
        except heroverweging.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except heroverweging.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Vastgelegd. Een andere medisch adviseur bekijkt het.")
            return redirect("authorizations:review-heroverwegingen")
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "form": form,
        "running": running,
        "policy": queries.policy_of(authorization),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/review/heroverweging_file.html", context, status=status)


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the one that runs."""
    actor = access.actor(request)
    authorization = find(actor, reference)
    try:
        heroverweging.claim(authorization_id=authorization.pk, by=actor, now=timezone.now())
    except heroverweging.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "U heeft deze heroverweging opgepakt.")
    return redirect("authorizations:review-heroverweging", reference)


@access.require(Role.MEDISCH_ADVISEUR, Role.COORDINATOR)
@require_POST
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it back."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.visible_to(actor), reference=reference)
    try:
        heroverweging.release(authorization_id=authorization.pk, by=actor, now=timezone.now())
    except heroverweging.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"De heroverweging van {reference} ligt weer bij de andere.")
    return redirect("authorizations:review-heroverwegingen")


@access.require(Role.MEDISCH_ADVISEUR)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the grounds beside the first decision, and answer. The button always works; the service says the same."""
    actor, now = access.actor(request), timezone.now()
    authorization = find(actor, reference)
    every = found.of_request(authorization)
    if not every:
        messages.info(request, "Er is geen heroverweging gevraagd van dit besluit.")
        return redirect("authorizations:review-detail", reference)
    case, running = Case(request, authorization), every[0]
    is_mine = running.is_open and running.assigned_to_id == actor.user_id
    asked = rules.asked_hours(case.application)
    criteria, before = review.criteria(authorization), heroverweging_answer.first_assessments(authorization)
    grant = rules.default_grant(case.application, queries.policy_of(authorization), decided_on=timezone.localdate(now))
    initial = Answering.first(decisions.Choice(Outcome.GRANTED, grant=grant), running.version)
    problems: list[dict[str, str]] = []
    if request.method != "POST" or not is_mine:
        if request.method == "POST":
            messages.error(
                request, heroverweging.why_not_judge(authorization, by=actor) or "Pak de heroverweging eerst op."
            )
            return redirect("authorizations:review-heroverweging", reference)
        form = Answering(initial=initial, asked=asked, kind=case.kind)
        return _page(case, every, form, rejudging(criteria, before), problems)
    form = Answering(request.POST, initial=initial, asked=asked, kind=case.kind)
    judging = rejudging(criteria, before, request.POST)
    if _all_valid(form, judging):
        given = form.answer(one for _, judged in judging if (one := judged.assessment))
        if addressee := _addressee(request.POST.get("voorbeeld", "")):
            pdf = heroverweging_answer.preview(authorization, running, given, addressee, by=actor, now=now)
            shown = {"Content-Disposition": 'inline; filename="voorbeeld.pdf"'}
            return HttpResponse(pdf, content_type="application/pdf", headers=shown)
        if not access.confirmed(request):
            return access.confirm_first(request)
        try:
            heroverweging_answer.decide(
                authorization_id=authorization.pk, answer=given, seen=form.cleaned_data["seen"], by=actor, now=now
            )
        except heroverweging_answer.Incomplete as incomplete:
            problems = _problems(form, judging, incomplete.obstacles)
        except heroverweging_answer.Changed as changed:
            # What was typed stays; who answers once more has now seen what came in.
            every = found.of_request(find(actor, reference))
            posted = request.POST.copy()
            posted["seen"] = str(every[0].version)
            form.data = posted
            problems = [{"message": str(changed), "href": "#stukken"}]
        except heroverweging_answer.NotAllowed as refusal:
            problems = [{"message": str(refusal), "href": ""}]
        else:
            messages.success(
                request, "Uw antwoord ligt vast. De brieven worden gemaakt en de aanbieder krijgt bericht."
            )
            return redirect("authorizations:review-heroverweging", reference)
    return _page(case, every, form, judging, problems)


def _all_valid(form: Answering, judging: list[tuple[rules.Criterion, Rejudge]]) -> bool:
    """Look at all of it, so that everything is said at once; verdicts count only in a revision."""
    return all([form.is_valid(), *(one.is_valid() for _, one in judging)])


def _page(
    case: Case,
    every: list[Heroverweging],
    form: Answering,
    judging: list[tuple[rules.Criterion, Rejudge]],
    problems: list[dict[str, str]],
) -> HttpResponse:
    running, actor = every[0], case.actor
    numbers = rules.numbered(review.criteria(case.authorization))
    context: dict[str, Any] = {
        **case.context(),
        "running": running,
        "earlier_ones": every[1:],
        "badge_of": BADGES[HeroverwegingStatus(running.status)],
        "first": running.decision,
        "first_letters": [
            one for one in queries.letters_for(case.authorization) if one.decision_id == running.decision_id
        ],
        "revision": getattr(running, "revision", None),
        "why_not": heroverweging.why_not_judge(case.authorization, by=actor) if running.is_open else "",
        "nobody": running.is_open
        and not running.assigned_to_id
        and not heroverweging.is_anybody_free(case.authorization),
        "is_mine": running.is_open and running.assigned_to_id == actor.user_id,
        "form": form,
        "judging": [(criterion, numbers[criterion.code], one) for criterion, one in judging],
        "criteria": case.criteria(),
        "badges": {verdict.value: badge for verdict, badge in VERDICT_BADGES.items()},
        "problems": problems,
        "asked_total": dutch(sum(form.asked.values(), Decimal())),
        "days_left": (running.due_on - timezone.localdate(case.now)).days,
    }
    wrong = bool(problems or form.errors or any(one.errors for _, one in judging))
    return render(
        case.request, "authorizations/review/heroverweging.html", context, status=UNPROCESSABLE if wrong else 200
    )


def _problems(
    form: Answering, judging: list[tuple[rules.Criterion, Rejudge]], obstacles: list[Obstacle]
) -> list[dict[str, str]]:
    """Put each obstacle at its field; the others stand in the summary with a link to where they are mended."""
    codes, elsewhere = {criterion.code for criterion, _ in judging}, []
    for obstacle in obstacles:
        if obstacle.field in form.fields:
            form.add_error(obstacle.field, obstacle.message)
        elif obstacle.code == "signatory_without_big":
            elsewhere.append({"message": obstacle.message, "href": reverse("accounts:profile")})
        elif obstacle.field in codes:
            elsewhere.append({"message": obstacle.message, "href": f"#criterium-{obstacle.field}"})
        else:
            href = {"criteria": "#criteria", "besluit": "#uren"}.get(obstacle.step, "#stukken")
            elsewhere.append({"message": obstacle.message, "href": href})
    return elsewhere


def _addressee(wanted: str) -> Addressee | None:
    return Addressee(wanted) if wanted in Addressee.__members__.values() else None
