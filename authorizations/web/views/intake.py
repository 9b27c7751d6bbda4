"""Begin a request, and throw a draft away."""

import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from audit.web import log
from authorizations import queries
from authorizations.domain import kinds, references, words
from authorizations.domain.policy import Policy
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest, Grant
from authorizations.queries import titles
from authorizations.services import intake
from authorizations.web import contracted, steps
from authorizations.web.forms.intake.start import StartForm

fills_in = access.require(Role.INDIENER, Role.BEHANDELAAR)
writes = access.require(Role.INDIENER, Role.BEHANDELAAR, *sorted(queries.STAFF_ROLES))
"""Who fills in a form that was begun: staff of an insurer type over what came by post (`queries.fillable_by`)."""
MOST_GRANTS = 50
UNKNOWN_NUMBER = (
    "Wij kennen dit nummer niet bij uw organisatie. Controleer het nummer. Is het niet in dit portaal gegeven? "
    "Ga dan verder met dit nummer. Wij vullen dan niets voor u in."
)


def button(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a form of who fills in post here; who opens the address of somebody else's request learns nothing: 404."""

    @writes
    @wraps(view)
    def posted(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            get_object_or_404(queries.fillable_by(access.actor(request)), reference=reference)
            return HttpResponseNotAllowed(["POST"])
        return view(request, reference, **kwargs)

    return posted


@fills_in
def start(request: HttpRequest) -> HttpResponse:
    """Choose insurer, kind, day and contract; the key in the form makes one draft of two clicks."""
    actor = access.actor(request)
    policies, others = policies_for(actor)
    grants = {grant.number: grant for grant in queries.grants(actor)[:MOST_GRANTS]}
    log.shows(request, [grant.authorization.reference for grant in grants.values()])
    form = StartForm(
        request.POST or None,
        policies=policies,
        grants=[
            (
                number,
                f"{number}, {grant.authorization.insured.short_name}, tot en met {words.day(grant.ends_on)}",
            )
            for number, grant in grants.items()
        ],
        valid_on=queries.policy_version_on,
        contract_of=lambda version, policy, day: contracted.said(
            provider_id=actor.organization_id, insurer_id=version.insurer_id, policy=policy, on=day
        ),
        initial=_initial(request, policies, grants=grants),
    )
    if request.method == "POST" and form.is_valid() and form.version:
        given = form.cleaned_data
        kind, number = Kind(given["kind"]), given.get("previous") or given["previous_number"]
        previous = _previous(actor, number) if kind is Kind.MSR_FOLLOW_UP else None
        if previous and previous.insurer_id != form.version.insurer_id:
            form.add_error("policy", _other_insurer(previous))
            return _page(request, form, others)
        known = previous or titles.taken_over_numbered(actor, number)
        if kind is Kind.MSR_FOLLOW_UP and known is None and request.POST.get("onbekend") != number:
            form.add_error("previous_number", UNKNOWN_NUMBER)
            return _page(request, form, others, unknown=number)
        try:
            authorization = intake.start(
                by=actor,
                policy_version=form.version,
                kind=kind,
                planned_start_on=given["planned_start_on"],
                creation_key=given["creation_key"],
                contracted=given["contracted"],
                contract_reason=given["contract_reason"] if given["contracted"] else "",
                previous=previous,
                previous_number=number if kind is Kind.MSR_FOLLOW_UP else "",
                code=request.GET.get("code", "")[:10],
                now=timezone.now(),
            )
        except intake.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            log.shows(request, [authorization.reference])
            return redirect(steps.url(authorization, steps.first(authorization)))
    return _page(request, form, others)


@writes
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw a draft away, after asking."""
    actor = access.actor(request)
    authorization = get_object_or_404(queries.fillable_by(actor), reference=reference)
    if not authorization.is_draft:
        messages.info(request, "Deze aanvraag is al ingediend. U kunt haar niet verwijderen, wel intrekken.")
        return redirect("authorizations:request-detail", authorization.reference)
    if request.method == "POST":
        try:
            intake.delete(authorization_id=authorization.pk, by=actor)
        except intake.NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("authorizations:request-detail", authorization.reference)
        messages.success(request, f"Concept {authorization.reference} is verwijderd.")
        return redirect("authorizations:paper" if actor.is_insurer else "authorizations:dashboard")
    context = {"authorization": authorization, "insured": queries.insured_of(authorization)}
    return render(request, "authorizations/intake/delete.html", context)


def _page(request: HttpRequest, form: StartForm, others: list[Policy], *, unknown: str = "") -> HttpResponse:
    context = {"form": form, "unknown": unknown, "others": others, "dashboard_url": reverse("authorizations:dashboard")}
    return render(request, "authorizations/intake/start.html", context, status=422 if form.errors else 200)


def _other_insurer(previous: AuthorizationRequest) -> str:
    """Say what to do with a patient who is insured elsewhere now: one insurer doesn't go on where another stopped."""
    return (
        f"De eerdere machtiging is van {queries.policy_of(previous).insurer.name}. Een vervolg gaat naar dezelfde "
        "verzekeraar. Is de patiënt nu ergens anders verzekerd? Doe daar dan een eerste aanvraag."
    )


def policies_for(actor: Actor) -> tuple[dict[str, Policy], list[Policy]]:
    """Return the policies that speak to this provider by slug, and those that don't. Bron: A-28."""
    kind = accounts.organization(actor.organization_id).agb_code[:2]
    found = {version.slug: queries.policy(version) for version in queries.policy_versions_on(timezone.localdate())}
    mine = {slug: policy for slug, policy in found.items() if not policy.agb_kinds or kind in policy.agb_kinds}
    return mine, [policy for slug, policy in found.items() if slug not in mine]


def _previous(actor: Actor, number: str) -> AuthorizationRequest | None:
    """Return the earlier request of the own organisation with this number, of the machtiging or of the request."""
    number = references.normalise(number)
    grant = queries.grants(actor).filter(number=number).first()
    if grant:
        return grant.authorization
    filed = queries.with_content_for(actor).filter(application__isnull=False, kind__in=kinds.IN_SUBTRAJECTS)
    return filed.filter(reference=number).first()


def _initial(request: HttpRequest, policies: dict[str, Policy], *, grants: Mapping[str, Grant]) -> dict[str, object]:
    """Take along what was answered elsewhere: on the page "machtiging nodig?", or by the link of a vervolg."""
    given: dict[str, object] = {"creation_key": uuid.uuid4(), "kind": Kind.MSR_FIRST.value}
    if len(policies) == 1:
        given["policy"] = next(iter(policies))
    if request.GET.get("beleid") in policies:
        given["policy"] = request.GET["beleid"]
    if request.GET.get("contract") in ("ja", "nee"):
        given["contracted"] = request.GET["contract"] == "ja"
    if request.GET.get("soort") in Kind.__members__.values():
        given["kind"] = request.GET["soort"]
    if number := request.GET.get("vervolg", "")[:20]:
        given["kind"] = Kind.MSR_FOLLOW_UP.value
        given["previous" if number in grants else "previous_number"] = number
        # A vervolg goes to the insurer that gave the machtiging.
        slug = grants[number].authorization.policy_version.slug if number in grants else ""
        if slug in policies:
            given["policy"] = slug
    return given
