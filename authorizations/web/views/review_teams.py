"""
Groups of colleagues, for a coordinator: what lies with which, in which order, and who works in them.

Who sees no content doesn't see which group routes on which indication, and not what such a group is called.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.web import access
from authorizations.domain.terms import Indication, Kind
from authorizations.models import Team
from authorizations.queries import can_see_content
from authorizations.queries import teams as queries
from authorizations.services import teams
from authorizations.web.forms.review_teams import TeamForm
from kit import text


@access.require(Role.COORDINATOR)
def groups(request: HttpRequest) -> HttpResponse:
    """Show the groups and one of them to change, or a new one; do what the button said."""
    actor = access.actor(request)
    chosen = text.number(request.GET.get("werkgroep", ""))
    medical = can_see_content(actor)
    found = list(queries.teams(actor))
    team = next((one for one in found if one.pk == chosen and (medical or not one.indication)), None)
    form = _form(actor, team)
    if request.method == "POST":
        try:
            if said := _button(request, actor):
                messages.success(request, said)
                return redirect("authorizations:review-teams")
            form = _form(actor, team, request)
            if form.is_valid():
                saved = teams.save(team_id=chosen, wanted=_wanted(form), by=actor)
                messages.success(request, f"De werkgroep {saved.name} is bewaard.")
                return redirect("authorizations:review-teams")
        except teams.NotAllowed as refusal:
            form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
    shown = [(one, *_words(one, medical=medical)) for one in found]
    context = {"form": form, "teams": shown, "team": team, "medical": medical}
    return render(request, "authorizations/review/teams.html", context, status=422 if form.errors else 200)


def _button(request: HttpRequest, actor: Actor) -> str:
    """Do what a button beside a group said, and return what to say of it; nothing when the form was sent."""
    if "verwijder" in request.POST:
        teams.remove(team_id=text.number(request.POST["verwijder"]) or 0, by=actor)
        return "De werkgroep is verwijderd. Wat er lag, is weer van iedereen."
    if "eerder" in request.POST:
        teams.earlier(team_id=text.number(request.POST["eerder"]) or 0, by=actor)
        return "De volgorde is gewijzigd."
    if "opnieuw" in request.POST:
        number = teams.lay_again(by=actor, now=timezone.now())
        return f"{number} {'aanvraag' if number == 1 else 'aanvragen'} opnieuw bekeken."
    return ""


def _form(actor: Actor, team: Team | None, request: HttpRequest | None = None) -> TeamForm:
    people = accounts.people_with(actor.organization_id, Role.MEDISCH_ADVISEUR, Role.MEDEWERKER)
    initial = team and {
        "naam": team.name,
        "soort": team.kind,
        "indicatie": team.indication,
        "aanbieder": str(team.provider_id or ""),
        "spoed": team.urgent,
        "binnen": team.take_within,
        "leden": [str(one.pk) for one in team.members.all()],
    }
    return TeamForm(
        request.POST if request else None,
        initial=initial or {},
        providers=[(str(one.pk), one.name) for one in accounts.providers()],
        colleagues=[(str(one.pk), one.full_name) for one in people],
        medical=can_see_content(actor),
    )


def _wanted(form: TeamForm) -> teams.Wanted:
    given = form.cleaned_data
    return teams.Wanted(
        given["naam"],
        kind=given["soort"],
        indication=given.get("indicatie", ""),
        urgent=given["spoed"],
        provider_id=int(given["aanbieder"]) if given["aanbieder"] else None,
        take_within=given["binnen"] and int(given["binnen"]),
        members=[int(one) for one in given["leden"]],
    )


def _words(team: Team, *, medical: bool) -> tuple[str, str]:
    """Return what this group is called and what lies with it; its own name only when that tells nothing medical."""
    if team.indication and not medical:
        return "Werkgroep op indicatie", "Een indicatie"
    return team.name, _rules(team)


def _rules(team: Team) -> str:
    rules = [
        "spoed" if team.urgent else "",
        Kind(team.kind).label if team.kind else "",
        Indication(team.indication).label.lower() if team.indication else "",
        team.provider.name if team.provider else "",
    ]
    return ", ".join(rule for rule in rules if rule) or "Alles wat nergens anders hoort"
