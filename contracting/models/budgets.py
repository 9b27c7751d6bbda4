"""The budget that the NZa set for a GGZ provider and a year, and for whom it is declared."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracting.domain.budget import FIRST_YEAR


class GgzBudget(models.Model):
    """
    What an insurer noted of the budget of one provider for one year.

    It is never changed: what was wrong is withdrawn, with the reason, and noted anew.
    """

    insurer = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgverzekeraar"
    )
    provider = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="gebudgetteerde zorgaanbieder"
    )
    year = models.PositiveSmallIntegerField("jaar")
    region = models.CharField("regio", max_length=80)
    amount = models.DecimalField("budget in euro", max_digits=12, decimal_places=2, null=True, blank=True)
    regioplan_on = models.DateField("regioplan vastgesteld op", null=True, blank=True)
    agreed_on = models.DateField("budgetaanvraag ingediend op", null=True, blank=True)
    tariff_number = models.CharField("kenmerk van de tariefbeschikking", max_length=60, blank=True, default="")
    tariff_from = models.DateField("tariefbeschikking geldt vanaf", null=True, blank=True)
    tariff_until = models.DateField("tariefbeschikking geldt tot en met", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    noted_at = models.DateTimeField("vastgelegd op")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ingetrokken door"
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)
    withdrawn_because = models.CharField("reden", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetten"
        ordering = ["-year", "provider__name", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="budget_year_likely",
                condition=Q(year__gte=FIRST_YEAR, year__lte=2100),
                violation_error_message=f"Budgetten zijn er vanaf {FIRST_YEAR}. Controleer het jaar.",
            ),
            models.CheckConstraint(
                name="budget_has_a_region",
                condition=Q(region__regex=r"\S"),
                violation_error_message="Vul de regio in.",
            ),
            models.CheckConstraint(
                name="budget_tariff_whole",
                condition=Q(tariff_number="", tariff_from=None, tariff_until=None)
                | ~Q(tariff_number="")
                & Q(tariff_from__isnull=False)
                & (Q(tariff_until=None) | Q(tariff_until__gte=F("tariff_from"))),
                violation_error_message="Een tariefbeschikking heeft een kenmerk en een dag waarop zij ingaat.",
            ),
            models.CheckConstraint(
                name="budget_withdrawn_whole",
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawn_because="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                violation_error_message="Wie introk, wanneer en waarom horen bij elkaar.",
            ),
            models.UniqueConstraint(
                name="one_budget_a_year",
                fields=["insurer", "provider", "year"],
                condition=Q(withdrawn_at=None),
                violation_error_message="Van deze zorgaanbieder is al een budget voor dit jaar vastgelegd.",
            ),
        ]

    def __str__(self) -> str:
        return f"budget {self.pk} voor {self.year}"


class BudgetDelegate(models.Model):
    """A provider that may declare on behalf of the budgeted one. Written once, with its budget."""

    budget = models.ForeignKey(GgzBudget, on_delete=models.PROTECT, related_name="delegates", verbose_name="budget")
    provider = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgaanbieder"
    )

    class Meta:
        verbose_name = "zorgaanbieder die namens een andere declareert"
        verbose_name_plural = "zorgaanbieders die namens een andere declareren"
        ordering = ["budget", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="budget_delegate_once",
                fields=["budget", "provider"],
                violation_error_message="Deze zorgaanbieder staat er al bij.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} namens budget {self.budget_id}"
