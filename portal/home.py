"""Where everybody begins, and what holds for the whole portal."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.domain.actors import Actor
from accounts.domain.roles import DESK, Role


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Bring people who have logged in to their work; show everybody else what the portal is for."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor and actor.roles == {Role.LOGBEHEERDER}:
        return redirect(settings.HOME_OF_LOGBEHEERDER)
    if actor and actor.is_insurer and not actor.has(*DESK):
        return redirect("portal:failures" if actor.is_manager else "accounts:profile")
    if actor:
        return redirect(settings.HOME_OF[actor.organization_kind.value])
    return render(request, "portal/home.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell who sees what."""
    return render(request, "portal/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell what people who use the portal in another way may expect."""
    return render(request, "portal/accessibility.html")
