"""What anybody may read: what a policy asks, when there is a claim, and whether a machtiging is needed or not."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import exemption
from authorizations.domain.policy import Policy
from authorizations.models import PolicyVersion
from authorizations.services import statements
from authorizations.web import contracted
from authorizations.web.forms.following import OTHER_CODE
from authorizations.web.forms.following import Needed as NeededForm
from authorizations.web.policies import insurer_choices
from ggz_codes import queries as codes

ANSWERS = ("policy", "code", "contract", "intake", "used")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name the policies and where to ask what."""
    versions = list(queries.policy_versions_on(timezone.localdate()))
    policies = [(version, queries.policy(version)) for version in versions]
    return render(request, "authorizations/information/index.html", {"policies": policies})


@require_safe
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """Say when there is a claim, which information is needed, how a subtraject opens and closes, and where to ask."""
    version = get_object_or_404(queries.policy_versions_on(timezone.localdate()), slug=slug)
    context = {"version": version, "policy": queries.policy(version)}
    return render(request, "authorizations/information/policy.html", context)


@require_safe
def needed(request: HttpRequest) -> HttpResponse:
    """Answer whether a machtiging is needed, with the reason and the source. Nothing is kept."""
    versions, form = _asked(request.GET if "antwoord" in request.GET else None, request.GET.get("policy", ""))
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        chosen = queries.policy(versions[given["policy"]])
        said = _said_by_register(request, versions[given["policy"]], chosen)
        if said:
            given["contract"] = "ja"
        context["found"] = exemption.needed(
            **_facts(given), reading=chosen.exemption.reading, exempt=chosen.exemption.codes
        )
        context["registered"] = said
        context["policy"] = chosen
        code = "" if given["code"] == OTHER_CODE else given["code"]
        context["start_url"] = _start(beleid=given["policy"], code=code, contract=given["contract"])
        context["given"] = [(name, value) for name in ANSWERS for value in request.GET.getlist(name)]
    return render(request, "authorizations/information/needed.html", context, status=422 if form.errors else 200)


@require_POST
def state(request: HttpRequest) -> HttpResponse:
    """Give the statement that goes with these answers, and show it."""
    versions, form = _asked(request.POST, "")
    if not form.is_valid():
        return render(request, "authorizations/information/needed.html", {"form": form}, status=422)
    given = form.cleaned_data
    version = versions[given["policy"]]
    if _said_by_register(request, version, queries.policy(version)):
        given["contract"] = "ja"
    try:
        statement = statements.give(version=version, **_facts(given), now=timezone.now())
    except statements.NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return render(request, "authorizations/information/needed.html", {"form": form}, status=422)
    return redirect("authorizations:needed-statement", statement=statement.number)


@require_safe
def statement(request: HttpRequest, statement: str) -> HttpResponse:
    """Show a statement that was given, to whoever knows its number."""
    found = get_object_or_404(queries.statements(), number=statement.upper())
    row = codes.prestatie(found.code, found.said_on)
    context = {
        "statement": found,
        "policy": queries.policy(found.policy_version),
        "reason": exemption.Reason(found.reason).label,
        "description": row.description if row else "",
    }
    return render(request, "authorizations/information/statement.html", context)


def _asked(data: QueryDict | None, policy: str) -> tuple[dict[str, PolicyVersion], NeededForm]:
    """Return the policies of today and the form that asks about them."""
    today = timezone.localdate()
    versions = {version.slug: version for version in queries.policy_versions_on(today)}
    names = {}
    for code in exemption.CODES:
        row = codes.prestatie(code, today)
        names[code] = row.description if row else "Prestatie bij een intake"
    policies = {slug: queries.policy(version) for slug, version in versions.items()}
    insurers = insurer_choices(policies)
    return versions, NeededForm(data, policies=insurers, codes=names, policy=policy)


def _said_by_register(request: HttpRequest, version: PolicyVersion, policy: Policy) -> str:
    """Return that this provider has a contract with the insurer, when it has logged in and the register says so."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.is_provider:
        return ""
    return contracted.said(
        provider_id=actor.organization_id, insurer_id=version.insurer_id, policy=policy, on=timezone.localdate()
    )


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "contracted": given["contract"] == "ja",
        "intake": given["intake"] == "ja",
        "used_before": given["used"],
        "code": given["code"],
    }


def _start(**carried: str) -> str:
    """Return the page that starts a request, with the answers that it asks for as well."""
    try:
        return f"{reverse('authorizations:intake-start')}?{urlencode({k: v for k, v in carried.items() if v})}"
    except NoReverseMatch:
        return ""
