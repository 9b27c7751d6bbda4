"""That somebody looked at the log of a month, and what he or she made of it."""

from django.db import models
from django.db.models import Q


class LogReview(models.Model):
    """The sign-off of one month by a logbeheerder; written once."""

    organization_id = models.BigIntegerField("organisatie")
    month = models.DateField("maand")
    by_id = models.BigIntegerField("afgetekend door")
    by_name = models.CharField("naam", max_length=150)
    at = models.DateTimeField("afgetekend op")
    counts = models.JSONField("aantallen")
    remarks = models.TextField("bevindingen", default="", blank=True)

    class Meta:
        verbose_name = "controle van het logboek"
        verbose_name_plural = "controles van het logboek"
        constraints = [
            models.UniqueConstraint(
                name="month_reviewed_once",
                fields=["organization_id", "month"],
                violation_error_message="Deze maand is al afgetekend.",
            ),
            models.CheckConstraint(
                name="review_month_begins_on_first",
                condition=Q(month__day=1),
                violation_error_message="Een maand begint op de eerste.",
            ),
        ]

    def __str__(self) -> str:
        return f"controle van {self.month:%Y-%m}"
