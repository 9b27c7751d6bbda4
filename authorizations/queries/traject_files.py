"""What may be asked about files of dbc's and changed numbers. Every look-up of a person begins at `visible_to`."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from authorizations.domain.traject_files import KEPT
from authorizations.models import TrajectFile
from authorizations.queries import FILING_ROLES


def visible_to(actor: Actor) -> QuerySet[TrajectFile]:
    """Return the files of the own institution, the last first, for who records there."""
    if not actor.is_provider or not actor.roles & FILING_ROLES:
        return TrajectFile.objects.none()
    return TrajectFile.objects.filter(organization_id=actor.organization_id).order_by("-made_at", "-id")


def kept_longest(*, now: datetime) -> QuerySet[TrajectFile]:
    """Return the files that were kept long enough, whatever became of them."""
    return TrajectFile.objects.filter(made_at__lt=now - KEPT)
