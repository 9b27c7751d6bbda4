"""What the portal said to whoever asked whether a machtiging is needed, to be found again."""

from django.db import models
from django.db.models import Q


class Statement(models.Model):
    """
    That no machtiging was needed, on a day, for these answers and under this version of the policy. Bron: feature 13.

    It is about nobody: who asked the same that day under the same policy has the same number. Written once, never
    changed.
    """

    number = models.CharField("nummer", max_length=11, unique=True)
    policy_version = models.ForeignKey(
        "PolicyVersion", verbose_name="beleidsversie", on_delete=models.PROTECT, related_name="+"
    )
    said_on = models.DateField("gezegd op")
    said_at = models.DateTimeField("voor het eerst gezegd op")
    code = models.CharField("declaratiecode", max_length=6)
    used = models.CharField("al gebruikte code", max_length=6, default="", blank=True)
    reason = models.CharField("reden", max_length=40)

    class Meta:
        verbose_name = "verklaring"
        verbose_name_plural = "verklaringen"
        constraints = [
            models.UniqueConstraint(
                fields=["policy_version", "said_on", "code", "used"],
                name="statement_once_a_day",
                violation_error_message="Deze verklaring is vandaag al gegeven.",
            ),
            models.CheckConstraint(
                name="statement_number_fits",
                condition=Q(number__regex=r"^N-[0-9A-HJKMNP-TV-Z]{9}$"),
                violation_error_message="Dit nummer is geen nummer van een verklaring.",
            ),
        ]

    def __str__(self) -> str:
        return self.number
