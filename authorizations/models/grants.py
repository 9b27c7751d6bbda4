"""The machtiging itself, with the hours per discipline."""

from django.db import models
from django.db.models import F, Q

from authorizations.domain.terms import Discipline, Setting
from authorizations.models.requests import values


class Grant(models.Model):
    """
    The machtiging itself: code, setting and period. Its number fits ZH308 field 0406 (R-25).

    It grants hours per discipline, or days of stay under a GGZ zorgtype (G-01).

    It is written once. What changes is a new one that `replaces` it; domain/grants.py says which holds on a day.
    """

    decision = models.OneToOneField(
        "Decision", verbose_name="besluit", on_delete=models.PROTECT, related_name="granted"
    )
    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="grants"
    )
    replaces = models.OneToOneField(
        "self", verbose_name="vervangt", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    number = models.CharField("machtigingsnummer", max_length=15, unique=True)
    declaratie_code = models.CharField("declaratiecode", max_length=6)
    zorgproduct_code = models.CharField("zorgproductcode", max_length=9, default="", blank=True)
    zorgtype = models.CharField("zorgtype", max_length=3, default="", blank=True)
    days_of_stay = models.PositiveSmallIntegerField("dagen verblijf", null=True)
    setting = models.CharField("setting", max_length=20, choices=Setting.choices())
    institution_name = models.CharField("andere instelling", max_length=120, default="", blank=True)
    institution_agb = models.CharField("AGB-code van die instelling", max_length=8, default="", blank=True)
    starts_on = models.DateField("geldig vanaf")
    ends_on = models.DateField("geldig tot en met")

    class Meta:
        verbose_name = "machtiging"
        verbose_name_plural = "machtigingen"
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(replaces=None),
                name="one_first_grant",
                violation_error_message="Op deze aanvraag is al een machtiging gegeven.",
            ),
            models.CheckConstraint(
                name="grant_period_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="De machtiging eindigt voordat zij begint.",
            ),
            models.CheckConstraint(
                name="grant_number_fits",
                condition=Q(number__regex=r"^M[0-9]{2}[0-9A-Z*~$=]{10}$"),
                violation_error_message="Dit is geen machtigingsnummer.",
            ),
            models.CheckConstraint(
                name="grant_code_is_text",
                condition=Q(declaratie_code__regex=r"^[0-9A-Z]{6}$"),
                violation_error_message="Een declaratiecode heeft 6 letters en cijfers.",
            ),
            models.CheckConstraint(
                name="grant_of_stay_whole",
                condition=Q(zorgtype="", days_of_stay=None) | Q(zorgtype__regex=r"^[0-9]{3}$", days_of_stay__gte=1),
                violation_error_message="Bij verblijf horen een zorgtype en minstens 1 dag.",
            ),
            models.CheckConstraint(
                name="grant_setting_known",
                condition=Q(setting__in=values(*Setting)),
                violation_error_message="Deze setting bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class GrantHours(models.Model):
    """Granted hours of one discipline."""

    grant = models.ForeignKey(Grant, verbose_name="machtiging", on_delete=models.PROTECT, related_name="hours")
    discipline = models.CharField("discipline", max_length=30, choices=Discipline.choices())
    label = models.CharField("omschrijving", max_length=80, default="", blank=True)
    hours = models.DecimalField("uren", max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = "toegekende uren"
        verbose_name_plural = "toegekende uren"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "discipline", "label"],
                name="granted_hours_once",
                violation_error_message="Deze discipline staat er al.",
            ),
            models.CheckConstraint(
                name="granted_hours_not_negative",
                condition=Q(hours__gte=0),
                violation_error_message="Uren zijn niet negatief.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.discipline}: {self.hours}"
