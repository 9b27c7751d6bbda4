"""What is kept: hold a request, let it go again, and read what was deleted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.web import access
from audit.domain.events import Outcome
from audit.web import log
from authorizations.queries import keeping
from authorizations.services import retention
from authorizations.services.lifecycle import NotAllowed
from authorizations.web.forms.retention import Hold

ON_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*sorted(keeping.KEEPERS))
def overview(request: HttpRequest) -> HttpResponse:
    """Show which requests are held and what was deleted; hold another one."""
    actor, now = access.actor(request), timezone.now()
    form = Hold(request.POST or None)
    if form.is_bound and form.is_valid():
        found = keeping.kept_by(actor).filter(reference=form.cleaned_data["number"]).first()
        if found is None:
            form.add_error("number", "Wij vinden bij uw organisatie geen aanvraag met dit nummer.")
        else:
            try:
                retention.hold(authorization=found, reason=form.cleaned_data["reason"], by=actor, now=now)
            except NotAllowed as refusal:
                form.add_error("number", str(refusal))
            else:
                log.shows(request, [found.reference])
                messages.success(request, f"Aanvraag {found.reference} blijft bewaard tot u haar vrijgeeft.")
                return redirect("authorizations:retention")
    reports = Paginator(keeping.retention_reports(actor), ON_A_PAGE).get_page(request.GET.get("pagina"))
    holds = list(keeping.holds(actor)[:100])
    log.shows(request, [one.authorization.reference for one in holds])
    context = {"form": form, "holds": holds, "page": reports}
    return render(request, "authorizations/retention/overview.html", context, status=422 if form.errors else 200)


@require_POST
@access.require(*sorted(keeping.KEEPERS))
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a request go again."""
    actor = access.actor(request)
    authorization = get_object_or_404(keeping.kept_by(actor), reference=reference)
    try:
        retention.lift(authorization=authorization, by=actor, now=timezone.now())
    except NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.info(request, str(refusal))
    else:
        messages.success(
            request, f"Aanvraag {reference} is vrijgegeven. Zij wordt verwijderd als de bewaartermijn voorbij is."
        )
    return redirect("authorizations:retention")
