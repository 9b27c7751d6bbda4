"""Answering the questions of the medical advisor, one by one, and asking something back."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.domain.actors import Actor
from accounts.web import access
from authorizations import queries
from authorizations.domain.terms import DocumentKind
from authorizations.models import AuthorizationRequest, Document, InformationItem
from authorizations.services import overview
from authorizations.services import progress as progresses
from authorizations.services import questions as service
from authorizations.web import checklist
from authorizations.web.checklist import Refusal
from authorizations.web.forms.following import Answer
from authorizations.web.views.intake import button

STATE = "authorizations/following/_question_state.html"
COUNT = "authorizations/following/_questions_answered.html"


@dataclass
class ItemRow:
    """A question on the page, with its form and what was refused just now."""

    item: InformationItem
    form: Answer
    today: date
    refused: list[Refusal] = field(default_factory=list)

    @property
    def documents(self) -> list[Document]:
        """The documents that answer this question."""
        return list(self.item.documents.all())

    @property
    def is_answered(self) -> bool:
        """Whether there is a text or a document."""
        return bool(self.item.answer or self.documents)

    @property
    def is_late(self) -> bool:
        """Whether the answer is overdue: a state, nothing follows from it by itself."""
        return not self.is_answered and self.item.due_on < self.today

    @property
    def kind(self) -> str:
        """Which document was asked for, in words."""
        return DocumentKind(self.item.document_kind).label if self.item.document_kind else ""


@access.require(*queries.FILING_ROLES)
def questions(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the open questions. Everything on the page is kept with every button; sending is a button of its own."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(queries.fillable_by(actor).select_related("policy_version"), reference=reference)
    asked = next((found for found in overview.rounds(authorization) if found.closed_at is None), None)
    if asked is None:
        messages.info(request, "Er staan geen vragen (meer) open bij deze aanvraag.")
        return redirect("authorizations:request-detail", authorization.reference)
    rows = rows_of(authorization, now=now)
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        for row in rows:
            problems += _keep(request, authorization, row, by=actor, now=now)
        if not problems and "versturen" in request.POST:
            problems += _send(authorization, by=actor, now=now)
            if not problems:
                messages.success(request, "Uw antwoorden zijn verstuurd. De beslistermijn loopt weer.")
                return redirect("authorizations:request-detail", authorization.reference)
        if not problems:
            messages.success(request, "Uw antwoorden zijn bewaard. Ze zijn nog niet verstuurd.")
            return redirect("authorizations:answer-questions", authorization.reference)
        fresh = {item.pk: item for found in overview.rounds(authorization) for item in found.items.all()}
        for row in rows:
            row.item = fresh.get(row.item.pk, row.item)
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "asked": asked,
        "questions": rows,
        **count(rows),
        "criteria": {criterion.code: criterion.title for criterion in queries.policy_of(authorization).criteria},
        "limits": queries.policy_of(authorization).limits,
        "progress": progresses.progress(authorization, now=now),
        "problems": problems,
    }
    return render(request, "authorizations/following/questions.html", context, status=422 if problems else 200)


@button
def autosave(request: HttpRequest, reference: str) -> JsonResponse:
    """Keep the answers while someone is typing; nothing is sent, and a question back waits for its own button."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    asked = next((found for found in overview.rounds(authorization) if found.closed_at is None), None)
    wrong = []
    try:
        if asked is None:
            raise service.NotAllowed("Er staan geen vragen meer open bij deze aanvraag.")
        for item in asked.items.all():
            form = Answer(request.POST, number=item.pk)
            if form.add_prefix("answer") not in request.POST:
                continue
            if not form.is_valid() and "answer" in form.errors:
                wrong.append(f"Vraag {item.number} is nog niet bewaard. {form.errors['answer'][0]}")
            elif form.cleaned_data["answer"].strip() != item.answer:
                service.answer(item_id=item.pk, text=form.cleaned_data["answer"], by=actor, now=now)
    except service.NotAllowed as refusal:
        address = reverse("authorizations:request-detail", args=[authorization.reference])
        return JsonResponse({"message": str(refusal), "url": address}, status=409)
    if wrong:
        return JsonResponse({"message": wrong[0]}, status=422)
    rows = rows_of(authorization, now=now)
    changed = {f"vraag-{row.item.pk}-stand": render_to_string(STATE, {"row": row}) for row in rows}
    changed["beantwoord"] = render_to_string(COUNT, count(rows))
    return JsonResponse({"saved_at": date_format(timezone.localtime(now), "G.i"), "parts": changed})


