"""What you can ask of the desks of insurers."""

from django.db.models import QuerySet

from contracting.models import Desk


def of(insurer_id: int) -> QuerySet[Desk]:
    """Return the desks of this insurer."""
    return Desk.objects.filter(insurer_id=insurer_id).order_by("kind")


def address_for(insurer_id: int, kind: str) -> str:
    """Return where questionnaires of this kind of provider come in; empty without a desk. Bron: A-26."""
    return of(insurer_id).filter(kind=kind).values_list("email", flat=True).first() or ""
