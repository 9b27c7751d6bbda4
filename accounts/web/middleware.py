"""Who acts in this request."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import queries
from accounts.domain.actors import Actor
from accounts.web import gate, kept, keys, proof, sessions

ORGANIZATION = "organization_id"
"""The key in the session of the organisation that a person with several has chosen."""


class ActorMiddleware:
    """
    Set `request.actor`: the person at work for one organisation, or None when nobody has logged in.

    A program is known by its key, and acts for the person whom that names.

    Roles are read for every request, so what is taken away is gone with the next click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if keys.for_programs(request):
            request.actor = keys.actor(request)  # type: ignore[attr-defined]
            return self.get_response(request)
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
            return None
        # Who gave only a password acts for nobody yet.
        if not proof.enough(request, actor):
            return None
        now = timezone.now().timestamp()
        if not sessions.limit(request, actor, proof.began_at(request) or now, now):
            logout(request)
            return None
        return actor


class Gate:
    """
    Open nothing for who gave only a password, but what leads to a second step.

    No page has to remember it: what isn't on the list of `gate.SET_UP` is closed, and for programs what isn't on
    that of `keys.OPEN`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if keys.for_programs(request):
            return keys.refuse(request)
        if not request.user.is_authenticated:
            return None
        if getattr(request, "actor", None):
            return gate.higher_level_first(request)
        return None if gate.open_without_second_step(request) else gate.set_up_first(request)
