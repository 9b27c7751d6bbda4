"""Ask the provider, react to a counter-question, give more time, and take questions back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.web import access
from authorizations import queries
from authorizations.domain import deadlines
from authorizations.domain.terms import DocumentKind
from authorizations.models import AuthorizationRequest, CounterQuestion, InformationItem
from authorizations.services import desk_drafts, questions, review
from authorizations.web.forms.review_questions import Close, Extend, Questions, Reply
from authorizations.web.views.review_case import Case
from authorizations.web.views.review_judge import UNPROCESSABLE, find, remember


@access.require(Role.MEDISCH_ADVISEUR)
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask one or more questions; all that a question lacks is said at once."""
    actor, now = access.actor(request), timezone.now()
    authorization = find(actor, reference)
    case = Case(request, authorization)
    if request.method != "POST" and (reason := case.why_not_ask):
        return case.back(reason)
    criteria = review.criteria(authorization)
    today = timezone.localdate(now)
    due_on = deadlines.question_due(queries.policy_of(authorization), asked_on=today)
    initial = (_unclear(authorization, due_on=due_on) if case.shows_verdicts else []) or [{"due_on": due_on}]
    posted = request.POST if request.method == "POST" else None
    draft = case.typed.get(desk_drafts.QUESTIONS) if posted is None else None
    kept = draft.data if draft else None
    formset = Questions(posted or kept, prefix="vraag", form_kwargs={"criteria": criteria}, initial=initial)
    if draft:
        formset.pressed = True  # shown as it was typed, without complaints
    elif posted is None:
        formset.extra = len(initial)
    problems: list[dict[str, str]] = []
    if posted is not None and formset.is_valid():
        items = [_question(values) for values in formset.values]
        try:
            questions.ask(authorization_id=authorization.pk, items=items, by=actor, now=now)
        except questions.Incomplete as incomplete:
            problems = _problems(formset, incomplete.obstacles)
        except questions.NotAllowed as refusal:
            problems = [{"message": str(refusal), "href": ""}]
        else:
            desk_drafts.forget(authorization, desk_drafts.QUESTIONS, by=actor)
            messages.success(request, "Uw vragen zijn gesteld. De beslistermijn rust tot het antwoord er is.")
            return redirect("authorizations:review-detail", reference=reference)
    context = {
        **case.context(),
        "formset": formset,
        "draft": draft,
        "problems": problems,
        "due_on": due_on,
    }
    if posted is not None:
        remember(case, desk_drafts.QUESTIONS)
    wrong = bool(problems) or (posted is not None and not formset.pressed)
    return render(request, "authorizations/review/ask.html", context, status=UNPROCESSABLE if wrong else 200)


@access.require(Role.MEDISCH_ADVISEUR)
def reply(request: HttpRequest, reference: str, counter_id: int) -> HttpResponse:
    """React to a counter-question of the provider."""
    actor = access.actor(request)
    authorization = find(actor, reference)
    counter = get_object_or_404(queries.counter_questions(authorization), pk=counter_id)
    form = Reply(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            questions.reply(counter_id=counter.pk, text=form.cleaned_data["text"], by=actor, now=timezone.now())
        except questions.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Uw reactie is verstuurd.")
            return redirect(_messages(reference))
    return _page(request, authorization, form, "Reageer op de wedervraag", "Reactie versturen", counter=counter)


@access.require(Role.MEDISCH_ADVISEUR)
def extend(request: HttpRequest, reference: str, item_id: int) -> HttpResponse:
    """Give the provider longer for one question."""
    actor = access.actor(request)
    authorization = find(actor, reference)
    item = get_object_or_404(queries.questions_of(authorization), pk=item_id)
    form = Extend(request.POST or None, initial={"due_on": item.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            questions.extend(item_id=item.pk, due_on=form.cleaned_data["due_on"], by=actor, now=timezone.now())
        except questions.NotAllowed as refusal:
            form.add_error("due_on", str(refusal))
        else:
            messages.success(request, f"De zorgaanbieder heeft meer tijd voor vraag {item.number}.")
            return redirect(_messages(reference))
    return _page(request, authorization, form, f"Meer tijd voor vraag {item.number}", "Datum wijzigen", item=item)


@access.require(Role.MEDISCH_ADVISEUR)
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the open questions back and go on with the review."""
    actor = access.actor(request)
    authorization = find(actor, reference)
    form = Close(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            questions.close(
                authorization_id=authorization.pk, because=form.cleaned_data["because"], by=actor, now=timezone.now()
            )
        except questions.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De vragen zijn ingetrokken. De beslistermijn loopt weer.")
            return redirect("authorizations:review-detail", reference=reference)
    return _page(request, authorization, form, "Vragen intrekken", "Trek de vragen in")


def _page(
    request: HttpRequest,
    authorization: AuthorizationRequest,
    form: Reply | Extend | Close,
    title: str,
    button: str,
    *,
    counter: CounterQuestion | None = None,
    item: InformationItem | None = None,
) -> HttpResponse:
    context = {
        **Case(request, authorization).context(),
        "form": form,
        "title": title,
        "button": button,
        "counter": counter,
        "item": item or (counter.item if counter else None),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/review/question.html", context, status=status)


def _question(values: dict[str, Any]) -> questions.Question:
    kind = values["document_kind"]
    return questions.Question(
        criterion=values["criterion"],
        what=values["what"],
        why=values["why"],
        leads_to_consent=values["leads_to_consent"],
        due_on=values["due_on"],
        document_kind=DocumentKind(kind) if kind else None,
    )


def _problems(formset: Any, obstacles: list[Any]) -> list[dict[str, str]]:
    """Put each obstacle at its field; what belongs to no field stands in the summary only."""
    filled = [form for form in formset.forms if form.has_changed()]
    general = []
    for obstacle in obstacles:
        if obstacle.row is None or not obstacle.field:
            general.append({"message": obstacle.message, "href": f"#{formset.prefix}"})
        else:
            filled[obstacle.row].add_error(obstacle.field, obstacle.message)
    return general


def _unclear(authorization: AuthorizationRequest, *, due_on: Any) -> list[dict[str, Any]]:
    """Start with what the advisor found unclear, so that nothing has to be typed twice."""
    return [
        {
            "criterion": one.criterion,
            "what": one.missing_fact,
            "why": one.motivation,
            "leads_to_consent": one.leads_to_consent,
            "due_on": due_on,
        }
        for one in review.assessments(authorization).values()
        if one.verdict == "unclear"
    ]


def _messages(reference: str) -> str:
    return reverse("authorizations:review-detail", args=[reference]) + "?toon=vragen#pagina"
