"""Write a letter. The worker makes its PDF, once, from the text as it was frozen here."""

from datetime import datetime

from django.db import transaction

from kit import bell
from papers.delivery import letters
from papers.models import Letter


@transaction.atomic
def create(*, kind: str, title: str, html: str, now: datetime) -> Letter:
    """
    Freeze the text of a letter and leave its PDF for the worker.

    `html` is what stands in the body, from a fixed template with autoescape; it comes out in the house style.
    """
    letter = Letter.objects.create(kind=kind, title=title, html=letters.clean(html), created_at=now)
    bell.ring("papers.tasks.render_letters")
    return letter


def preview(html: str, *, title: str = "Voorbeeld", now: datetime) -> bytes:
    """Return the PDF that this text would become, along the very same way; nothing is stored."""
    return letters.pdf(letters.clean(html), title=title, created_at=now)
