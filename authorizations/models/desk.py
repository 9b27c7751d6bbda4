"""What an advisor types on the desk before it is a verdict, a question or a decision."""

from django.conf import settings
from django.db import models

from kit.encrypted import EncryptedJSONField, WithSecrets, all_sealed


class DeskDraft(WithSecrets):
    """One form of the desk as it was typed. It is nobody's judgement yet: only its writer sees it. Bron: R-19."""

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="desk_drafts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="getypt door", on_delete=models.CASCADE, related_name="+"
    )
    form = models.CharField("formulier", max_length=50)
    data = EncryptedJSONField("zoals getypt", default=dict)
    saved_at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "concept aan het bureau"
        verbose_name_plural = "concepten aan het bureau"
        ordering = ["authorization", "form"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization", "user", "form"],
                name="desk_draft_once",
                violation_error_message="Van dit formulier is al een concept bewaard.",
            ),
            models.CheckConstraint(
                name="desk_draft_is_sealed",
                condition=all_sealed("data"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.form}"
