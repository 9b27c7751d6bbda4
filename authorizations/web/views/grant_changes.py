"""A provider asks to change a machtiging that was granted, in a short form of its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.web import access
from authorizations import queries
from authorizations.queries import grant_changes as found
from authorizations.services import grant_changes
from authorizations.web.forms.grant_changes import AskChange

UNPROCESSABLE = 422


@access.require(*queries.FILING_ROLES)
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for more time, more hours, another setting or institution, or tell that the treatment stopped."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(queries.fillable_by(actor).select_related("policy_version"), reference=reference)
    grant = queries.grant_of(authorization.pk) if authorization.is_decided else None
    if grant is None or grant.ends_on < timezone.localdate(now) or found.open_one(authorization):
        messages.info(request, "Er is nu geen machtiging die u kunt laten wijzigen, of er loopt al een verzoek.")
        return redirect("authorizations:request-detail", reference)
    held = grant_changes.values_of(grant)
    megabytes = queries.policy_of(authorization).limits.file_megabytes
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AskChange(*posted, held=held.hours, megabytes=megabytes)
    if request.method == "POST" and form.is_valid():
        try:
            grant_changes.file(
                authorization_id=authorization.pk, asked=form.asked, papers=form.chosen, by=actor, now=now
            )
        except grant_changes.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except grant_changes.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Uw verzoek om de machtiging te wijzigen is ingediend.")
            return redirect("authorizations:request-detail", reference)
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "grant": grant,
        "hours": [(discipline.label, hours) for discipline, hours in held.hours.items()],
        "form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/following/grant_change.html", context, status=status)
