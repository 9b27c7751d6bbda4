"""The worklist of coulanceverzoeken: take one up, and decide on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from authorizations.domain import words
from authorizations.domain.coulance import CoulanceStatus
from authorizations.models import CoulanceRequest
from authorizations.queries import coulance as found
from authorizations.services import coulance_decisions
from authorizations.web.forms.coulance import Decide
from authorizations.web.forms.notices import at_fields
from authorizations.web.views.coulance import badge_of, shown, told_of

UNPROCESSABLE = 422
ON_A_PAGE = 50
DOES: dict[str, tuple[Callable[..., Any], str]] = {
    "take": (coulance_decisions.take, "U heeft dit coulanceverzoek opgepakt."),
    "release": (coulance_decisions.release, "Het coulanceverzoek staat weer op de lijst."),
}


@require_safe
@access.require(*sorted(found.DESK_ROLES))
def listed(request: HttpRequest) -> HttpResponse:
    """Show what must be decided, the oldest on top; or what was."""
    actor, closed = access.actor(request), request.GET.get("toon") == "afgerond"
    page = Paginator(found.listed(actor, closed=closed), ON_A_PAGE).get_page(request.GET.get("pagina"))
    shown(request, page)
    lines = [(one, badge_of(one), words.euros(one.total)) for one in page]
    context = {"page": page, "closed": closed, "lines": lines, "me": actor.user_id}
    return render(request, "authorizations/coulance/worklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*sorted(found.DESK_ROLES))
def judge(request: HttpRequest, coulance_id: int) -> HttpResponse:
    """Show one with its evidence, and take what this person does about it."""
    actor, now = access.actor(request), timezone.now()
    coulance = get_object_or_404(found.whole(actor), pk=coulance_id)
    shown(request, [coulance])
    form = _form(coulance, None)
    if request.method != "POST":
        return _page(request, coulance, form, actor)
    given: dict[str, Any] = {"coulance_id": coulance.pk, "by": actor, "now": now}
    try:
        if "doe" in request.POST:
            does, said = DOES.get(request.POST["doe"], (None, ""))
            if does:
                does(**given)
                messages.success(request, said)
            return redirect("authorizations:review-coulance", coulance.pk)
        form = _form(coulance, request.POST)
        if form.is_valid():
            coulance_decisions.decide(verdict=form.verdict, **given)
            messages.success(request, "Uw besluit ligt vast. De zorgaanbieder krijgt bericht dat er een brief is.")
            return redirect("authorizations:review-coulance", coulance.pk)
    except coulance_decisions.Incomplete as incomplete:
        at_fields(form, incomplete.obstacles)
    except coulance_decisions.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("authorizations:review-coulance", coulance.pk)
    return _page(request, coulance, form, actor)


def _form(coulance: CoulanceRequest, posted: Any) -> Decide:
    claims = [(one.pk, f"{one.number}, {words.euros(one.amount)}") for one in found.claims_of(coulance)]
    return Decide(posted, claims=claims)


def _page(request: HttpRequest, coulance: CoulanceRequest, form: Decide, actor: Actor) -> HttpResponse:
    provider = coulance.provider
    is_own = actor.has(Role.COORDINATOR) or coulance.taken_by_id == actor.user_id
    in_review = coulance.status == CoulanceStatus.IN_REVIEW
    works_there = coulance.provider_id in actor.works_for
    context = told_of(coulance, ("Zorgaanbieder", f"{provider.name}, AGB-code {provider.agb_code}")) | {
        "own": False,
        "form": form,
        "can_take": coulance.status == CoulanceStatus.SUBMITTED and not works_there,
        "can_release": in_review and is_own,
        "can_decide": in_review and is_own and not works_there,
        "works_there": works_there,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/coulance/judge.html", context, status=status)
