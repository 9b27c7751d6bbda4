"""
Let papers go for good: rows and bytes. Whether their time has come is for the app that owns the case.

The rows go in the caller's transaction, the bytes after its commit: nobody sees a row without its bytes. Whoever dies
in between leaves bytes that no row knows of, and `tidying` removes those.
"""

import uuid
from collections.abc import Collection
from functools import partial

from django.db import connection, transaction

from papers.delivery import store
from papers.models import File, Letter, Mail, PageImage, PrintItem

PERMIT = "SET LOCAL portal.retention = 'on'"
"""What the triggers of issued letters look for, beside the age of the letter (papers/migrations/0010)."""


@transaction.atomic
def files(file_ids: Collection[uuid.UUID]) -> int:
    """Delete these files with the pictures of their pages; return how many things on disk go with them."""
    pages = list(PageImage.objects.filter(file_id__in=file_ids).only("path"))
    places = [*(store.place("files", file_id) for file_id in file_ids), *(page.path for page in pages)]
    File.objects.filter(pk__in=file_ids).delete()
    transaction.on_commit(partial(_remove, [*places, *(page.small_path for page in pages)]))
    return len(places)


@transaction.atomic
def text(file_ids: Collection[uuid.UUID]) -> None:
    """Forget what stands on the pages of these files, and keep no text of them from now on; the pictures stay."""
    File.objects.filter(pk__in=file_ids).update(keeps_text=False)
    PageImage.objects.filter(file_id__in=file_ids).exclude(text="").update(text="")


@transaction.atomic
def letters(letter_ids: Collection[int]) -> int:
    """Delete these letters, also those that were issued; return how many PDFs go with them."""
    with connection.cursor() as cursor:
        cursor.execute(PERMIT)
    places = list(Letter.objects.filter(pk__in=letter_ids).exclude(pdf="").values_list("pdf", flat=True))
    PrintItem.objects.filter(letter_id__in=letter_ids).delete()
    Letter.objects.filter(pk__in=letter_ids).delete()
    transaction.on_commit(partial(_remove, places))
    return len(places)


@transaction.atomic
def mail_about(mark: str) -> int:
    """Delete the mail of which the key bears this mark; return how many there were."""
    return Mail.objects.filter(key__contains=f":{mark}:").delete()[0]


def _remove(places: Collection[str]) -> None:
    for place in places:
        store.remove(place)
