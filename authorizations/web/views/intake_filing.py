"""Check everything, sign and file; and the page that says that it was received."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.forms import CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.web import access
from authorizations import queries
from authorizations.domain import criterion_words, policy_changes
from authorizations.domain import documents as checklist_rules
from authorizations.domain import review as rules
from authorizations.domain.lifecycle import Status
from authorizations.domain.obstacles import Obstacle
from authorizations.models import AuthorizationRequest
from authorizations.queries import titles
from authorizations.services import content, documents, drafts, intake, review, signals
from authorizations.web import steps
from authorizations.web.forms.intake import FORMS
from authorizations.web.forms.intake.sign import SignForm
from authorizations.web.views.intake import button, writes

GROUPS = (MultiWidget, RadioSelect, CheckboxSelectMultiple)
"""Questions with several controls: a link goes to the first."""


@dataclass(frozen=True)
class Line:
    """What stands in the way, with where to mend it."""

    message: str
    href: str


@writes
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Show all answers with all that stands in the way, and the signature."""
    actor, now = access.actor(request), timezone.now()
    if _typed_over(actor, reference):
        return redirect("authorizations:review-detail", reference)
    authorization = _own(actor, reference)
    if not authorization.is_draft:
        return redirect("authorizations:intake-filed", authorization.reference)
    return _page(request, authorization, SignForm(by=actor), by=actor, now=now)


@button
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign and file; a second time shows the same receipt."""
    actor, now = access.actor(request), timezone.now()
    if _typed_over(actor, reference):
        return redirect("authorizations:review-detail", reference)
    authorization = _own(actor, reference)
    if not authorization.is_draft:
        return redirect("authorizations:intake-filed", authorization.reference)
    form = SignForm(request.POST, by=actor)
    if not form.is_valid():
        return _page(request, authorization, form, by=actor, now=now, refused=True)
    try:
        intake.submit(
            authorization_id=authorization.pk,
            draft_version=steps.version_of(request.POST),
            by=actor,
            now=now,
        )
    except intake.NotComplete:
        return _page(request, authorization, form, by=actor, now=now, refused=True)
    except intake.NotAllowed as refusal:
        authorization = _own(actor, reference)
        form.add_error(None, str(refusal))
        return _page(request, authorization, form, by=actor, now=now, refused=True)
    if actor.is_insurer:
        messages.success(request, f"Aanvraag {authorization.reference} ligt nu in de werkvoorraad.")
        return redirect("authorizations:review-detail", authorization.reference)
    return redirect("authorizations:intake-filed", authorization.reference)


@button
def adopt(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on under the policy that is valid now, after reading what changed."""
    actor, now = access.actor(request), timezone.now()
    authorization = _own(actor, reference)
    try:
        intake.adopt_policy(authorization_id=authorization.pk, by=actor, now=now)
    except intake.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Uw concept volgt nu het nieuwe beleid. Controleer of alles er nog in staat.")
    return redirect("authorizations:intake-check", authorization.reference)


@access.login_required
def filed(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it was received, with the reference, the time and the receipt."""
    actor = access.actor(request)
    requests = queries.visible_to(actor).select_related("policy_version", "submitted_by", "insurer", "amends")
    authorization = get_object_or_404(requests.filter(provider_id=actor.organization_id), reference=reference)
    if authorization.is_draft:
        return redirect("authorizations:intake-check", authorization.reference)
    if authorization.status != Status.SUBMITTED:
        # Something happened since: the status page tells what.
        return redirect("authorizations:request-detail", authorization.reference)
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "policy": queries.policy_of(authorization),
    }
    return render(request, "authorizations/intake/filed.html", context)


def _page(
    request: HttpRequest,
    authorization: AuthorizationRequest,
    form: SignForm,
    *,
    by: Actor,
    now: datetime,
    refused: bool = False,
) -> HttpResponse:
    policy = queries.policy_of(authorization)
    found = intake.obstacles(authorization, by=by, now=now)
    given = documents.checklist(authorization)
    current = intake.current_policy_version(authorization)
    newer = current if current and current.pk != authorization.policy_version_id else None
    context = {
        "authorization": authorization,
        "insured": queries.insured_of(authorization),
        "policy": policy,
        "form": form,
        "refused": refused,
        "obstacles": [Line(obstacle.message, address(authorization, obstacle)) for obstacle in found],
        "sections": [
            (step.title, content.rows_of(authorization, step.part), _to_change(authorization, step.code))
            for step in content.steps_with_answers(authorization)
        ],
        "checklist": given,
        "documents_url": _to_change(authorization, checklist_rules.STEP),
        "expected_on": intake.expected_on(authorization, now=now),
        "signals": signals.of(authorization, given, now=now),
        "criteria": _criteria(authorization),
        "changes": policy_changes.between(policy, queries.policy(newer)) if newer else [],
        "newer": newer,
        "taken_over": titles.holding_for(by, authorization),
        **steps.at_check(authorization, found),
    }
    page = render(request, "authorizations/intake/check.html", context)
    page.status_code = 422 if refused else 200
    return page


def _criteria(authorization: AuthorizationRequest) -> list[tuple[str, rules.Criterion, list[criterion_words.Quote]]]:
    """Return what the medisch adviseur judges, numbered, with what bears on it; none without an indication."""
    if not authorization.indication:
        return []
    application, asked = drafts.application_of(authorization), review.criteria(authorization)
    numbers = rules.numbered(asked)
    return [(numbers[one.code], one, criterion_words.about(one.code, application)) for one in asked]


def address(authorization: AuthorizationRequest, obstacle: Obstacle) -> str:
    """Return the link to the field where this is mended."""
    if obstacle.code == "signatory_without_big":
        return reverse("accounts:profile")
    if not obstacle.step:
        return "#ondertekenen"
    url = _to_change(authorization, obstacle.step)
    if obstacle.step == checklist_rules.STEP:
        return f"{url}#item-{obstacle.field}"
    form = FORMS[obstacle.step]
    if obstacle.field in form.row_types:
        return f"{url}#{obstacle.field}"
    if obstacle.field in form.base_fields:
        several = isinstance(form.base_fields[obstacle.field].widget, GROUPS)
        return f"{url}#id_{obstacle.field}_0" if several else f"{url}#id_{obstacle.field}"
    return f"{url}#id_hours_revalidatiearts" if obstacle.field == "hours" else url


def _to_change(authorization: AuthorizationRequest, code: str) -> str:
    """Return a step as one comes to it from here: saving it leads back here."""
    return f"{steps.url(authorization, code)}?terug=controle"


def _typed_over(actor: Actor, reference: str) -> bool:
    """Tell whether this came by post and was filed already: a second click leads to it."""
    if not actor.is_insurer:
        return False
    return queries.visible_to(actor).filter(reference=reference, received_on_paper__isnull=False).exists()


def _own(actor: Actor, reference: str) -> AuthorizationRequest:
    requests = queries.fillable_by(actor).select_related("policy_version", "amends", "provider")
    return get_object_or_404(requests, reference=reference)
