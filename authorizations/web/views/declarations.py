"""The claims of a zorgaanbieder: the list, one of them, and writing one down, changing or removing it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import queries as accounts
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import words
from authorizations.domain.coulance import known_number
from authorizations.models import Declaration
from authorizations.queries import claims_due
from authorizations.queries import declarations as found
from authorizations.services import claim_checks, claim_days
from authorizations.services import declarations as service
from authorizations.web.forms.declarations import One
from kit import text

ON_A_PAGE = 50
UNPROCESSABLE = 422
LOOKERS, FILERS = sorted(found.LOOKING_ROLES), sorted(queries.FILING_ROLES)


def shown(request: HttpRequest, several: Iterable[Declaration]) -> None:
    """Tell the log which claims the answer shows."""
    for one in several:
        log.about(request, service.subject(one))


@require_safe
@access.require(*LOOKERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the claims of the own institution, or the one with this number."""
    actor = access.actor(request)
    typed = text.storable(request.GET.get("q", "")).strip()[:40]
    page = Paginator(found.listed(actor, number=known_number(typed)), ON_A_PAGE).get_page(request.GET.get("pagina"))
    shown(request, page)
    context = {"page": page, "text": typed, "can_fill": actor.has(*queries.FILING_ROLES)}
    return render(request, "authorizations/declarations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*FILERS)
def add(request: HttpRequest) -> HttpResponse:
    """Write one down."""
    form = _form(request)
    if form.is_bound and form.is_valid() and form.told:
        try:
            row = service.register(told=form.told, by=access.actor(request), now=timezone.now())
        except service.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except service.NotAllowed as refusal:
            form.add_error("number", str(refusal))
        else:
            shown(request, [row])
            messages.success(request, f"Declaratie {row.number} is vastgelegd.")
            return redirect("authorizations:declaration", row.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/declarations/fill.html", {"form": form}, status=status)


@require_safe
@access.require(*LOOKERS)
def detail(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """Show one claim."""
    actor = access.actor(request)
    row = get_object_or_404(found.whole(actor), pk=declaration_id)
    shown(request, [row])
    days = claim_days.shown(row, lifted_by=claims_due.lifted_by(row), today=timezone.localdate(), with_picture=True)
    context = {
        "row": row,
        "days": days,
        "looked": claim_checks.look(row, actor),
        "facts": facts(row),
        "can_fill": actor.has(*queries.FILING_ROLES),
    }
    return render(request, "authorizations/declarations/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*FILERS)
def change(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """Change one."""
    actor = access.actor(request)
    row = get_object_or_404(found.whole(actor), pk=declaration_id)
    shown(request, [row])
    form = _form(request, initial=One.of(row))
    if form.is_bound and form.is_valid() and form.told:
        try:
            service.change(declaration_id=row.pk, told=form.told, by=actor, now=timezone.now())
        except service.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except service.NotAllowed as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, f"Declaratie {form.told.number} is bijgewerkt.")
            return redirect("authorizations:declaration", row.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/declarations/fill.html", {"form": form, "row": row}, status=status)


@require_POST
@access.require(*FILERS)
def remove(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """Take one away that was written down wrongly."""
    actor = access.actor(request)
    row = get_object_or_404(found.whole(actor), pk=declaration_id)
    shown(request, [row])
    try:
        service.remove(declaration_id=row.pk, by=actor)
        messages.success(request, f"Declaratie {row.number} is verwijderd.")
    except service.NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("authorizations:declarations")


def facts(row: Declaration) -> list[tuple[str, str]]:
    """Return what was told of a claim, as a page shows it."""
    days = (
        ("Zorg begonnen", row.opened_on),
        ("Zorg gesloten", row.closed_on),
        ("Verrichting", row.performed_on),
        ("Retourinformatie", row.returned_on),
        ("Ingediend", row.handed_in_on),
    )
    who = row.zorgtraject.insured.short_name if row.zorgtraject else "BSN bekend" if row.bsn_hash else ""
    told: list[tuple[str, str]] = [
        ("Verzekeraar", row.insurer.name),
        ("Afspraak", row.get_regime_display()),
        ("Declaratiecode", row.code + (" (bij een intake)" if row.at_intake else "")),
        ("Code her-declaratie", row.resubmission),
        *((label, words.day(day) if day else "") for label, day in days),
        ("Antwoord", _answered(row)),
        ("Patiënt", who),
        ("Zorgtraject", row.zorgtraject.number if row.zorgtraject else ""),
        ("Machtiging", row.machtigingsnummer),
        ("Vastgelegd", f"{words.day(timezone.localdate(row.registered_at))}, {row.registered_by.full_name}"),
    ]
    if row.changed_at and row.changed_by:
        told.append(("Gewijzigd", f"{words.day(timezone.localdate(row.changed_at))}, {row.changed_by.full_name}"))
    return [(label, said) for label, said in told if said]


def _answered(row: Declaration) -> str:
    if not row.answer or not row.answered_on:
        return ""
    code = f", retourcode {row.return_code}" if row.return_code else ""
    return f"{row.get_answer_display()} op {words.day(row.answered_on)}{code}"


def _form(request: HttpRequest, **more: Any) -> One:
    names = [one.name for one in accounts.insurers().order_by("name")]
    return One(request.POST if request.method == "POST" else None, insurers=names, **more)
