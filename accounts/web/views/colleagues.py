"""Colleagues: who works here, invite, change roles, remove."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import queries
from accounts.domain.roles import Role, labels_of
from accounts.services import colleagues as service
from accounts.services import factors, invitations
from accounts.web import access
from accounts.web.forms import people
from accounts.web.views.organizations import managers_only


@access.login_required
def colleagues(request: HttpRequest) -> HttpResponse:
    """List who works here; the manager also sees whom an invitation waits for."""
    actor = access.actor(request)
    now = timezone.now()
    rows = [
        (person, labels_of({Role(held.role) for held in person.roles_here}))  # type: ignore[attr-defined]
        for person in queries.colleagues(actor.organization_id)
    ]
    waiting = [
        (invitation, invitations.labels(invitation), now >= invitation.expires_at)
        for invitation in (queries.open_invitations(actor.organization_id) if actor.is_manager else ())
    ]
    return render(request, "accounts/colleagues/colleagues.html", {"rows": rows, "waiting": waiting})


def link_to(secret: str) -> str:
    """Return the address of the page for an invited person."""
    return settings.PORTAL_URL + reverse("accounts:invitation", args=[secret])


@managers_only
@access.fresh
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by mail."""
    actor = access.actor(request)
    form = people.Invite(request.POST or None, kind=actor.organization_kind)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"].strip().lower()
        is_again = queries.open_invitations(actor.organization_id).filter(email=address).exists()
        try:
            made = invitations.invite(by=actor, link_to=link_to, now=timezone.now(), **form.cleaned_data)
        except invitations.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            ended = " De vorige uitnodiging werkt niet meer." if is_again else ""
            messages.success(request, f"De uitnodiging gaat per mail naar {made.email}.{ended}")
            return redirect("accounts:colleagues")
    return render(request, "accounts/colleagues/invite.html", {"form": form})


@managers_only
@access.fresh
def roles(request: HttpRequest, user_id: int) -> HttpResponse:
    """Change the roles of a colleague."""
    actor = access.actor(request)
    person = get_object_or_404(queries.colleagues(actor.organization_id), pk=user_id)
    held = [membership.role for membership in person.roles_here]  # type: ignore[attr-defined]
    form = people.Roles(
        request.POST or None, kind=actor.organization_kind, initial={"roles": held, "seen": " ".join(held)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            service.change_roles(by=actor, user_id=person.pk, now=timezone.now(), **form.cleaned_data)
        except service.NotAllowed as refusal:
            form.outrun(" ".join(held), str(refusal))
        else:
            messages.success(request, f"De rollen van {person.full_name} zijn bewaard.")
            return redirect("accounts:colleagues")
    return render(request, "accounts/colleagues/roles.html", {"form": form, "person": person})


@managers_only
@access.fresh
def reset_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask whether a colleague lost the second step, and take it away, so that he or she sets up a new one."""
    actor = access.actor(request)
    person = get_object_or_404(queries.colleagues(actor.organization_id), pk=user_id)
    refusal = ""
    if request.method == "POST":
        try:
            factors.reset(by=actor, user_id=person.pk, now=timezone.now())
        except factors.NotAllowed as reason:
            refusal = str(reason)
        else:
            messages.success(request, f"De tweede stap van {person.full_name} is weggehaald. Er gaat een mail heen.")
            return redirect("accounts:colleagues")
    return render(request, "accounts/colleagues/reset_factor.html", {"person": person, "refusal": refusal})


@managers_only
@access.fresh
def remove(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask whether a colleague no longer works here, and end the roles."""
    actor = access.actor(request)
    person = get_object_or_404(queries.colleagues(actor.organization_id), pk=user_id)
    refusal = ""
    if request.method == "POST":
        try:
            service.remove(by=actor, user_id=person.pk, now=timezone.now())
        except service.NotAllowed as reason:
            refusal = str(reason)
        else:
            messages.success(request, f"{person.full_name} werkt niet meer voor uw organisatie in dit portaal.")
            return redirect("accounts:colleagues" if person.pk != actor.user_id else settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/colleagues/remove.html", {"person": person, "refusal": refusal})
