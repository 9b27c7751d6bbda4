"""The worklist of claims that must still be handed in, and their last days as a file for one's calendar."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.web import access
from authorizations import queries
from authorizations.delivery import agenda
from authorizations.domain.claim_standing import WARN_DAYS
from authorizations.domain.forecast import RiskDay
from authorizations.queries import claims_due
from authorizations.services import claim_days
from authorizations.web.views.declarations import LOOKERS, ON_A_PAGE, shown

WITHIN = {"30": "30 dagen", "90": "90 dagen", "": "Alle"}
MOST_EVENTS = 500


@require_safe
@access.require(*LOOKERS)
def due(request: HttpRequest) -> HttpResponse:
    """Show the claims that must still be handed in, the first to be late on top."""
    actor, today = access.actor(request), timezone.localdate()
    within = request.GET.get("binnen", "")
    within = within if within in WITHIN else ""
    until = today + timedelta(days=int(within)) if within else None
    page = Paginator(claims_due.to_hand_in(actor, until=until), ON_A_PAGE).get_page(request.GET.get("pagina"))
    shown(request, page)
    lifted = claims_due.lifted(list(page))
    context = {
        "page": page,
        "lines": [claim_days.shown(row, lifted_by=lifted.get(row.pk, ""), today=today) for row in page],
        "within": within,
        "choices": WITHIN.items(),
        "can_fill": actor.has(*queries.FILING_ROLES),
    }
    return render(request, "authorizations/declarations/due.html", context)


@require_safe
@access.require(*LOOKERS)
def calendar(request: HttpRequest) -> HttpResponse:
    """Hand out the last days that are still to come; what coulance lifted has none."""
    actor, now = access.actor(request), timezone.now()
    today = timezone.localdate(now)
    rows = [row for row in claims_due.to_hand_in(actor)[: 2 * MOST_EVENTS] if row.last_day and row.last_day >= today]
    lifted = claims_due.lifted(rows)
    rows = [row for row in rows if row.pk not in lifted][:MOST_EVENTS]
    shown(request, rows)
    days = [
        RiskDay(
            on=row.last_day,
            title=f"Declaratie {row.number}: laatste dag om in te dienen",
            why=f"Bij {row.insurer.name}. Daarna is de declaratie te laat.",
            warn_days=WARN_DAYS,
        )
        for row in rows
        if row.last_day
    ]
    address = request.build_absolute_uri(reverse("authorizations:declarations-due"))
    return HttpResponse(
        agenda.file(days, address=address, made_at=now),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="declaraties.ics"', "Cache-Control": "no-store"},
    )
