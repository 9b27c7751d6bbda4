"""Letters by post: collect them, make a batch, say that it was posted, say what came back. Bron: R-36."""

from datetime import datetime

from django.db import transaction

from papers import queries
from papers.domain.states import BatchState, PrintState
from papers.models import PrintBatch, PrintItem


class NotAllowed(Exception):
    """It can't be done now. The message is for people."""


@transaction.atomic
def add(*, letter_id: int, sender_id: int, now: datetime) -> PrintItem:
    """Put a letter on the pile of its sender; a letter that is already on its way stays where it is."""
    item = PrintItem(letter_id=letter_id, sender_id=sender_id, added_at=now)
    PrintItem.objects.bulk_create([item], ignore_conflicts=True)
    return PrintItem.objects.exclude(state=PrintState.RETURNED.value).get(letter_id=letter_id)


def take_off(*, letter_id: int) -> None:
    """Take a letter off the pile that was not printed yet: another takes its place."""
    PrintItem.objects.filter(letter_id=letter_id, state=PrintState.WAITING.value, batch=None).delete()


@transaction.atomic
def make_batch(*, sender_id: int, by_user_id: int, now: datetime) -> PrintBatch:
    """
    Make a batch of all letters of this sender that are ready to print.

    :raises NotAllowed: when there is none
    """
    items = list(queries.print_items_waiting(sender_id).select_for_update(skip_locked=True, of=("self",)))
    if not items:
        raise NotAllowed("Er zijn nu geen brieven om te printen.")
    batch = PrintBatch.objects.create(sender_id=sender_id, made_at=now, made_by_id=by_user_id)
    PrintItem.objects.filter(pk__in=[item.pk for item in items]).update(batch=batch, state=PrintState.MADE.value)
    return batch


@transaction.atomic
def mark_sent(*, batch_id: int, by_user_id: int, now: datetime) -> None:
    """
    Say that this batch was posted.

    :raises NotAllowed: when someone said so already
    """
    made = PrintBatch.objects.filter(pk=batch_id, state=BatchState.MADE.value)
    if not made.update(state=BatchState.SENT.value, sent_at=now, sent_by_id=by_user_id):
        raise NotAllowed("Deze printopdracht is al verstuurd.")
    PrintItem.objects.filter(batch_id=batch_id, state=PrintState.MADE.value).update(state=PrintState.SENT.value)


@transaction.atomic
def mark_returned(*, item_id: int, note: str, now: datetime) -> None:
    """
    Say that a posted letter came back. With a better address it can be added again.

    :raises NotAllowed: when it wasn't posted, or nobody says why
    """
    if not note.strip():
        raise NotAllowed("Vul in waarom de brief retour kwam.")
    sent = PrintItem.objects.filter(pk=item_id, state=PrintState.SENT.value)
    if not sent.update(state=PrintState.RETURNED.value, returned_at=now, note=note.strip()[:200]):
        raise NotAllowed("Deze brief is niet verstuurd, of al retour.")
