"""A provider chooses a moment for collegiaal overleg, or says that there will be none."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.web import access
from authorizations import queries
from authorizations.queries import overleg as found
from authorizations.services import overleg
from authorizations.web.forms.overleg import Choose, Decline

UNPROCESSABLE = 422
DECLINES = "afslaan"


@access.require(*queries.FILING_ROLES)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the moments that are offered, and take the answer; one that was agreed on can still be called off."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    one = found.open_one(authorization)
    if one is None or not authorization.is_open:
        messages.info(request, overleg.NONE_OPEN)
        return redirect("authorizations:request-detail", reference)
    moments = [moment for moment in one.moments if moment > now]
    declines = DECLINES in request.POST
    choose = Choose(request.POST if request.method == "POST" and not declines else None, moments=moments)
    decline = Decline(request.POST if declines else None)
    bound = decline if declines else choose
    if bound.is_bound and bound.is_valid():
        given: dict[str, Any] = {"authorization_id": authorization.pk, "by": actor, "now": now}
        try:
            if declines:
                overleg.decline(because=decline.cleaned_data["because"], **given)
            else:
                overleg.book(moment=choose.cleaned_data["moment"], reach=choose.cleaned_data["reach"], **given)
        except overleg.NotAllowed as refusal:
            bound.add_error(None, str(refusal))
        else:
            words = "De medisch adviseur hoort dat er geen overleg komt." if declines else "Het overleg is afgesproken."
            messages.success(request, words)
            return redirect("authorizations:request-detail", reference)
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "overleg": one,
        "moments": moments,
        "choose": choose,
        "decline": decline,
        "form": bound,
        "declines": DECLINES,
    }
    status = UNPROCESSABLE if bound.errors else 200
    return render(request, "authorizations/following/overleg.html", context, status=status)
