"""Keep what narrows the queue under a name of one's own, rename it or throw it away; choose its columns."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.domain.actors import Actor
from authorizations.domain.queue_columns import AT_FIRST, COLUMNS
from authorizations.models import MOST_VIEWS, QueueColumns, SavedView
from authorizations.queries import desk
from authorizations.services import lifecycle

NotAllowed = lifecycle.NotAllowed


class NameTaken(NotAllowed):
    """There is a view with this name already; another name mends it."""

    def __init__(self) -> None:
        super().__init__("U heeft al een weergave met deze naam. Kies een andere naam.")


def save(*, name: str, query: Mapping[str, str], by: Actor, now: datetime) -> SavedView:
    """
    Keep these choices under this name, at the first place that is free.

    :raises NameTaken: when the name is in use
    :raises NotAllowed: when nothing was chosen, or there are too many; also when another window did the same just now
    """
    if not query:
        raise NotAllowed("Kies eerst een filter of een weergave. Bewaar daarna.")
    kept = list(desk.saved_views(by))
    _refuse_same_name(kept, name)
    place = next((place for place in range(1, MOST_VIEWS + 1) if place not in {view.place for view in kept}), None)
    if place is None:
        raise NotAllowed(f"U heeft al {MOST_VIEWS} weergaven. Verwijder er eerst een.")
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                user_id=by.user_id, organization_id=by.organization_id, place=place, name=name, query=dict(query),
                saved_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("In een ander venster bewaarde u net ook iets. Probeer het opnieuw.") from None


def rename(*, view_id: int | None, name: str, by: Actor) -> None:
    """
    Give this view another name.

    :raises NameTaken: when the name is in use
    :raises NotAllowed: when the view is gone
    """
    kept = list(desk.saved_views(by))
    view = next((view for view in kept if view.pk == view_id), None)
    if view is None:
        raise NotAllowed("Deze weergave is er niet meer.")
    _refuse_same_name([one for one in kept if one.pk != view.pk], name)
    try:
        with transaction.atomic():
            desk.saved_views(by).filter(pk=view.pk).update(name=name)
    except IntegrityError:
        raise NameTaken from None


def remove(*, view_id: int | None, by: Actor) -> None:
    """Throw this view away; one that is gone already is no mistake."""
    desk.saved_views(by).filter(pk=view_id or 0).delete()


def choose_columns(*, columns: Iterable[str], by: Actor) -> None:
    """Show these columns of the queue from now on; choosing what everybody sees at first leaves nothing behind."""
    chosen = [name for name in COLUMNS if name in set(columns)]
    whose: dict[str, Any] = {"user_id": by.user_id, "organization_id": by.organization_id}
    if chosen == list(AT_FIRST):
        QueueColumns.objects.filter(**whose).delete()
    else:
        QueueColumns.objects.update_or_create(**whose, defaults={"columns": chosen})


def _refuse_same_name(kept: list[SavedView], name: str) -> None:
    if any(view.name.lower() == name.lower() for view in kept):
        raise NameTaken