def rows_of(authorization: AuthorizationRequest, *, now: datetime) -> list[ItemRow]:
    """Return the open questions as they are kept now."""
    asked = next((found for found in overview.rounds(authorization) if found.closed_at is None), None)
    today = timezone.localdate(now)
    return (
        [ItemRow(item, Answer(number=item.pk, answer=item.answer), today) for item in asked.items.all()]
        if asked
        else []
    )


def count(rows: list[ItemRow]) -> dict[str, int]:
    """Return how many of the questions have an answer."""
    return {"answered": sum(row.is_answered for row in rows), "total": len(rows)}


def parts(authorization: AuthorizationRequest, question_id: int | None, *, now: datetime) -> dict[str, Any]:
    """Return what a document changes on the page of the questions; nothing for one that answers none."""
    rows = rows_of(authorization, now=now) if question_id else []
    here = next((row for row in rows if row.item.pk == question_id), None)
    return {"question": here, **count(rows)} if here else {}


def _keep(
    request: HttpRequest, authorization: AuthorizationRequest, row: ItemRow, *, by: Actor, now: datetime
) -> list[dict[str, str]]:
    """Keep the answer, the files and the counter-question of one item; return what didn't work."""
    row.form = form = Answer(request.POST, number=row.item.pk)
    if not form.is_valid():
        return [
            {"message": f"Vraag {row.item.number}. {errors[0]}", "href": f"#id_{form.prefix}-{name}"}
            for name, errors in form.errors.items()
        ]
    chosen = request.FILES.getlist(f"bestand-{row.item.pk}")
    _, row.refused = checklist.receive(authorization, chosen, by=by, now=now, question_id=row.item.pk)
    problems = [{"message": reason, "href": f"#bestand-{row.item.pk}"} for _, reason in row.refused]
    answer, counter = form.cleaned_data["answer"], form.cleaned_data["counter"]
    try:
        service.answer(item_id=row.item.pk, text=answer, by=by, now=now)
        if request.POST.get("wedervraag") == str(row.item.pk):
            _ask_back(request, row.item, counter, by=by, now=now)
            row.form = Answer(number=row.item.pk, answer=answer)
        elif counter:
            raise service.NotAllowed("U typte zelf een vraag. Verstuur die eerst, of maak het vak leeg.")
    except service.NotAllowed as refusal:
        problems.append({"message": f"Vraag {row.item.number}. {refusal}", "href": f"#id_{form.prefix}-counter"})
    return problems


def _ask_back(request: HttpRequest, item: InformationItem, text: str, *, by: Actor, now: datetime) -> None:
    """Put the counter-question; the very same one twice is a second click."""
    if not any(asked.text == text and asked.replied_at is None for asked in item.counter_questions.all()):
        service.counter(item_id=item.pk, text=text, by=by, now=now)
    messages.success(request, "Uw vraag is verstuurd. U krijgt bericht als er een reactie is.")


def _send(authorization: AuthorizationRequest, *, by: Actor, now: datetime) -> list[dict[str, str]]:
    try:
        service.send_answers(authorization_id=authorization.pk, by=by, now=now)
    except service.Incomplete as incomplete:
        return [
            {"message": obstacle.message, "href": f"#id_{obstacle.field}-answer"} for obstacle in incomplete.obstacles
        ]
    except service.NotAllowed as refusal:
        return [{"message": str(refusal), "href": ""}]
    return []
