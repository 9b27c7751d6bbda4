"""A provider tells an insurer that an omzetplafond is reached or nearly, and follows what comes of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries as accounts
from accounts.web import access
from authorizations import queries
from authorizations.domain import notices as rules
from authorizations.domain import words
from authorizations.domain.notices import CeilingLevel, CeilingStatus
from authorizations.models import CeilingNotice
from authorizations.queries import coulance
from authorizations.queries import notices as found
from authorizations.services import notices
from authorizations.web.forms.notices import TellCeiling
from authorizations.web.views import coulance as coulances

UNPROCESSABLE = 422
ON_A_PAGE = 25
COLOURS = {
    CeilingStatus.FILED: "neutral",
    CeilingStatus.TAKEN: "active",
    CeilingStatus.ANSWERED: "ok",
    CeilingStatus.CLOSED: "neutral",
    CeilingStatus.WITHDRAWN: "neutral",
}


def badge_of(notice: CeilingNotice) -> tuple[str, str]:
    """Return the colour and the words of how a notice stands."""
    status = CeilingStatus(notice.status)
    return COLOURS[status], status.label


def level_badge(notice: CeilingNotice) -> tuple[str, str]:
    """Return the colour and the words of how near the omzetplafond is."""
    level = CeilingLevel(notice.level)
    return "danger" if level is CeilingLevel.REACHED else "warning", level.label


@require_safe
@access.require(*sorted(found.PROVIDER_ROLES))
def told(request: HttpRequest) -> HttpResponse:
    """Show what the own institution told insurers beside its requests."""
    actor = access.actor(request)
    page = Paginator(found.told_by(actor), ON_A_PAGE).get_page(request.GET.get("pagina"))
    asked = Paginator(coulance.asked_by(actor), ON_A_PAGE).get_page(request.GET.get("verzoeken"))
    context = {
        "asked": [(one, coulances.badge_of(one)) for one in asked],
        "asked_page": asked,
        "page": page,
        "lines": [(one, badge_of(one), level_badge(one)) for one in page],
        "can_tell": found.can_tell(actor),
    }
    return render(request, "authorizations/notices/told.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*sorted(queries.FILING_ROLES))
def tell(request: HttpRequest) -> HttpResponse:
    """Tell of an omzetplafond."""
    actor, now = access.actor(request), timezone.now()
    insurers = list(accounts.insurers().order_by("name").values_list("pk", "name"))
    posted = request.POST if request.method == "POST" else None
    form = TellCeiling(posted, insurers=insurers, year=timezone.localdate(now).year)
    if posted is not None and form.is_valid():
        try:
            notice = notices.tell(insurer_id=form.cleaned_data["insurer"], told=form.told, by=actor, now=now)
        except notices.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except notices.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Uw melding is verstuurd. U ziet hier wat de verzekeraar ermee doet.")
            return redirect("authorizations:ceiling", notice.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/notices/tell.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*sorted(found.PROVIDER_ROLES))
def detail(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Show one notice with its answer; whoever files may take it back."""
    actor = access.actor(request)
    notice = get_object_or_404(found.whole(actor), pk=notice_id)
    if request.method == "POST":
        try:
            notices.withdraw(notice_id=notice.pk, by=actor, now=timezone.now())
            messages.success(request, "Uw melding is ingetrokken.")
        except notices.NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect("authorizations:ceiling", notice.pk)
    steps = rules.possible(rules.CEILING_STEPS, status=CeilingStatus(notice.status), by=actor.organization_kind)
    context = {
        "notice": notice,
        "badge": badge_of(notice),
        "level": level_badge(notice),
        "facts": facts_of(notice, ("Verzekeraar", notice.insurer.name)),
        "events": course_of(notice),
        "can_withdraw": "withdraw" in steps and found.can_tell(actor),
    }
    return render(request, "authorizations/notices/ceiling.html", context)


def facts_of(notice: CeilingNotice, other: tuple[str, str]) -> list[tuple[str, str]]:
    """Return what was told, as pairs of term and value; `other` says who is on the other side."""
    reached = notice.level == CeilingLevel.REACHED
    return [
        other,
        ("Contractjaar", str(notice.contract_year)),
        ("Omzetplafond", words.euros(notice.ceiling)),
        ("Gerealiseerd", f"{words.euros(notice.realised)} ({rules.share(notice.ceiling, notice.realised)})"),
        ("Bereikt op" if reached else "Verwacht op", words.day(notice.expected_on)),
        ("Gemeld door", notice.filed_by.full_name),
    ]


def course_of(notice: CeilingNotice) -> list[dict[str, object]]:
    """Return what happened to a notice so far, the oldest first, and what is awaited."""
    done = [
        ("Gemeld", notice.filed_at, notice.filed_by),
        ("In behandeling genomen", notice.taken_at, notice.taken_by),
        ("Beantwoord", notice.answered_at, notice.answered_by),
        (notice.get_status_display(), notice.closed_at, notice.closed_by),
    ]
    events: list[dict[str, object]] = [
        {"state": "done", "title": title, "at": at, "by": by.full_name if by else ""} for title, at, by in done if at
    ]
    if notice.status in (CeilingStatus.FILED, CeilingStatus.TAKEN):
        events.append({"state": "current", "title": "Antwoord van de verzekeraar"})
    return events
