"""Declaratiecodes with the years in which they are valid. A code is text: 14E489 read as a number is infinite."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from ggz_codes.domain.validity import Period
from ggz_codes.models.validity import IN_ORDER, PERIOD


class CodeDomain(models.TextChoices):
    """Which care a code is for."""

    MSR = "MSR", "Medisch-specialistische revalidatie"
    GGZ = "GGZ", "Geestelijke gezondheidszorg"


class Prestatie(models.Model):
    """
    A declaratiecode (S0 and S2 call it a prestatiecode), with the zorgproduct that it stands for where one is known.

    The code is the key, never the description: those of 25B130 and 25B137 are the same. Codes and zorgproducten are
    many to many over the years, so a period belongs to the pair. Bron: Z-23, Z-24, G-15 to G-32; codes.md section 0.
    """

    domain = models.CharField("domein", max_length=3, choices=CodeDomain.choices)
    code = models.CharField("declaratiecode", max_length=6)
    zorgproduct_code = models.CharField("zorgproductcode", max_length=9, default="", blank=True)
    description = models.CharField("omschrijving", max_length=250)
    group = models.CharField("groep", max_length=80, default="", blank=True)
    valid_from = models.DateField("geldig vanaf", null=True, blank=True)
    valid_until = models.DateField("geldig tot en met", null=True, blank=True)
    minutes_from = models.PositiveIntegerField("minuten van", null=True, blank=True)
    minutes_until = models.PositiveIntegerField("minuten tot en met", null=True, blank=True)
    max_weighted_hours = models.PositiveSmallIntegerField("hoogstens gewogen uren", null=True, blank=True)
    source = models.CharField("bron", max_length=250)
    note = models.TextField("opmerking", default="", blank=True)

    class Meta:
        verbose_name = "prestatie"
        verbose_name_plural = "prestaties"
        ordering = ["domain", "code", "zorgproduct_code", F("valid_from").asc(nulls_first=True)]
        indexes = [models.Index(fields=["code"], name="prestatie_code")]
        constraints = [
            ExclusionConstraint(
                name="prestatie_periods_apart",
                expressions=[
                    (F("domain"), RangeOperators.EQUAL),
                    (F("code"), RangeOperators.EQUAL),
                    (F("zorgproduct_code"), RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze code heeft in deze periode al een regel.",
            ),
            models.CheckConstraint(
                name="prestatie_period_in_order",
                condition=IN_ORDER,
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                name="prestatie_code_is_text",
                condition=Q(code__regex=r"^([0-9]{2}[A-Z][0-9]{3}|[0-9]{3}[A-Z][0-9]{2}|[0-9]{6})$"),
                violation_error_message="Een declaratiecode ziet er zo uit: 14E490.",
            ),
            models.CheckConstraint(
                name="prestatie_zorgproduct_nine_digits",
                condition=Q(zorgproduct_code="") | Q(zorgproduct_code__regex=r"^[0-9]{9}$"),
                violation_error_message="Een zorgproductcode heeft 9 cijfers.",
            ),
            models.CheckConstraint(
                name="prestatie_minutes_in_order",
                condition=Q(minutes_until=None) | Q(minutes_from__isnull=False, minutes_until__gte=F("minutes_from")),
                violation_error_message="De minuten staan in de verkeerde volgorde, of het begin ontbreekt.",
            ),
            models.CheckConstraint(
                name="prestatie_has_source",
                condition=~Q(source="") & ~Q(description=""),
                violation_error_message="Een code heeft een omschrijving en een bron.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    @property
    def period(self) -> Period:
        """Return when this row is valid."""
        return Period(self.valid_from, self.valid_until)
