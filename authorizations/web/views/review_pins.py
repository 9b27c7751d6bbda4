"""Mark places in documents while judging, and take over what the provider marked; each answers with the page again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Role
from accounts.web import access
from authorizations import queries
from authorizations.services import pins
from authorizations.web.forms.pins import Mark
from authorizations.web.views import review_case, review_judge


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def mark(request: HttpRequest, reference: str, document_id: int, number: int) -> HttpResponse:
    """Mark a part of a page for a criterion."""
    actor = access.actor(request)
    authorization = review_judge.find(actor, reference)
    document = get_object_or_404(queries.every_document_of(authorization), pk=document_id)
    case = review_case.Case(request, authorization)
    form = case.marking = Mark(request.POST, prefix="plaats", criteria=pins.criteria(authorization))
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
            messages.success(request, "De plaats is gemarkeerd.")
            return redirect(case.address(criterium=chosen["criterion"]) + "#pagina")
    context = {**case.full(), "bound": form}
    return render(request, "authorizations/review/detail.html", context, status=review_judge.UNPROCESSABLE)


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def unmark(request: HttpRequest, reference: str, pin_id: int) -> HttpResponse:
    """Take a mark away."""
    return _change(request, reference, pin_id, take_over=False)


@access.require(Role.MEDISCH_ADVISEUR)
@require_POST
def adopt(request: HttpRequest, reference: str, pin_id: int) -> HttpResponse:
    """Take over what the provider marked: then the letter names it too."""
    return _change(request, reference, pin_id, take_over=True)


def _change(request: HttpRequest, reference: str, pin_id: int, *, take_over: bool) -> HttpResponse:
    actor = access.actor(request)
    authorization = review_judge.find(actor, reference)
    pin = get_object_or_404(pins.seen_by(authorization, actor), pk=pin_id)
    case = review_case.Case(request, authorization)
    try:
        if take_over:
            pins.adopt(pin_id=pin.pk, by=actor, now=timezone.now())
            messages.success(request, "De plaats is overgenomen. De brief noemt haar bij dit criterium.")
        else:
            pins.remove(pin_id=pin.pk, by=actor)
            messages.success(request, "De plaats is niet meer gemarkeerd.")
    except pins.NotAllowed as refusal:
        return case.back(str(refusal))
    return redirect(case.address(criterium=pin.criterion, plaats=None) + f"#criterium-{pin.criterion}")
