"""Taking the whole dossier of a request along, for the SKGZ, an access request or a heroverweging."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain.dossier import DossierPurpose
from authorizations.domain.lifecycle import Status
from authorizations.services import dossier as dossiers
from authorizations.web.forms.dossier import Export
from kit import downloads

TAKERS = (Role.INDIENER, Role.BEHANDELAAR, Role.MEDISCH_ADVISEUR)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*TAKERS)
def dossier(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask what it is for, and hand out the zip with all that this side may see; the log keeps the purpose."""
    actor = access.actor(request)
    filed = queries.with_content_for(actor).exclude(status=Status.DRAFT)
    authorization = get_object_or_404(
        filed.select_related("policy_version", "provider", "insurer", "submitted_by"), reference=reference
    )
    form = Export(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        purpose = DossierPurpose(form.cleaned_data["purpose"])
        log.tells(request, doel=purpose.value)
        try:
            file = dossiers.export(authorization, purpose=purpose, by=actor, now=timezone.now())
        except dossiers.Damaged as refusal:
            form.add_error(None, f"Wij kunnen het dossier nu niet geven: {refusal} Neem contact op met de beheerder.")
        else:
            return downloads.made(file, f"dossier-{authorization.reference}.zip", "application/zip")
    page = "authorizations:review-detail" if actor.is_insurer else "authorizations:request-detail"
    context = {"authorization": authorization, "form": form, "page": page}
    return render(request, "authorizations/dossier/export.html", context, status=422 if form.errors else 200)
