"""Paper and telephone at the insurer: what came by post and is typed over, and who phones."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.web import access
from audit.domain.events import Outcome
from audit.services.recording import pseudonym
from audit.web import log
from authorizations import queries
from authorizations.domain import identifiers, words
from authorizations.domain.paper import AskedBy
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest, PolicyVersion
from authorizations.services import drafts, paper
from authorizations.web import steps
from authorizations.web.forms.paper import Came, Phones
from authorizations.web.views.review_queue import DESK
from kit.encrypted import fingerprint

MOST = 100
UNPROCESSABLE = 422


@require_safe
@access.require(*DESK)
def listed(request: HttpRequest) -> HttpResponse:
    """Show the paper requests that are being typed over, the first to have come in on top."""
    actor = access.actor(request)
    found = queries.fillable_by(actor).select_related("insured", "on_paper_for", "edited_by")
    drafts = list(found.order_by("received_on_paper", "id")[:MOST])
    log.shows(request, [one.reference for one in drafts])
    lines = [(one, steps.url(one, one.last_step or steps.first(one)), steps.position(one)) for one in drafts]
    return render(request, "authorizations/paper/list.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*DESK)
def register(request: HttpRequest) -> HttpResponse:
    """Write down what came by post, and go on with its steps."""
    actor = access.actor(request)
    versions = {one.slug: one for one in _policies(actor)}
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    initial: dict[str, Any] = {"creation_key": uuid.uuid4(), "kind": Kind.MSR_FIRST.value}
    if len(versions) == 1:
        initial["policy"] = next(iter(versions))
    form = Came(
        *posted,
        policies={slug: queries.policy(version) for slug, version in versions.items()},
        known=lambda agb: accounts.providers().filter(agb_code=agb).exists(),
        initial=initial,
    )
    if form.is_bound and form.is_valid():
        version = _valid_on(form, form.cleaned_data["planned_start_on"])
        draft = _begin(form, version, actor) if version else None
        if draft:
            log.shows(request, [draft.reference])
            messages.success(request, "De scan ligt vast. Neem nu over wat er in de aanvraag staat.")
            return redirect(steps.url(draft, steps.first(draft)))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/paper/register.html", {"form": form}, status=status)


@sensitive_post_parameters("bsn")
@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*DESK)
def phone(request: HttpRequest) -> HttpResponse:
    """Look whether who phones is who he or she says, and show the requests only then."""
    actor, now = access.actor(request), timezone.now()
    form = Phones(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        found = paper.who_phones(
            reference=given["reference"], bsn=given["bsn"], birth_date=given["birth_date"], by=actor, now=now
        )
        log.shows(request, [one.reference for one in found])
        log.tells(request, outcome=Outcome.DONE if found else Outcome.NOT_DONE, **_asked(given))
        context |= {"found": found, "is_asked": True}
    return render(request, "authorizations/paper/phone.html", context, status=UNPROCESSABLE if form.errors else 200)


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was asked as the log keeps it: a BSN by its keyed hash alone."""
    try:
        number = identifiers.bsn(given["bsn"])
    except ValueError:
        return {"gevraagd": given["reference"][:24]} if given["reference"] else {}
    return {"gezocht": pseudonym(fingerprint(number, "bsn"))}


def _policies(actor: Actor) -> list[PolicyVersion]:
    return list(queries.policy_versions_on(timezone.localdate()).filter(insurer_id=actor.organization_id))


def _valid_on(form: Came, day: date) -> PolicyVersion | None:
    version = queries.policy_version_on(form.cleaned_data["policy"], day)
    if version is None:
        form.add_error("planned_start_on", f"Dit beleid geldt niet op {words.day(day)}. Controleer de datum.")
    return version


def _begin(form: Came, version: PolicyVersion, actor: Actor) -> AuthorizationRequest | None:
    given = form.cleaned_data
    file = given["scan"]
    came = paper.Came(
        asked_by=AskedBy(given["asked_by"]),
        provider=form.provider,
        received_on=given["received_on"],
        stream=file,
        name=file.name or "",
        size=file.size,
    )
    try:
        return paper.register(
            came=came,
            policy_version=version,
            kind=Kind(given["kind"]),
            planned_start_on=given["planned_start_on"],
            contracted=given["contracted"],
            creation_key=given["creation_key"],
            by=actor,
            now=timezone.now(),
        )
    except paper.Incomplete as incomplete:
        form.refuse(incomplete.obstacles)
    except drafts.NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None
