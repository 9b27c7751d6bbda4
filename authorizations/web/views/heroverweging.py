"""A provider asks for heroverweging on behalf of the insured, and adds to it while it runs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.web import access
from authorizations import queries
from authorizations.domain.heroverweging import Channel
from authorizations.domain.policy import last_day_for_heroverweging
from authorizations.models import AuthorizationRequest
from authorizations.queries import heroverweging as found
from authorizations.services import heroverweging
from authorizations.web.forms.heroverweging import AddPapers, AskForProvider
from kit import text

UNPROCESSABLE = 422
FILED = "Uw verzoek om heroverweging is ingediend. Een andere medisch adviseur bekijkt het."
ADDED = "De stukken zijn toegevoegd. Een andere medisch adviseur bekijkt het."
ASKED_MEANWHILE = (
    "Er is intussen al om heroverweging gevraagd. Uw toelichting en bestanden zijn niet verstuurd. "
    "Uw tekst staat hieronder: zet hem in een document en voeg dat toe."
)


@access.require(*queries.FILING_ROLES)
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask to look at the decision again; while that runs: add documents to it."""
    actor, now = access.actor(request), timezone.now()
    authorization = get_object_or_404(
        queries.fillable_by(actor).select_related("policy_version", "insurer"), reference=reference
    )
    if not authorization.is_decided:
        messages.info(request, "Heroverweging kan pas als er een besluit is.")
        return redirect("authorizations:request-detail", reference)
    running = found.open_one(authorization)
    if running and running.channel != Channel.PORTAL:
        messages.info(
            request, "De verzekerde heeft zelf al om heroverweging gevraagd. U krijgt bericht van het antwoord."
        )
        return redirect("authorizations:request-detail", reference)
    megabytes = queries.policy_of(authorization).limits.file_megabytes
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = (
        AddPapers(*posted, channel=Channel.PORTAL, megabytes=megabytes)
        if running
        else AskForProvider(*posted, megabytes=megabytes)
    )
    # Sent from the page that asks, while somebody, or this very click before, has asked meanwhile.
    unsent = text.storable(request.POST.get("grounds", "")).replace("\r\n", "\n").strip() if running else ""
    if running and unsent == running.grounds and unsent:
        messages.success(request, FILED)
        return redirect("authorizations:request-detail", reference)
    if unsent:
        form.add_error(None, ASKED_MEANWHILE)
    if request.method == "POST" and form.is_valid():
        try:
            if isinstance(form, AskForProvider):
                heroverweging.file(
                    authorization_id=authorization.pk, channel=Channel.PORTAL, grounds=form.cleaned_data["grounds"],
                    received_on=None, papers=form.papers, by=actor, now=now,
                )  # fmt: skip
            else:
                heroverweging.add(authorization_id=authorization.pk, papers=form.papers, by=actor, now=now)
        except heroverweging.Incomplete as incomplete:
            form.refuse(incomplete.obstacles)
        except heroverweging.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, ADDED if running else FILED)
            return redirect("authorizations:request-detail", reference)
    return render(
        request,
        "authorizations/following/heroverweging.html",
        _context(authorization) | {"form": form, "running": running, "unsent": unsent},
        status=UNPROCESSABLE if form.errors else 200,
    )


def _context(authorization: AuthorizationRequest) -> dict[str, object]:
    policy, decision = queries.policy_of(authorization), found.decision_in_force(authorization)
    assert decision and decision.final_at  # noqa: S101 (it is decided)
    last_day = last_day_for_heroverweging(policy, timezone.localdate(decision.final_at))
    return {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "decision": decision,
        "policy": policy,
        "last_day": last_day,
        "is_late": last_day is not None and timezone.localdate() > last_day,
    }
