"""Where questionnaires come in, per kind of provider."""

from django.db import models
from django.db.models import Q

from contracting.domain.conditions import ProviderKind
from kit.terms import values


class Desk(models.Model):
    """The address of an insurer for one kind of provider."""

    insurer = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgverzekeraar"
    )
    kind = models.CharField("soort zorgaanbieder", max_length=20, choices=ProviderKind.choices())
    email = models.EmailField("e-mailadres")

    class Meta:
        verbose_name = "loket"
        verbose_name_plural = "loketten"
        ordering = ["insurer", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="one_desk_a_kind",
                fields=["insurer", "kind"],
                violation_error_message="Voor deze soort zorgaanbieder is er al een loket.",
            ),
            models.CheckConstraint(
                name="desk_kind_known",
                condition=Q(kind__in=values(*ProviderKind)),
                violation_error_message="Deze soort zorgaanbieder bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"loket {self.kind} van {self.insurer_id}"
