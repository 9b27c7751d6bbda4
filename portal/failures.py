"""The page of what failed, for the beheerder."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.roles import Role
from accounts.web import access
from kit import tenancy
from papers import queries
from papers.domain.states import WorkKind
from papers.services import work
from portal.tenancy import registry


@access.require(Role.BEHEERDER)
@require_safe
def failures(request: HttpRequest) -> HttpResponse:
    """Show what waits for a person, what fails but is still tried, and what waits for the worker."""
    now = timezone.now()
    with tenancy.as_system(registry.FAILURES):
        context = {
            "now": now,
            "stuck": queries.stuck_work(),
            "failing": queries.failing_work(),
            "undone": queries.undone_work(now),
        }
    return render(request, "portal/failures.html", context)


@access.require(Role.BEHEERDER)
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Let the worker try one piece of work again."""
    with tenancy.as_system(registry.FAILURES):
        return _retry(request, request.POST.get("kind", ""), request.POST.get("id", ""))


def _retry(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    known_work = [*queries.stuck_work(), *queries.failing_work()]
    if (kind, id) not in {(known.kind.value, known.id) for known in known_work}:
        if kind not in {known.value for known in WorkKind}:
            raise Http404
        messages.info(request, "Dit werk is niet meer vastgelopen.")
        return redirect("portal:failures")
    try:
        work.retry(kind=kind, id=id, now=timezone.now())
    except work.NotStuck as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"{WorkKind(kind).label}: wordt nu opnieuw geprobeerd.")
    return redirect("portal:failures")
