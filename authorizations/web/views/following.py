"""Following requests: the lists of an organisation, the status of one request, and taking it back or changing it."""

import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import kinds
from authorizations.domain.lifecycle import Turn
from authorizations.domain.policy import last_day_for_heroverweging
from authorizations.domain.terms import Addressee, Kind
from authorizations.models import AuthorizationRequest, Grant
from authorizations.queries import courses, grant_changes, heroverweging
from authorizations.queries import overleg as overleggen
from authorizations.services import amendments, content, documents, intake, overview
from authorizations.services import progress as progresses
from authorizations.web import clocks, status, steps, timeline
from authorizations.web.forms.following import Find, Withdraw

PROVIDER_ROLES = (Role.LEZER, Role.INDIENER, Role.BEHANDELAAR, Role.ORGANISATIEBEHEERDER)
FEW, MANY = 5, 20
NEAR = 30
"""Within so many days a subtraject threatens to close."""
LISTS = {
    "wacht": ("Wacht op u", overview.waiting),
    "concepten": ("Concepten", overview.drafts),
    "beoordeling": ("In behandeling", overview.in_review),
    "afgerond": ("Afgerond", overview.done),
}


@require_safe
@access.login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what waits for this organisation, what is judged and what is done; or one list; or what was searched."""
    actor = access.actor(request)
    if actor.is_insurer:
        return redirect("authorizations:review-queue")
    chosen, text = request.GET.get("lijst", ""), request.GET.get("q", "").strip()
    context = {
        "organization": accounts.organization(actor.organization_id),
        "can_read": queries.can_see_content(actor),
        "can_fill": actor.has(*queries.FILING_ROLES),
        "today": timezone.localdate(),
        "text": text,
    }
    if text or chosen in LISTS:
        title, rows = ("Zoeken", overview.found(actor, text)) if text else _list(actor, chosen)
        page = Paginator(rows, MANY).get_page(request.GET.get("pagina"))
        shown = _rows(page)
        _log(request, shown)
        context |= {"title": title, "page": page, "rows": shown, "chosen": chosen}
        return render(request, "authorizations/following/list.html", context)
    context["near"] = courses.near_count(actor, today=timezone.localdate(), days=NEAR)
    few = {name: _few(overview_of(actor), FEW) for name, (_, overview_of) in LISTS.items()}
    _log(request, [row for some in few.values() for row in some["rows"]])
    context |= few
    return render(request, "authorizations/following/dashboard.html", context)


@require_safe
@access.login_required
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how one request stands, what happened, and everything that was sent in both directions."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(_visible(actor), reference=reference)
    if actor.is_insurer:
        return redirect("authorizations:review-detail", authorization.reference)
    can_fill = actor.has(*queries.FILING_ROLES)
    if authorization.is_draft and can_fill:
        return redirect(steps.url(authorization, authorization.last_step or steps.first(authorization)))
    context = _status_of(authorization, now=now)
    if queries.can_see_content(actor):
        context |= _content_of(authorization, can_fill=can_fill)
    context |= {"can_fill": can_fill, "can_read": queries.can_see_content(actor)}
    context |= _again(authorization, can_fill=can_fill)
    if grant := context["grant"]:
        context["trajects"] = courses.of_request(actor, authorization)
        context["follow_url"] = f"{reverse('authorizations:intake-start')}?{_follows(authorization, grant)}"
    return render(request, "authorizations/following/detail.html", context)


@access.require(*queries.FILING_ROLES)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a filed request back, with the reason."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    form = Withdraw(request.POST if request.method == "POST" else None)
    if not authorization.is_open:
        messages.info(request, "U kunt deze aanvraag niet (meer) intrekken.")
        return redirect("authorizations:request-detail", authorization.reference)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            intake.withdraw(authorization_id=authorization.pk, reason=reason, by=actor, now=timezone.now())
        except intake.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Aanvraag {authorization.reference} is ingetrokken.")
            return redirect("authorizations:request-detail", authorization.reference)
    context = {"authorization": authorization, "insured": queries.insured_of(authorization), "form": form}
    return render(request, "authorizations/following/withdraw.html", context, status=422 if form.errors else 200)


@access.require(*queries.FILING_ROLES)
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Copy a filed request into a draft; the filed one stands until the new one is filed."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    if request.method == "POST":
        try:
            draft = intake.amend(
                authorization=authorization, by=actor, creation_key=key_of(request), now=timezone.now()
            )
        except intake.NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("authorizations:request-detail", authorization.reference)
        log.shows(request, [draft.reference])
        return redirect("authorizations:request-detail", draft.reference)
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "key": uuid.uuid4(),
    }
    return render(request, "authorizations/following/amend.html", context)


@require_safe
@access.require(*PROVIDER_ROLES)
def send_documents(request: HttpRequest) -> HttpResponse:
    """Find a request by its number, to add documents to it."""
    actor = access.actor(request)
    form = Find(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        found = overview.numbered(actor, form.cleaned_data["number"])
        if found is None:
            message = "Wij vinden bij uw organisatie geen aanvraag met dit nummer. Controleer het nummer."
            form.add_error("number", message)
            return _find(request, form, actor)
        log.shows(request, [found.reference])
        if actor.has(*queries.FILING_ROLES):
            return redirect("authorizations:extra-documents", found.reference)
        return redirect("authorizations:request-detail", found.reference)
    return _find(request, form, actor)


# -- what the pages get ------------------------------------------------------------------------------------------------


def _log(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    log.shows(request, [row["authorization"].reference for row in rows])


def _find(request: HttpRequest, form: Find, actor: Actor) -> HttpResponse:
    context = {"form": form, "can_fill": actor.has(*queries.FILING_ROLES)}
    return render(request, "authorizations/following/send_documents.html", context, status=422 if form.errors else 200)


def _visible(actor: Actor) -> QuerySet[AuthorizationRequest]:
    return queries.visible_to(actor).select_related("policy_version", "insurer", "submitted_by", "previous", "amends")


def _list(actor: Actor, name: str) -> tuple[str, QuerySet[AuthorizationRequest]]:
    title, overview_of = LISTS[name]
    return title, overview_of(actor)


def _few(requests: QuerySet[AuthorizationRequest], number: int) -> dict[str, Any]:
    """Return the first of a list, and whether there are more."""
    first = list(requests[: number + 1])
    return {"rows": _rows(first[:number]), "more": len(first) > number}


def _rows(requests: Any) -> list[dict[str, Any]]:
    """Return requests as rows of a table, without the name of anybody."""
    rows = []
    for authorization in requests:
        colour, words = status.badge(authorization)
        rows.append(
            {
                "authorization": authorization,
                "patient": authorization.insured.short_name if hasattr(authorization, "insured") else "",
                "colour": colour,
                "words": words,
                "granted": authorization.granted if authorization.is_decided else None,
                "step": steps.position(authorization) if authorization.is_draft else "",
            }
        )
    return rows


def _status_of(authorization: AuthorizationRequest, *, now: datetime) -> dict[str, Any]:
    """Return what everybody of the organisation may see: status, term and codes."""
    colour, words = status.badge(authorization)
    progress = progresses.progress(authorization, now=now)
    policy = queries.policy_of(authorization)
    answer_by = overview.answer_by(authorization)
    grant = queries.grant_of(authorization.pk)
    decision = overview.decision_on(authorization) if authorization.is_decided else None
    return {
        "authorization": authorization,
        "colour": colour,
        "words": words,
        "progress": progress,
        "policy": policy,
        "events": timeline.events(authorization, progresses.history(authorization), progress, answer_by=answer_by),
        "facts": _facts(authorization, progress, grant),
        "grant": grant,
        "decision": decision,
        "last_day": last_day_for_heroverweging(policy, timezone.localdate(decision.final_at)) if decision else None,
        "answer_by": answer_by,
        "today": timezone.localdate(now),
        **clocks.context(authorization, now=now),
    }


def _facts(
    authorization: AuthorizationRequest, progress: progresses.Progress, grant: Grant | None
) -> list[tuple[str, Any]]:
    """Return the facts at a glance: who must act, when the decision may be expected."""
    turns = {Turn.PROVIDER: "U, de zorgaanbieder", Turn.INSURER: authorization.insurer.name, Turn.NOBODY: ""}
    expected = ""
    if progress.resting:
        expected = f"{timeline.left(progress)} na uw antwoord"
    elif progress.expected_on:
        expected = timeline.day(progress.expected_on)
    return [
        ("Wie is aan zet", turns[progress.turn]),
        ("Besluit verwacht", expected),
        ("Ingediend", _long(authorization.submitted_at)),
        ("Afgerond", _long(authorization.closed_at)),
        ("Machtigingsnummer", grant.number if grant else ""),
        ("Verzekeraar", authorization.insurer.name if progress.turn is not Turn.INSURER else ""),
    ]


def _follows(authorization: AuthorizationRequest, grant: Grant) -> str:
    """Return what a request that comes after this machtiging begins with."""
    row = kinds.of(Kind(authorization.kind))
    if row.in_subtrajects:
        return f"vervolg={grant.number}"
    return urlencode({"beleid": authorization.policy_version.slug, "soort": row.follow_up.value})


def _long(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""


def _content_of(authorization: AuthorizationRequest, *, can_fill: bool) -> dict[str, Any]:
    """Return what only medical roles may see."""
    letters = queries.letters_for(authorization).filter(addressee=Addressee.PROVIDER)
    rounds = overview.rounds(authorization)
    return {
        "insured": queries.insured_of(authorization),
        "given": documents.checklist(authorization),
        "documents": list(queries.documents_of(authorization)),
        "letters": list(letters),
        "open_round": next((asked for asked in rounds if asked.closed_at is None), None),
        "earlier_rounds": [asked for asked in rounds if asked.closed_at],
        "sections": content.sections(authorization),
        "can_add": can_fill and authorization.is_open,
        "overleggen": overleggen.without_results(authorization, but_shared=True),
        "newer": amendments.successor(authorization),
    }


def _again(authorization: AuthorizationRequest, *, can_fill: bool) -> dict[str, Any]:
    """Return what was asked and answered after the decision, and whether heroverweging can be asked now."""
    every = heroverweging.of_request(authorization) if authorization.is_decided else []
    is_open = any(one.is_open for one in every)
    return {
        "heroverwegingen": every,
        "can_ask_again": can_fill and authorization.is_decided and not is_open,
        "grant_changes": grant_changes.of_request(authorization) if authorization.is_decided else [],
    }


def key_of(request: HttpRequest) -> uuid.UUID:
    """Return the key that makes a second click harmless; one that isn't ours gets a new one."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
