"""Mark places in one's own documents, before filing and in what was added later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.web import access
from authorizations import queries
from authorizations.models import AuthorizationRequest, Document, EvidencePin
from authorizations.services import pins
from authorizations.web.forms.pins import Mark
from authorizations.web.views import reading
from authorizations.web.views.intake import button

UNPROCESSABLE = 422


@button
def mark(request: HttpRequest, reference: str, document_id: int, number: int) -> HttpResponse:
    """Mark a part of a page for a criterion."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    document = get_object_or_404(queries.documents_of(authorization), pk=document_id)
    form = Mark(request.POST, prefix=reading.prefix(number), criteria=pins.criteria(authorization))
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            pins.mark(
                document_id=document.pk, criterion=chosen["criterion"], page=number, region=chosen["region"],
                note=chosen["note"], by=actor, now=timezone.now(),
            )  # fmt: skip
        except pins.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De plaats is gemarkeerd. De medisch adviseur ziet haar bij het criterium.")
            return redirect(_page(authorization, document, number))
    context = reading.context(request, document, number=number, marking=form)
    return render(request, "authorizations/documents/view.html", context, status=UNPROCESSABLE)


@button
def unmark(request: HttpRequest, reference: str, pin_id: int) -> HttpResponse:
    """Take a mark away."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    pin: EvidencePin = get_object_or_404(pins.seen_by(authorization, actor), pk=pin_id)
    try:
        pins.remove(pin_id=pin.pk, by=actor)
    except pins.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De plaats is niet meer gemarkeerd.")
    return redirect(_page(authorization, pin.document, pin.page))


def _page(authorization: AuthorizationRequest, document: Document, number: int) -> str:
    address = reverse("authorizations:document-view", args=[authorization.reference, document.pk])
    return f"{address}?pagina={-(-number // reading.PAGES_AT_ONCE)}#pagina-{number}"
