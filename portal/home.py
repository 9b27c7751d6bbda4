"""Where everybody begins."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.domain.actors import Actor


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Bring people who have logged in to their work; show everybody else what the portal is for."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor:
        return redirect(settings.HOME_OF[actor.organization_kind.value])
    return render(request, "portal/home.html")
