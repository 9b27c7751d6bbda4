"""The seals on the log, and what was erased when it had been kept long enough."""

from django.db import models
from django.db.models import F, Q


class Seal(models.Model):
    """The seal on the rows after `after_id` up to and including `last_id`; written once, each names the one before."""

    number = models.PositiveBigIntegerField("nummer", primary_key=True)
    format = models.PositiveSmallIntegerField("vorm")
    after_id = models.PositiveBigIntegerField("na regel")
    last_id = models.PositiveBigIntegerField("tot en met regel")
    row_count = models.PositiveIntegerField("aantal regels")
    sealed_at = models.DateTimeField("gezet op")
    previous = models.CharField("zegel ervoor", max_length=64, unique=True)
    leaves = models.BinaryField("kenmerken van de regels")
    hash = models.CharField("kenmerk", max_length=64, unique=True)
    signature = models.CharField("ondertekening", max_length=64)

    class Meta:
        verbose_name = "zegel"
        verbose_name_plural = "zegels"
        constraints = [
            models.CheckConstraint(
                name="seal_goes_forward",
                condition=Q(last_id__gt=F("after_id")) & Q(number__gte=1),
                violation_error_message="Een zegel staat op latere regels dan het zegel ervoor.",
            ),
        ]

    def __str__(self) -> str:
        return f"zegel {self.number}"


class Erasure(models.Model):
    """A run that erased rows which had been kept long enough: all those up to and including this seal."""

    at = models.DateTimeField("op")
    up_to_seal = models.PositiveBigIntegerField("tot en met zegel", unique=True)
    row_count = models.PositiveIntegerField("aantal regels")
    signature = models.CharField("ondertekening", max_length=64)

    class Meta:
        verbose_name = "opschoning van het logboek"
        verbose_name_plural = "opschoningen van het logboek"

    def __str__(self) -> str:
        return f"opschoning tot en met zegel {self.up_to_seal}"
