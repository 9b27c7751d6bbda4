"""What anybody may read: what a policy asks and when there is a claim, and whether a machtiging is needed."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from authorizations import queries
from authorizations.domain import exemption
from authorizations.web.forms.following import OTHER_CODE
from authorizations.web.forms.following import Needed as NeededForm
from ggz_codes import queries as codes


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
    today = timezone.localdate()
    policies = {version.slug: queries.policy(version) for version in queries.policy_versions_on(today)}
    names = {}
    for code in exemption.CODES:
        row = codes.prestatie(code, today)
        names[code] = row.description if row else "Prestatie bij een intake"
    form = NeededForm(
        request.GET if "antwoord" in request.GET else None,
        policies=[(slug, found.insurer.name) for slug, found in policies.items()],
        codes=names,
        policy=request.GET.get("policy", ""),
    )
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        chosen = policies[given["policy"]]
        context["found"] = exemption.needed(
            contracted=given["contract"] == "ja",
            intake=given["intake"] == "ja",
            used_before=given["used"],
            code=given["code"],
            reading=chosen.exemption.reading,
            exempt=chosen.exemption.codes,
        )
        context["policy"] = chosen
        code = "" if given["code"] == OTHER_CODE else given["code"]
        context["start_url"] = _start(beleid=given["policy"], code=code, contract=given["contract"])
    return render(request, "authorizations/information/needed.html", context, status=422 if form.errors else 200)


def _start(**carried: str) -> str:
    """Return the page that starts a request, with the answers that it asks for as well."""
    try:
        return f"{reverse('authorizations:intake-start')}?{urlencode({k: v for k, v in carried.items() if v})}"
    except NoReverseMatch:
        return ""
