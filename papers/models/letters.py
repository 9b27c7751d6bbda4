"""What goes out on paper or as PDF. Once issued it never changes (triggers in the migration)."""

import uuid

from django.db import models
from django.db.models import Q

from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed
from papers.models.owned import Owned
from papers.models.work import Work


class Letter(Owned, WithSecrets, Work):
    """
    The frozen text of a letter, and the PDF that the worker makes of it, once.

    Two triggers guard it: `letter_text_is_frozen` (from the moment it is written) and `letter_issued_is_final`.
    """

    reference = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("soort", max_length=40)
    title = models.CharField("titel", max_length=200)
    html = EncryptedTextField("tekst")
    created_at = models.DateTimeField("geschreven op")
    issued_at = models.DateTimeField("uitgegeven op", null=True, blank=True)
    pdf = models.CharField("plaats van de pdf", max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField("grootte in bytes", null=True, blank=True)

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        constraints = [
            models.CheckConstraint(
                name="letter_issued_with_its_pdf",
                condition=Q(issued_at=None, pdf="", sha256="", size=None)
                | Q(issued_at__isnull=False, sha256__regex=r"^[0-9a-f]{64}$", size__gt=0) & ~Q(pdf=""),
                violation_error_message="Alleen een uitgegeven brief heeft een pdf, met kenmerk en grootte.",
            ),
            models.CheckConstraint(
                name="letter_says_something",
                condition=~Q(html="") & ~Q(title=""),
                violation_error_message="Een brief heeft een titel en een tekst.",
            ),
            models.CheckConstraint(
                name="letter_text_is_sealed",
                condition=all_sealed("html"),
                violation_error_message="De tekst van een brief wordt versleuteld bewaard.",
            ),
        ]
        indexes = [
            models.Index(name="letter_to_render", fields=["next_attempt_at"], condition=Q(issued_at=None)),
        ]

    def __str__(self) -> str:
        return f"brief {self.reference}"
