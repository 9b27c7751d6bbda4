"""The medisch adviseur sees the privacyverklaring with both signatures, and says whether it is in order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations.domain.privacyverklaring import PrivacyStatus
from authorizations.domain.terms import DocumentKind
from authorizations.queries import privacyverklaring as found
from authorizations.services import privacy_check
from authorizations.web.forms.privacyverklaring import Check
from authorizations.web.views.review_case import Case
from authorizations.web.views.review_judge import UNPROCESSABLE, find


@access.require(Role.MEDISCH_ADVISEUR)
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the privacyverklaring that holds and those that were withdrawn, and take the check."""
    authorization = find(access.actor(request), reference)
    case = Case(request, authorization)
    current, withdrawn = found.in_force(authorization), found.withdrawn(authorization)
    if current is None and not withdrawn:
        return case.back("Bij deze aanvraag is geen privacyverklaring gegeven.")
    why_not = privacy_check.why_not_check(authorization, by=case.actor)
    form = Check(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            one = privacy_check.check(
                authorization_id=authorization.pk, by=case.actor, now=case.now, **form.cleaned_data
            )
        except privacy_check.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except privacy_check.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            log.tells(request, wijziging=one.status)
            asked = one.status == PrivacyStatus.NOT_IN_ORDER
            words = "De zorgaanbieder krijgt uw vraag. De beslistermijn rust." if asked else "De verklaring is in orde."
            messages.success(request, words)
            return redirect("authorizations:review-detail", reference=reference)
    numbers = [
        number
        for number, document in enumerate(case.documents, start=1)
        if any(item.kind == DocumentKind.PRIVACYVERKLARING for item in document.items.all())
    ]
    context = case.context() | {
        "form": form,
        "withdrawn": withdrawn,
        "can_check": current is not None and current.status != PrivacyStatus.IN_ORDER and not why_not,
        "why_not": why_not,
        "document_numbers": numbers,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/review/privacyverklaring.html", context, status=status)
