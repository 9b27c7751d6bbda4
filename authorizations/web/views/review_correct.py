"""Correct the words of a decision letter: look at the new one first, then let it take the place of the old."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.web import access
from authorizations.domain.terms import Addressee
from authorizations.services import corrections
from authorizations.web.forms.review_correct import Correct
from authorizations.web.views.review_case import Case
from authorizations.web.views.review_judge import UNPROCESSABLE, find

INLINE = {"Content-Disposition": 'inline; filename="voorbeeld.pdf"'}


@access.require(Role.MEDISCH_ADVISEUR)
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what is wrong and what must stand there; the decision itself can't be touched here."""
    actor, now = access.actor(request), timezone.now()
    authorization = find(actor, reference)
    case = Case(request, authorization)
    if request.method == "POST" and not request.POST.get("voorbeeld") and not access.confirmed(request):
        return access.confirm_first(request)
    try:
        corrections.require_to_correct(authorization, actor)
    except corrections.NotAllowed as refusal:
        return case.back(str(refusal))
    letters = corrections.standing(authorization)
    seen = "-".join(str(one.pk) for one in letters)
    form = Correct(request.POST or None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        shown = [one for one in letters if one.addressee == request.POST.get("voorbeeld")]
        try:
            if shown:
                pdf = corrections.look(shown[0], form.mistakes, because=form.cleaned_data["because"], now=now)
                return HttpResponse(pdf, content_type="application/pdf", headers=INLINE)
            corrections.correct(
                authorization_id=authorization.pk,
                mistakes=form.mistakes,
                because=form.cleaned_data["because"],
                seen=form.letters,
                by=actor,
                now=now,
            )
        except corrections.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except corrections.NotAllowed as refusal:
            form.add_error(None, str(refusal))
            form.data = request.POST.copy()
            form.data["seen"] = seen
        else:
            messages.success(
                request, "De brief is hersteld. De nieuwe brief wordt gemaakt en de aanbieder krijgt bericht."
            )
            return redirect("authorizations:review-detail", reference=reference)
    context = {**case.context(), "form": form, "letters": letters, "addressees": Addressee.choices()}
    wrong = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/review/correct.html", context, status=wrong)
