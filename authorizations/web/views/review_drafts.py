"""Keep what an advisor types on the desk, so that leaving the page loses nothing."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from accounts.domain.roles import Role
from accounts.web import access
from authorizations.services import desk_drafts
from authorizations.web.views import review_standing
from authorizations.web.views.review_case import Case
from authorizations.web.views.review_judge import find


@require_POST
@access.require(Role.MEDISCH_ADVISEUR)
def keep(request: HttpRequest, reference: str, form: str) -> JsonResponse:
    """
    Keep one form as it is typed now: 200 with the time, 409 when it can't be kept any more.

    With a decision goes what it still lacks, so that the page keeps up with what is typed.
    """
    actor, now = access.actor(request), timezone.now()
    authorization = find(actor, reference)
    try:
        desk_drafts.keep(authorization, form, request.POST, by=actor, now=now)
    except desk_drafts.NotAllowed as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    told: dict[str, Any] = {"saved_at": date_format(timezone.localtime(now), "G.i")}
    if form == desk_drafts.DECISION:
        told["parts"] = review_standing.parts(Case(request, authorization), request.POST)
    return JsonResponse(told)
