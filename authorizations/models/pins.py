"""Places in documents that are marked as proof for a criterion."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.pins import SMALLEST, Region, Side
from authorizations.models.documents import Document
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed


class EvidencePin(WithSecrets):
    """
    A part of a page that one side marked for a criterion. It stays with the version of the document it was made on.

    The parts are fractions of the page: whatever the size at which somebody looks, it is the same place.
    """

    document = models.ForeignKey(Document, verbose_name="document", on_delete=models.CASCADE, related_name="pins")
    criterion = models.CharField("criterium", max_length=30)
    page = models.PositiveIntegerField("pagina")
    left = models.DecimalField("links", max_digits=5, decimal_places=4)
    top = models.DecimalField("boven", max_digits=5, decimal_places=4)
    right = models.DecimalField("rechts", max_digits=5, decimal_places=4)
    bottom = models.DecimalField("onder", max_digits=5, decimal_places=4)
    side = models.CharField("van wie", max_length=10, choices=Side.choices())
    note = EncryptedTextField("toelichting", default="", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gemarkeerd door", on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("gemarkeerd op")

    class Meta:
        verbose_name = "plaats in een document"
        verbose_name_plural = "plaatsen in documenten"
        ordering = ["document", "page", "top", "left", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "side", "criterion", "page", "left", "top", "right", "bottom"],
                name="evidence_pin_once",
                violation_error_message="Deze plaats is al gemarkeerd voor dit criterium.",
            ),
            models.CheckConstraint(
                name="evidence_pin_on_a_page",
                condition=Q(page__gte=1) & ~Q(criterion=""),
                violation_error_message="Een plaats staat op een pagina en hoort bij een criterium.",
            ),
            models.CheckConstraint(
                name="evidence_pin_within_the_page",
                condition=Q(left__gte=0, top__gte=0, right__lte=1, bottom__lte=1)
                & Q(right__gte=F("left") + Decimal(SMALLEST), bottom__gte=F("top") + Decimal(SMALLEST)),
                violation_error_message="Een plaats ligt op de pagina en heeft een breedte en een hoogte.",
            ),
            models.CheckConstraint(
                name="evidence_pin_has_a_side",
                condition=Q(side__in=[side.value for side in Side]),
                violation_error_message="Een plaats is van de zorgaanbieder of van de verzekeraar.",
            ),
            models.CheckConstraint(
                name="evidence_pin_note_is_sealed",
                condition=all_sealed("note"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"plaats {self.pk}"

    @property
    def region(self) -> Region:
        """Return the part of the page."""
        return Region(self.left, self.top, self.right, self.bottom)

    @staticmethod
    def columns(region: Region) -> dict[str, Any]:
        """Return what the columns hold of a part of a page."""
        return {"left": region.left, "top": region.top, "right": region.right, "bottom": region.bottom}
