"""The profile of one's own organisation, and its locations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import queries
from accounts.domain.roles import Role
from accounts.services import organizations, versions
from accounts.web import access
from accounts.web.forms import organizations as forms

managers_only = access.require(Role.ORGANISATIEBEHEERDER, Role.BEHEERDER)


@access.login_required
def organization(request: HttpRequest) -> HttpResponse:
    """Show the own organisation."""
    actor = access.actor(request)
    place = queries.organization(actor.organization_id)
    certificate = dict(forms.CERTIFICATE)[forms.TYPED[place.vecozo_certificate]]
    numbers = (
        [("AGB-code", place.agb_code), ("KvK-nummer", place.kvk_number), ("VECOZO-certificaat", certificate)]
        if actor.is_provider
        else [("UZOVI-code", place.uzovi), ("KvK-nummer", place.kvk_number)]
    )
    address = "\n".join(filter(None, [place.street, f"{place.postcode} {place.city}".strip()]))
    facts = [*numbers, ("Adres", address), ("Telefoonnummer", place.phone)]
    context = {"place": place, "facts": facts, "locations": queries.locations(place.pk)}
    return render(request, "accounts/organizations/organization.html", context)


@managers_only
def change(request: HttpRequest) -> HttpResponse:
    """Change the profile of the own organisation."""
    actor = access.actor(request)
    place = queries.organization(actor.organization_id)
    form_class = forms.FORM_OF[actor.organization_kind]
    fields = [name for name in form_class.base_fields if name != "seen"]
    seen = versions.fingerprint(place, tuple(fields))
    initial = {name: getattr(place, name) for name in fields}
    initial["vecozo_certificate"] = forms.TYPED[place.vecozo_certificate]
    form = form_class(request.POST or None, initial={"seen": seen, **initial})
    if request.method == "POST" and form.is_valid():
        try:
            organizations.change(by=actor, **form.cleaned_data)
        except versions.Changed:
            form.outrun(seen)
        except organizations.Taken as refusal:
            form.add_error("agb_code" if actor.is_provider else "uzovi", str(refusal))
        else:
            messages.success(request, "De gegevens van uw organisatie zijn bewaard.")
            return redirect("accounts:organization")
    return render(request, "accounts/organizations/change.html", {"form": form, "place": place})


@managers_only
def add_location(request: HttpRequest) -> HttpResponse:
    """Add a location."""
    form = forms.Location(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            organizations.add_location(by=access.actor(request), **values)
        except organizations.Taken as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"Locatie {values['name']} is toegevoegd.")
            return redirect("accounts:organization")
    return render(request, "accounts/organizations/location.html", {"form": form, "location": None})


@managers_only
def change_location(request: HttpRequest, location_id: int) -> HttpResponse:
    """Change a location."""
    actor = access.actor(request)
    location = get_object_or_404(queries.locations(actor.organization_id), pk=location_id)
    seen = versions.fingerprint(location, organizations.LOCATION)
    initial = {name: getattr(location, name) for name in organizations.LOCATION}
    form = forms.Location(request.POST or None, initial={"seen": seen, **initial})
    if request.method == "POST" and form.is_valid():
        try:
            organizations.change_location(by=actor, location_id=location.pk, **form.cleaned_data)
        except versions.Changed:
            form.outrun(seen)
        except organizations.Taken as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"Locatie {form.cleaned_data['name']} is bewaard.")
            return redirect("accounts:organization")
    return render(request, "accounts/organizations/location.html", {"form": form, "location": location})


@managers_only
def stop_location(request: HttpRequest, location_id: int) -> HttpResponse:
    """Ask whether a location is no longer used, and stop it."""
    actor = access.actor(request)
    location = get_object_or_404(queries.locations(actor.organization_id), pk=location_id)
    if request.method == "POST":
        organizations.stop_location(by=actor, location_id=location.pk, now=timezone.now())
        messages.success(request, f"Locatie {location.name} wordt niet meer gebruikt.")
        return redirect("accounts:organization")
    return render(request, "accounts/organizations/stop_location.html", {"location": location})
