"""Accepting an invitation, and what the manager does with one that waits."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import queries
from accounts.domain.changes import Change
from accounts.domain.roles import Role
from accounts.services import invitations
from accounts.web import access
from accounts.web.adapter import home_of
from accounts.web.forms import people
from accounts.web.middleware import ORGANIZATION
from accounts.web.views.colleagues import link_to
from accounts.web.views.organizations import managers_only
from audit.domain.events import Outcome
from audit.services import recording
from audit.web import log


@never_cache
@sensitive_post_parameters("password")
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Let an invited person make an account, or add the roles to the account that he or she has."""
    now = timezone.now()
    actor = getattr(request, "actor", None)
    try:
        invitation = invitations.usable(secret=secret, now=now)
        known = queries.user_by_email(invitation.email) is not None
        form = people.Accept(request.POST or None, initial={"full_name": invitation.full_name})
        if request.method == "POST" and known and actor:
            user = invitations.accept(secret=secret, user_id=actor.user_id, now=now)
            request.session[ORGANIZATION] = invitation.organization_id
            # From here on this person works there: it belongs in the log of that organisation.
            request.actor = queries.actor_of(user, invitation.organization_id) or actor  # type: ignore[attr-defined]
            log.tells(request, wijziging=Change.ACCEPTED, uitnodiging=invitation.pk, erbij=invitation.roles)
            messages.success(request, f"U werkt nu ook voor {invitation.organization.name}.")
            return redirect(home_of(request.actor))  # type: ignore[attr-defined]
        if request.method == "POST" and not known and form.is_valid():
            try:
                user = invitations.accept_as_new(secret=secret, now=now, **form.cleaned_data)
            except invitations.WeakPassword as refusal:
                form.add_error("password", str(refusal))
            else:
                log.notes(request).who = recording.who_is(user_id=user.pk)
                log.tells(request, wijziging=Change.ACCEPTED, uitnodiging=invitation.pk, erbij=invitation.roles)
                messages.success(request, "Uw account is klaar. U kunt nu inloggen.")
                return redirect("account_login")
    except invitations.NotAllowed as refusal:
        return render(request, "accounts/invitations/unusable.html", {"reason": str(refusal)})
    context = {
        "invitation": invitation,
        "roles": invitations.labels(invitation),
        "form": form,
        "known": known,
        "yours": actor is not None and actor.email == invitation.email,
    }
    return render(request, "accounts/invitations/accept.html", context)


@managers_only
@access.fresh
def resend(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Send a new link to somebody who has not accepted yet; the old link ends."""
    actor = access.actor(request)
    invitation = get_object_or_404(queries.open_invitations(actor.organization_id), pk=invitation_id)
    if request.method != "POST":
        raise Http404
    try:
        made = invitations.invite(
            by=actor,
            email=invitation.email,
            full_name=invitation.full_name,
            roles=[Role(role) for role in invitation.roles],
            link_to=link_to,
            now=timezone.now(),
        )
    except invitations.NotAllowed as refusal:
        log.tells(request, outcome=Outcome.NOT_DONE)
        messages.error(request, str(refusal))
    else:
        log.tells(request, wijziging=Change.INVITED_AGAIN, uitnodiging=made.pk, erbij=made.roles)
        messages.success(request, f"Er gaat een nieuwe link per mail naar {invitation.email}.")
    return redirect("accounts:colleagues")


@managers_only
@access.fresh
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """End an invitation."""
    actor = access.actor(request)
    invitation = get_object_or_404(queries.open_invitations(actor.organization_id), pk=invitation_id)
    if request.method != "POST":
        raise Http404
    invitations.withdraw(by=actor, invitation_id=invitation.pk, now=timezone.now())
    log.tells(request, wijziging=Change.WITHDRAWN, uitnodiging=invitation.pk)
    messages.success(request, f"De uitnodiging aan {invitation.email} is ingetrokken.")
    return redirect("accounts:colleagues")
