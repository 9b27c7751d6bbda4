"""One's own profile, and for which organisation one works now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import queries
from accounts.domain import identifiers
from accounts.services import profiles, versions
from accounts.web import access
from accounts.web.adapter import home_of
from accounts.web.forms import people
from accounts.web.middleware import ORGANIZATION

DOUBTFUL = "Dit BIG-nummer lijkt niet te kloppen. Controleer de 11 cijfers. Uw profiel is wel bewaard."


@access.login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own profile."""
    actor = access.actor(request)
    person = queries.user(actor.user_id)
    seen = versions.fingerprint(person, profiles.PROFILE)
    form = people.Profile(
        request.POST or None, initial={"seen": seen, **{name: getattr(person, name) for name in profiles.PROFILE}}
    )
    if request.method == "POST" and form.is_valid():
        try:
            profiles.change(by=actor, **form.cleaned_data)
        except versions.Changed:
            form.outrun(seen)
        else:
            messages.success(request, "Uw profiel is bewaard.")
            number = form.cleaned_data["big_number"]
            if number and not identifiers.big_looks_right(number):
                messages.warning(request, DOUBTFUL)
            return redirect("accounts:profile")
    several = len(actor.works_for) > 1
    return render(request, "accounts/profile/profile.html", {"form": form, "person": person, "several": several})


@access.login_required
def choose_organization(request: HttpRequest) -> HttpResponse:
    """Choose for which of one's organisations one works now."""
    actor = access.actor(request)
    choices = [(str(place.pk), place.name) for place in queries.organizations_of(actor.user_id)]
    form = people.ChooseOrganization(
        request.POST or None, choices=choices, initial={"organization": str(actor.organization_id)}
    )
    if request.method == "POST" and form.is_valid():
        request.session[ORGANIZATION] = int(form.cleaned_data["organization"])
        chosen = queries.actor_of(queries.user(actor.user_id), request.session[ORGANIZATION])
        return redirect(home_of(chosen or actor))
    return render(request, "accounts/profile/choose_organization.html", {"form": form})
