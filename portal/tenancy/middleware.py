"""For whom the database is asked while a page is made."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.domain.actors import Actor
from kit import tenancy

SAFE = ("GET", "HEAD")


class TenantContext:
    """
    Ask for the organisation of who acts; for nobody when nobody has logged in.

    A page that only shows something is one transaction, so PostgreSQL is told once. What changes something has the
    transactions of its services.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            with tenancy.acting(tenancy.NOBODY):
                return self.get_response(request)
        with tenancy.acting(tenancy.Context(actor.organization_id, actor.user_id)):
            if request.method not in SAFE:
                return self.get_response(request)
            with transaction.atomic(savepoint=False):
                return self.get_response(request)
