"""GGZ zorgtypes (155, 303 and so on). The DOT zorgtypes (11, 13, 21) are another list and stand on a subtraject."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from ggz_codes.domain.validity import Period
from ggz_codes.models.validity import IN_ORDER, PERIOD


class Series(models.TextChoices):
    """Whether a zorgtype opens a traject, follows on one, or is for a crisis."""

    INITIAL = "initieel", "Initieel"
    FOLLOW_UP = "vervolg", "Vervolg"
    CRISIS = "crisis", "Crisis"


class Zorgtype(models.Model):
    """A GGZ zorgtype with the years in which it is valid. Bron: G-16 to G-21, G-24, G-27, G-32."""

    code = models.CharField("zorgtype", max_length=3)
    description = models.CharField("omschrijving", max_length=250)
    series = models.CharField("reeks", max_length=10, choices=Series.choices)
    group = models.CharField("groep", max_length=80, default="", blank=True)
    valid_from = models.DateField("geldig vanaf", null=True, blank=True)
    valid_until = models.DateField("geldig tot en met", null=True, blank=True)
    source = models.CharField("bron", max_length=250)
    note = models.TextField("opmerking", default="", blank=True)

    class Meta:
        verbose_name = "zorgtype"
        verbose_name_plural = "zorgtypes"
        ordering = ["code", F("valid_from").asc(nulls_first=True)]
        constraints = [
            ExclusionConstraint(
                name="zorgtype_periods_apart",
                expressions=[(F("code"), RangeOperators.EQUAL), (PERIOD, RangeOperators.OVERLAPS)],
                violation_error_message="Dit zorgtype heeft in deze periode al een regel.",
            ),
            models.CheckConstraint(
                name="zorgtype_period_in_order",
                condition=IN_ORDER,
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                name="zorgtype_three_digits",
                condition=Q(code__regex=r"^[0-9]{3}$"),
                violation_error_message="Een zorgtype heeft 3 cijfers.",
            ),
            models.CheckConstraint(
                name="zorgtype_has_source",
                condition=~Q(source="") & ~Q(description=""),
                violation_error_message="Een zorgtype heeft een omschrijving en een bron.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    @property
    def period(self) -> Period:
        """Return when this row is valid."""
        return Period(self.valid_from, self.valid_until)
