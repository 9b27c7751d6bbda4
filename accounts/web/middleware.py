"""Who acts in this request."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from accounts import queries
from accounts.domain.actors import Actor
from accounts.web import kept

ORGANIZATION = "organization_id"
"""The key in the session of the organisation that a person with several has chosen."""


class ActorMiddleware:
    """
    Set `request.actor`: the person at work for one organisation, or None when nobody has logged in.

    Roles are read for every request, so what is taken away is gone with the next click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self.actor(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            kept.name_person(request, response, request.user.pk)
        return response

    def actor(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        actor = queries.actor_of(request.user, request.session.get(ORGANIZATION))
        if actor is None:
            logout(request)
        return actor
