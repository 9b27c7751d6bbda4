"""A provider asks for coulance: begin, fill in, file, and follow what becomes of it."""

import io
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import queries as accounts
from accounts.web import access
from audit.domain.events import Subject
from audit.web import log
from authorizations import queries
from authorizations.domain import coulance as rules
from authorizations.domain import coulance_files, words
from authorizations.domain.coulance import Claim, CoulanceStatus
from authorizations.models import CoulanceRequest
from authorizations.queries import coulance as found
from authorizations.services import coulance as service
from authorizations.web.forms.coulance import Begin, ClaimRow, Claims, Fill
from authorizations.web.forms.notices import at_fields
from kit import text
from kit.rows import quiet

UNPROCESSABLE = 422
GONE_CLAIM, GONE_PAPER, FILE = "weg", "weg-stuk", "indienen"
COLOURS = {
    CoulanceStatus.DRAFT: "neutral",
    CoulanceStatus.SUBMITTED: "neutral",
    CoulanceStatus.IN_REVIEW: "active",
    CoulanceStatus.GRANTED: "ok",
    CoulanceStatus.PARTLY_GRANTED: "ok",
    CoulanceStatus.DENIED: "danger",
    CoulanceStatus.WITHDRAWN: "neutral",
}


def shown(request: HttpRequest, several: Any) -> None:
    """Tell the log which coulanceverzoeken the answer shows."""
    for one in several:
        subject = Subject(reference=one.reference, provider_id=one.provider_id, insurer_id=one.insurer_id)
        log.about(request, subject)


