"""Colleagues: who works here, invite, change roles, remove."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import queries
from accounts.domain.changes import Change
from accounts.domain.roles import MANAGER_OF, ROLES_OF, Role, labels_of
from accounts.services import colleagues as service
from accounts.services import factors, invitations
from accounts.web import access
from accounts.web.forms import people
from accounts.web.views.organizations import managers_only
from audit.domain.events import Outcome
from audit.web import log


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


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page with its form; what was sent changed nothing when we come here, and the log says so."""
    if request.method == "POST":
        log.tells(request, outcome=log.notes(request).outcome or Outcome.NOT_DONE)
    return render(request, template, context)


@managers_only
@access.fresh
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by mail."""
    actor = access.actor(request)
    form = people.Invite(request.POST or None, offered=ROLES_OF[actor.organization_kind])
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"].strip().lower()
        is_again = queries.open_invitations(actor.organization_id).filter(email=address).exists()
        try:
            made = invitations.invite(by=actor, link_to=link_to, now=timezone.now(), **form.cleaned_data)
        except invitations.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            log.tells(request, wijziging=Change.INVITED, uitnodiging=made.pk, erbij=made.roles)
            ended = " De vorige uitnodiging werkt niet meer." if is_again else ""
            messages.success(request, f"De uitnodiging gaat per mail naar {made.email}.{ended}")
            return redirect("accounts:colleagues")
    return page(request, "accounts/colleagues/invite.html", {"form": form})


@managers_only
@access.fresh
def roles(request: HttpRequest, user_id: int) -> HttpResponse:
    """Change the roles of a colleague; of oneself only where nobody else can."""
    actor = access.actor(request)
    person = get_object_or_404(queries.colleagues(actor.organization_id), pk=user_id)
    held = [membership.role for membership in person.roles_here]  # type: ignore[attr-defined]
    known, may_change = ROLES_OF[actor.organization_kind], service.roles_to_change(by=actor, user_id=person.pk)
    form = people.Roles(
        request.POST or None,
        # Who may change nothing sees no form; what is sent all the same, the service refuses.
        offered=[role for role in known if role in may_change] or known,
        initial={"roles": held, "seen": " ".join(held)},
    )
    if request.method == "POST":
        log.tells(request, wijziging=Change.ROLES, betreft=person.pk)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.change_roles(by=actor, user_id=person.pk, now=timezone.now(), **form.cleaned_data)
        except service.NotAllowed as refusal:
            if isinstance(refusal, service.OwnRoles):
                log.tells(request, outcome=Outcome.REFUSED)
            form.outrun(" ".join(held), str(refusal))
        else:
            log.tells(request, erbij=sorted(made.begun), eraf=sorted(made.ended))
            messages.success(request, f"De rollen van {person.full_name} zijn bewaard.")
            return redirect("accounts:colleagues")
    context = {
        "form": form,
        "person": person,
        "is_self": person.pk == actor.user_id,
        "may_change": bool(may_change),
        "roles": labels_of(Role(role) for role in held).lower(),
        "manager": MANAGER_OF[actor.organization_kind].label.lower(),
    }
    return page(request, "accounts/colleagues/roles.html", context)


@managers_only
@access.fresh
def reset_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask whether a colleague lost the second step, and take it away, so that he or she sets up a new one."""
    actor = access.actor(request)
    person = get_object_or_404(queries.colleagues(actor.organization_id), pk=user_id)
    refusal = factors.why_not_reset(by=actor, user_id=person.pk)
    if request.method == "POST":
        try:
            factors.reset(by=actor, user_id=person.pk, now=timezone.now())
        except factors.NotAllowed as reason:
            refusal = str(reason)
        else:
            log.tells(request, wijziging=Change.FACTOR_RESET, betreft=person.pk)
            messages.success(request, f"De tweede stap van {person.full_name} is weggehaald. Er gaat een mail heen.")
            return redirect("accounts:colleagues")
    return page(request, "accounts/colleagues/reset_factor.html", {"person": person, "refusal": refusal})


@managers_only
@access.fresh
def remove(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask whether a colleague no longer works here, and end the roles."""
    actor = access.actor(request)
    person = get_object_or_404(queries.colleagues(actor.organization_id), pk=user_id)
    refusal = service.why_not_removed(by=actor, user_id=person.pk)
    if request.method == "POST":
        try:
            made = service.remove(by=actor, user_id=person.pk, now=timezone.now())
        except service.NotAllowed as reason:
            refusal = str(reason)
        else:
            log.tells(request, wijziging=Change.REMOVED, betreft=person.pk, eraf=sorted(made.ended))
            messages.success(request, f"{person.full_name} werkt niet meer voor uw organisatie in dit portaal.")
            return redirect("accounts:colleagues" if person.pk != actor.user_id else settings.LOGIN_REDIRECT_URL)
    return page(request, "accounts/colleagues/remove.html", {"person": person, "refusal": refusal})
