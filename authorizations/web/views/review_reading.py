"""Say whether what was read in a document is right; it answers with the page of the request."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Role
from accounts.web import access
from authorizations import queries
from authorizations.domain.terms import Feature
from authorizations.services import readings
from authorizations.web.views import review_case, review_judge


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def answer(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """Keep whether one thing that was read is right."""
    actor = access.actor(request)
    authorization = review_judge.find(actor, reference)
    document = get_object_or_404(queries.documents_of(authorization), pk=document_id)
    case = review_case.Case(request, authorization)
    feature = request.POST.get("klopt", request.POST.get("kloptniet", ""))
    if feature not in list(Feature):
        return case.back("Kies wat u gecontroleerd hebt.")
    try:
        readings.answer(
            document_id=document.pk, feature=Feature(feature), is_right="klopt" in request.POST, by=actor,
            now=timezone.now(),
        )  # fmt: skip
    except readings.NotAllowed as refusal:
        return case.back(str(refusal))
    messages.success(request, "Uw antwoord is bewaard.")
    return redirect(case.address() + "#gelezen")
