"""What may be asked about the links with which insured follow a request."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest, InsuredLink


def linkable_by(actor: Actor) -> QuerySet[AuthorizationRequest]:
    """Return the filed requests of which this person may give the insured a link."""
    return queries.visible_to(actor).exclude(status=Status.DRAFT)


def open_one(authorization: AuthorizationRequest) -> InsuredLink | None:
    """Return the link that nobody ended, whether it still works or not."""
    found = InsuredLink.objects.filter(authorization=authorization, revoked_at=None)
    return found.select_related("made_by", "organization").first()


def with_hash(code_hash: str) -> InsuredLink | None:
    """Return the link of which this hash was kept."""
    return InsuredLink.objects.filter(code_hash=code_hash).first()


class Filed(NamedTuple):
    """Of a request only what its insured may see, and by which number the log knows it."""

    pk: int
    reference: str
    status: str
    submitted_at: datetime
    closed_at: datetime | None


def in_turn(authorization_id: int) -> Iterator[Filed]:
    """Yield a request and each that took the place of the one before; nothing else of them leaves the database."""
    wanted: int | None = authorization_id
    while wanted:
        rows = AuthorizationRequest.objects.filter(pk=wanted, submitted_at__isnull=False)
        row = rows.values_list(*Filed._fields).first()
        if row is None:
            return
        yield Filed(*row)
        newer = AuthorizationRequest.objects.filter(amends=wanted, submitted_at__isnull=False)
        wanted = newer.order_by("-pk").values_list("pk", flat=True).first()
