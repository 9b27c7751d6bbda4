"""The questionnaire: a provider fills it in, both sides read it, and the insurer judges it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries as accounts
from accounts.web import access
from contracting.domain.conditions import CONDITIONS, ProviderKind
from contracting.domain.questionnaire import ContractingOutcome, QuestionnaireStatus, year_it_counts_for
from contracting.models import Questionnaire
from contracting.queries import questionnaires as asked
from contracting.services import desks, judging, questionnaires
from contracting.services.refusals import Incomplete, NotAllowed
from contracting.web.doors import fills, keeps, reads, status_of
from contracting.web.forms_questionnaire import Begin, Desks, Fill, Judge, by_theme
from kit import text
from kit.downloads import respond
from papers.services import downloads

ON_A_PAGE = 50
COLOURS = {
    QuestionnaireStatus.DRAFT: "neutral",
    QuestionnaireStatus.SUBMITTED: "active",
    QuestionnaireStatus.DECIDED: "ok",
}


@require_safe
@reads
def listed(request: HttpRequest) -> HttpResponse:
    """Show the questionnaires of the own organisation."""
    actor = access.actor(request)
    page = Paginator(asked.visible_to(actor), ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "questionnaires": [(one, badge(one)) for one in page], "fills": actor.is_provider}
    return render(request, "contracting/questionnaire/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fills
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire."""
    insurers = [(one.pk, one.name) for one in accounts.insurers()]
    form = Begin(request.POST or None, insurers=insurers)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            made = questionnaires.begin(
                insurer_id=form.cleaned_data["insurer"], kind=form.cleaned_data["kind"], by=access.actor(request),
                now=now,
            )  # fmt: skip
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("contracting:questionnaire-fill", made.pk)
    context = {"form": form, "year": year_it_counts_for(timezone.localdate(now))}
    return render(request, "contracting/questionnaire/begin.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@fills
def fill(request: HttpRequest, questionnaire_id: int) -> HttpResponse:
    """Fill it in; one button keeps it, one keeps and submits it, and one at each file takes that away."""
    actor, now = access.actor(request), timezone.now()
    made = get_object_or_404(asked.fillable_by(actor), pk=questionnaire_id)
    if not made.is_draft:
        messages.info(request, questionnaires.SUBMITTED_ALREADY)
        return redirect("contracting:questionnaire", made.pk)
    conditions = [one for one in CONDITIONS if ProviderKind(made.kind) in one.kinds]
    if request.method == "POST":
        form = Fill(request.POST, request.FILES, conditions=conditions)
        if form.is_valid():
            try:
                questionnaires.save(questionnaire_id=made.pk, said=form.said, papers=form.papers, by=actor, now=now)
                if (paper_id := text.number(request.POST.get("verwijder", ""))) is not None:
                    questionnaires.remove(questionnaire_id=made.pk, paper_id=paper_id, by=actor)
                if "dien_in" in request.POST:
                    questionnaires.submit(questionnaire_id=made.pk, by=actor, now=now)
                    messages.success(request, "Uw vragenlijst is ingediend. U krijgt een bevestiging per e-mail.")
                    return redirect("contracting:questionnaire", made.pk)
            except Incomplete as incomplete:
                form.refuse(incomplete.obstacles)
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Uw antwoorden zijn bewaard.")
                return redirect("contracting:questionnaire-fill", made.pk)
    else:
        form = Fill(conditions=conditions, initial=Fill.initial_of(made, asked.replies_of(made)))
    context = {
        "made": made,
        "form": form,
        "themes": form.themes(asked.papers_of(made)),
        "year": questionnaires.year_now(made, now=now),
        "lacks": questionnaires.obstacles(made, now=now) if not form.is_bound else [],
    }
    return render(request, "contracting/questionnaire/fill.html", context, status=status_of(form))


@require_safe
@reads
def detail(request: HttpRequest, questionnaire_id: int) -> HttpResponse:
    """Show what was filled in, and once it was decided what the insurer found of each condition."""
    actor = access.actor(request)
    made = get_object_or_404(asked.visible_to(actor), pk=questionnaire_id)
    return render(request, "contracting/questionnaire/one.html", _told(made, judges=actor.is_insurer))


@require_safe
@reads
def paper(request: HttpRequest, questionnaire_id: int, evidence_id: int) -> HttpResponseBase:
    """Hand out a file as it came in."""
    made = get_object_or_404(asked.visible_to(access.actor(request)), pk=questionnaire_id)
    found = asked.paper_of(made, evidence_id)
    if found is None:
        raise Http404
    try:
        return respond(downloads.original(found.file))
    except (downloads.NotAvailable, FileNotFoundError) as missing:
        raise Http404 from missing


@require_safe
@reads
def letter(request: HttpRequest, questionnaire_id: int) -> HttpResponseBase:
    """Hand out the letter with the outcome."""
    made = get_object_or_404(asked.visible_to(access.actor(request)), pk=questionnaire_id)
    if made.letter is None:
        raise Http404
    try:
        return respond(downloads.letter(made.letter, name=f"vragenlijst-{made.pk}.pdf"))
    except downloads.NotAvailable as refusal:
        messages.info(request, str(refusal))
        return redirect("contracting:questionnaire", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def judge(request: HttpRequest, questionnaire_id: int) -> HttpResponse:
    """Judge each condition; the two buttons keep it, or decide."""
    actor, now = access.actor(request), timezone.now()
    made = get_object_or_404(asked.judgeable_by(actor), pk=questionnaire_id)
    if not made.is_submitted:
        messages.info(request, "Deze vragenlijst is al beoordeeld.")
        return redirect("contracting:questionnaire", made.pk)
    conditions = judging.conditions_of(made)
    if request.method == "POST":
        form = Judge(request.POST, conditions=conditions)
        if form.is_valid():
            given: dict[str, Any] = {"questionnaire_id": made.pk, "judged": form.judged, "by": actor, "now": now}
            given["motivation"] = form.cleaned_data["motivation"]
            try:
                if "besluit" in request.POST:
                    judging.decide(outcome=form.cleaned_data["outcome"], **given)
                    messages.success(request, "De uitkomst is vastgelegd. De brief wordt gemaakt.")
                    return redirect("contracting:questionnaire", made.pk)
                judging.save(**given)
            except Incomplete as incomplete:
                form.refuse(incomplete.obstacles)
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Uw oordelen zijn bewaard. De zorgaanbieder ziet ze nog niet.")
                return redirect("contracting:questionnaire-judge", made.pk)
    else:
        form = Judge(conditions=conditions, initial=Judge.initial_of(made, asked.replies_of(made)))
    context = _told(made, judges=True) | {"form": form}
    for _, rows in context["themes"]:
        for row in rows:
            row["fields"] = form.of(row["condition"].code)
    return render(request, "contracting/questionnaire/judge.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def at_desks(request: HttpRequest) -> HttpResponse:
    """Say at which address the questionnaires of each kind of provider come in."""
    actor = access.actor(request)
    form = Desks(request.POST or None, initial=desks.of(actor.organization_id))
    if request.method == "POST" and form.is_valid():
        desks.save(addresses={ProviderKind(name): value for name, value in form.cleaned_data.items()}, by=actor)
        messages.success(request, "De loketten zijn bewaard.")
        return redirect("contracting:desks")
    return render(request, "contracting/questionnaire/desks.html", {"form": form}, status=status_of(form))


def badge(made: Questionnaire) -> tuple[str, str]:
    """Return the colour and the words of how far it is."""
    if made.outcome == ContractingOutcome.NO_OFFER:
        return "danger", made.get_outcome_display()
    return COLOURS[QuestionnaireStatus(made.status)], made.get_outcome_display() or made.get_status_display()


def _told(made: Questionnaire, *, judges: bool) -> dict[str, Any]:
    replies, papers = asked.replies_of(made), asked.papers_of(made)
    is_decided = made.status == QuestionnaireStatus.DECIDED
    rows = [
        {
            "condition": one,
            "reply": replies[one.code],
            "facts": [(_label(name), getattr(made, name)) for name in one.facts],
            "papers": [paper for paper in papers if paper.condition == one.code],
            "is_judged": is_decided,
            "fields": [],
        }
        for one in judging.conditions_of(made)
    ]
    return {
        "made": made,
        "badge": badge(made),
        "themes": by_theme(rows),
        "judges": judges and made.is_submitted,
        "is_insurer": judges,
        "is_decided": is_decided,
    }


def _label(name: str) -> str:
    return str(Fill.base_fields[name].label)
