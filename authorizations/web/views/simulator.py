"""How a plan of appointments goes: the closings to come, in a picture, and as days for one's calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from authorizations import queries
from authorizations.delivery import agenda
from authorizations.domain import course_picture, forecast, kinds
from authorizations.domain.policy import Policy
from authorizations.domain.terms import Indication
from authorizations.web.forms.simulator import Plan
from authorizations.web.policies import insurer_choices
from kit import dates, text

ASKED = "antwoord"
LONGEST = 4000


@require_safe
def simulator(request: HttpRequest) -> HttpResponse:
    """Show how a plan goes. Nothing is kept; the address holds what was asked, and no patient."""
    policies, form = _form(request)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        found = _foretell(form, policies)
        spans = [course_picture.Span(one.opened_on, one.closing, found.own(one)) for one in found.subtrajects]
        context |= {
            "found": found,
            "course": [
                (number, one, len(found.own(one)), forecast.closing_words(one.closing.grounds if one.closing else ()))
                for number, one in enumerate(found.subtrajects, 1)
            ],
            "picture": course_picture.draw(spans),
            "agenda_url": f"{reverse('authorizations:simulator-agenda')}?{request.GET.urlencode()}",
        }
    return render(request, "authorizations/subtrajects/simulator.html", context, status=422 if form.errors else 200)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Hand out the risk days of the same plan."""
    policies, form = _form(request)
    if not form.is_bound or not form.is_valid():
        return redirect(f"{reverse('authorizations:simulator')}?{request.GET.urlencode()}")
    address = request.build_absolute_uri(reverse("authorizations:simulator"))
    content = agenda.file(_foretell(form, policies).risks, address=address, made_at=timezone.now())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="subtraject.ics"'},
    )


def _form(request: HttpRequest) -> tuple[dict[str, Policy], Plan]:
    every = {version.slug: queries.policy(version) for version in queries.policy_versions_on(timezone.localdate())}
    policies = {slug: policy for slug, policy in every.items() if kinds.in_subtrajects(policy.kinds)}
    choices = insurer_choices(policies)
    given = _given(request, policies)
    return policies, Plan(request.GET if ASKED in request.GET else None, policies=choices, initial=given)


def _given(request: HttpRequest, policies: dict[str, Policy]) -> dict[str, object]:
    """Take along what the page that led here knows: an opening, activities, a policy, an indication."""
    asked = {name: text.storable(request.GET.get(name, "")) for name in ("policy", "pain", "planned")}
    given: dict[str, object] = {"planned": asked["planned"][:LONGEST].replace(", ", "\n")}
    if asked["policy"] in policies:
        given["policy"] = asked["policy"]
    elif len(policies) == 1:
        given["policy"] = next(iter(policies))
    if asked["pain"] in [one.value for one in kinds.SUBTRAJECT_INDICATIONS]:
        given["pain"] = asked["pain"]
    if opened := dates.compose(*(request.GET.get(f"opened_{part}", "") for part in range(3))):
        given["opened"] = opened
    return given


def _foretell(form: Plan, policies: dict[str, Policy]) -> forecast.Forecast:
    given = form.cleaned_data
    return forecast.foretell(
        opened_on=given["opened"],
        planned_on=given["planned"],
        finished_on=given["finished"],
        chronic_pain=given["pain"] == Indication.CHRONIC_PAIN,
        by=policies[given["policy"]].closing,
    )
