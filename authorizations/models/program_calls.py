"""What programs asked, so that asking the same again does nothing again."""

from django.db import models
from django.db.models import Q

from kit.encrypted import EncryptedJSONField, WithSecrets


class ApiCall(WithSecrets):
    """
    A call that registered something, with the answer that it got: whoever asks the same again gets that again.

    It is written in the transaction of what it did, so there are both or neither. What somebody chose as the key and
    what was asked are kept as fingerprints: a program may well make a key of somebody's number.
    """

    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    api_key = models.ForeignKey(
        "accounts.ApiKey", verbose_name="API-sleutel", on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField("kenmerk van de Idempotency-Key", max_length=64)
    asked = models.CharField("kenmerk van de inhoud", max_length=64)
    status = models.PositiveSmallIntegerField("status")
    answer = EncryptedJSONField("antwoord")
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "oproep van een programma"
        verbose_name_plural = "oproepen van programma’s"
        constraints = [
            models.UniqueConstraint(
                fields=["api_key", "key"],
                name="api_call_once",
                violation_error_message="Deze Idempotency-Key is al gebruikt.",
            ),
            models.CheckConstraint(
                name="api_call_only_fingerprints",
                condition=Q(key__regex=r"^[0-9a-f]{64}$", asked__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Van sleutel en inhoud bewaren wij alleen een kenmerk.",
            ),
            models.CheckConstraint(
                name="api_call_that_was_done",
                condition=Q(status__in=[200, 201]),
                violation_error_message="Alleen wat gedaan is wordt bewaard.",
            ),
            models.CheckConstraint(
                name="api_call_answer_is_sealed",
                condition=Q(answer__sealed=True),
                violation_error_message="Het antwoord wordt versleuteld bewaard.",
            ),
        ]
        indexes = [models.Index(fields=["at"], name="api_calls_by_age")]

    def __str__(self) -> str:
        return f"oproep {self.pk}"
