"""What the text of a document seems to say of itself, and what people answered to that."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain.found_in_text import Found
from authorizations.domain.pins import Side
from authorizations.domain.terms import Feature
from authorizations.models.documents import Document
from kit.encrypted import EncryptedJSONField, WithSecrets, all_sealed


class DocumentReading(WithSecrets):
    """What was found in the text of one document, once all of it was read. It changes nothing by itself. Bron: R-31."""

    document = models.OneToOneField(Document, verbose_name="document", on_delete=models.CASCADE, related_name="reading")
    found = EncryptedJSONField("wat er staat", default=list)
    made_at = models.DateTimeField("gelezen op")

    class Meta:
        verbose_name = "lezing van een document"
        verbose_name_plural = "lezingen van documenten"
        constraints = [
            models.CheckConstraint(
                name="document_reading_is_sealed",
                condition=all_sealed("found"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"lezing van document {self.document_id}"

    @property
    def proposals(self) -> list[Found]:
        """Return what was found, as plain values."""
        return [Found(Feature(feature), value, page) for feature, value, page in self.found]


class ReadingAnswer(models.Model):
    """That somebody looked, and whether it was right; each side answers for itself, and may answer again."""

    reading = models.ForeignKey(
        DocumentReading, verbose_name="lezing", on_delete=models.CASCADE, related_name="answers"
    )
    feature = models.CharField("kenmerk", max_length=20, choices=Feature.choices())
    side = models.CharField("van wie", max_length=10, choices=Side.choices())
    is_right = models.BooleanField("klopt")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beantwoord door", on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("beantwoord op")

    class Meta:
        verbose_name = "antwoord op een lezing"
        verbose_name_plural = "antwoorden op lezingen"
        ordering = ["reading", "feature", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "feature", "side"],
                name="reading_answered_once",
                violation_error_message="Hierop is al geantwoord.",
            ),
            models.CheckConstraint(
                name="reading_answer_has_a_side",
                condition=Q(side__in=[side.value for side in Side]),
                violation_error_message="Een antwoord is van de zorgaanbieder of van de verzekeraar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id}: {self.feature}"