def badge_of(coulance: CoulanceRequest) -> tuple[str, str]:
    """Return the colour and the words of how a coulanceverzoek stands."""
    status = CoulanceStatus(coulance.status)
    return COLOURS[status], status.label


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*sorted(queries.FILING_ROLES))
def begin(request: HttpRequest) -> HttpResponse:
    """Choose the insurer; the key in the form makes one draft of two clicks."""
    actor, now = access.actor(request), timezone.now()
    insurers = list(accounts.insurers().order_by("name").values_list("pk", "name"))
    posted = request.POST if request.method == "POST" else None
    form = Begin(posted, insurers=insurers, initial={"creation_key": uuid.uuid4()})
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        try:
            coulance = service.begin(insurer_id=data["insurer"], creation_key=data["creation_key"], by=actor, now=now)
        except service.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            shown(request, [coulance])
            return redirect("authorizations:coulance", coulance.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/coulance/begin.html", {"form": form}, status=status)


@require_safe
@access.require(*sorted(queries.FILING_ROLES))
def example(request: HttpRequest) -> HttpResponse:
    """Hand out a file as it should be."""
    written = io.StringIO()
    coulance_files.example(written, today=timezone.localdate())
    return HttpResponse(
        written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="coulance-voorbeeld.csv"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*sorted(found.PROVIDER_ROLES))
def detail(request: HttpRequest, coulance_id: int) -> HttpResponse:
    """Fill in a draft; show what was filed, with its decision; whoever files may take it back before that."""
    actor = access.actor(request)
    coulance = get_object_or_404(found.whole(actor), pk=coulance_id)
    shown(request, [coulance])
    if coulance.is_draft and found.can_tell(actor):
        return _fill(request, coulance)
    if request.method == "POST":
        try:
            service.withdraw(coulance_id=coulance.pk, by=actor, now=timezone.now())
            messages.success(request, "Uw coulanceverzoek is ingetrokken.")
        except service.NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect("authorizations:coulance", coulance.pk)
    context = told_of(coulance, ("Verzekeraar", coulance.insurer.name))
    context["own"] = True
    context["can_withdraw"] = coulance.status in rules.COULANCE_OPEN and found.can_tell(actor)
    return render(request, "authorizations/coulance/detail.html", context)


@require_POST
@access.require(*sorted(queries.FILING_ROLES))
def discard(request: HttpRequest, coulance_id: int) -> HttpResponse:
    """Throw a draft away."""
    actor = access.actor(request)
    coulance = get_object_or_404(found.visible_to(actor), pk=coulance_id)
    shown(request, [coulance])
    try:
        service.discard(coulance_id=coulance.pk, by=actor)
    except service.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("authorizations:coulance", coulance_id)
    messages.success(request, "Het concept is verwijderd.")
    return redirect("authorizations:notices")


def told_of(coulance: CoulanceRequest, other: tuple[str, str]) -> dict[str, Any]:
    """Return what both sides see of a coulanceverzoek; `other` says who is on the other side."""
    claims = list(found.claims_of(coulance))
    total = sum((claim.amount for claim in claims), start=rules.NOTHING)
    return {
        "coulance": coulance,
        "badge": badge_of(coulance),
        "facts": [
            ("Kenmerk", coulance.reference),
            other,
            ("Reden", coulance.get_ground_display() if coulance.ground else ""),
            ("Declaraties", f"{len(claims)}, samen {words.euros(total)}" if claims else ""),
        ],
        "claims": [(claim, words.euros(claim.amount)) for claim in claims],
        "papers": found.papers_of(coulance),
        "events": _course(coulance),
    }


def _course(coulance: CoulanceRequest) -> list[dict[str, object]]:
    done = [
        ("Ingediend", coulance.filed_at, coulance.filed_by),
        ("In behandeling genomen", coulance.taken_at, coulance.taken_by),
        (coulance.get_status_display(), coulance.closed_at, coulance.closed_by),
    ]
    events: list[dict[str, object]] = [
        {"state": "done", "title": title, "at": at, "by": by.full_name if by else ""} for title, at, by in done if at
    ]
    if coulance.status in rules.COULANCE_OPEN:
        events.append({"state": "current", "title": "Besluit van de verzekeraar"})
    return events


def _fill(request: HttpRequest, coulance: CoulanceRequest) -> HttpResponse:
    actor, now = access.actor(request), timezone.now()
    not_handed_in = found.takes_not_handed_in(coulance.insurer_id, today=timezone.localdate(now))
    if request.method != "POST":
        return _page(request, coulance, not_handed_in=not_handed_in)
    form, claims = Fill(request.POST, request.FILES, not_handed_in=not_handed_in), Claims(request.POST, prefix="claim")
    if claims.pressed:
        return _page(request, coulance, quiet(form), claims, not_handed_in=not_handed_in)
    named = _named(claims, not_handed_in=not_handed_in)
    if not form.is_valid() or named is None:
        return _page(request, coulance, form, claims, not_handed_in=not_handed_in)
    change = service.Change(
        ground=form.cleaned_data["ground"],
        explanation=form.cleaned_data["explanation"],
        claims=[*named, *form.read],
        papers=form.chosen,
        gone_claims=_numbers(request.POST, GONE_CLAIM),
        gone_papers=_numbers(request.POST, GONE_PAPER),
    )
    try:
        coulance = service.save(coulance_id=coulance.pk, change=change, by=actor, now=now)
    except service.Incomplete as incomplete:
        at_fields(form, incomplete.obstacles)
        return _page(request, coulance, form, claims, not_handed_in=not_handed_in)
    if FILE not in request.POST:
        messages.success(request, "Uw concept is bewaard.")
        return redirect("authorizations:coulance", coulance.pk)
    try:
        service.submit(coulance_id=coulance.pk, by=actor, now=now)
    except service.Incomplete as incomplete:
        # What was typed is saved by now: what lacks is said on the page as it was kept.
        kept = Fill({"ground": coulance.ground, "explanation": coulance.explanation}, not_handed_in=not_handed_in)
        at_fields(kept, incomplete.obstacles)
        return _page(request, coulance, kept, not_handed_in=not_handed_in)
    messages.success(request, "Uw coulanceverzoek is ingediend. U krijgt bericht zodra er een besluit is.")
    return redirect("authorizations:coulance", coulance.pk)


def _named(claims: Any, *, not_handed_in: bool) -> list[Claim] | None:
    """Return the claims of the rows; None when something is wrong in one of them, which its fields then say."""
    if not claims.is_valid():
        return None
    named, wrong = [], False
    for row in claims.forms:
        if not row.has_changed():
            continue
        claim = ClaimRow.read(row.cleaned_data)
        obstacles = rules.wrong_with(claim, today=timezone.localdate(), not_handed_in=not_handed_in)
        at_fields(row, obstacles)
        wrong = wrong or bool(obstacles)
        named.append(claim)
    return None if wrong else named


def _numbers(data: QueryDict, name: str) -> frozenset[int]:
    return frozenset(number for one in data.getlist(name) if (number := text.number(one)) is not None)


def _page(
    request: HttpRequest,
    coulance: CoulanceRequest,
    form: Fill | None = None,
    claims: Any = None,
    *,
    not_handed_in: bool,
) -> HttpResponse:
    initial = {"ground": coulance.ground, "explanation": coulance.explanation}
    form = form or Fill(initial=initial, not_handed_in=not_handed_in)
    claims = claims if claims is not None else Claims(prefix="claim")
    wrong = bool(form.errors or (claims.is_bound and not claims.pressed))
    context = told_of(coulance, ("Verzekeraar", coulance.insurer.name)) | {
        "form": form,
        "new": claims,
        "faults": form.faults,
        "not_handed_in": not_handed_in,
        "gone_claim": GONE_CLAIM,
        "gone_paper": GONE_PAPER,
        "file": FILE,
        "wrong": wrong,
    }
    return render(request, "authorizations/coulance/fill.html", context, status=UNPROCESSABLE if wrong else 200)
