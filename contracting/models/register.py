"""The contract register of an insurer, every step in it, and what was published of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracting.domain.register import FIRST_YEAR, LAST_YEAR, RUNNING, ContractMove, ContractStatus
from kit.terms import values


class Contract(models.Model):
    """The contract of one insurer with one provider for one year, and how far it is."""

    insurer = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgverzekeraar"
    )
    provider = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgaanbieder"
    )
    year = models.PositiveSmallIntegerField("jaar")
    starts_on = models.DateField("begint op")
    ends_on = models.DateField("eindigt op")
    status = models.CharField(
        "stap", max_length=20, choices=ContractStatus.choices(), default=ContractStatus.PROPOSED.value
    )
    status_on = models.DateField("op deze stap sinds")

    class Meta:
        verbose_name = "contract"
        verbose_name_plural = "contracten"
        ordering = ["-year", "provider__name", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="contract_status_known",
                condition=Q(status__in=values(*ContractStatus)),
                violation_error_message="Deze stap van een contract bestaat niet.",
            ),
            models.CheckConstraint(
                name="contract_year_likely",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message="Controleer het jaar van het contract.",
            ),
            models.CheckConstraint(
                name="contract_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(
                name="contract_with_another",
                condition=~Q(insurer=F("provider")),
                violation_error_message="Een contract is tussen een verzekeraar en een zorgaanbieder.",
            ),
            models.UniqueConstraint(
                name="one_running_contract_a_year",
                fields=["insurer", "provider", "year"],
                condition=Q(status__in=values(*RUNNING)),
                violation_error_message="Voor deze zorgaanbieder staat al een contract voor dit jaar in het register.",
            ),
        ]
        indexes = [models.Index(name="contract_of_provider", fields=["provider", "insurer", "year"])]

    def __str__(self) -> str:
        return f"contract {self.pk} voor {self.year}"


class ContractStep(models.Model):
    """A step that was taken: on which day, and who wrote it down when. Written once."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="steps", verbose_name="contract")
    status = models.CharField("stap", max_length=20, choices=ContractStatus.choices())
    move = models.CharField("handeling", max_length=10, choices=ContractMove.choices(), blank=True, default="")
    on = models.DateField("op")
    note = models.CharField("toelichting", max_length=500, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op")

    class Meta:
        verbose_name = "stap van een contract"
        verbose_name_plural = "stappen van contracten"
        ordering = ["contract", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contract_step_status_known",
                condition=Q(status__in=values(*ContractStatus)),
                violation_error_message="Deze stap van een contract bestaat niet.",
            ),
            models.UniqueConstraint(
                name="contract_step_once",
                fields=["contract", "status"],
                violation_error_message="Deze stap is al vastgelegd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} van contract {self.contract_id}"


class Publication(models.Model):
    """The list of contracted providers of an insurer for a year, as it was made public on a day. Written once."""

    insurer = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgverzekeraar"
    )
    year = models.PositiveSmallIntegerField("jaar")
    published_on = models.DateField("openbaar sinds")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="gepubliceerd door"
    )
    made_at = models.DateTimeField("gepubliceerd op")

    class Meta:
        verbose_name = "openbare lijst"
        verbose_name_plural = "openbare lijsten"
        ordering = ["-year", "-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="publication_year_likely",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message="Controleer het jaar van de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return f"openbare lijst {self.pk} voor {self.year}"


class PublishedProvider(models.Model):
    """A line of a public list, in the words of that day."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="lines", verbose_name="openbare lijst"
    )
    name = models.CharField("zorgaanbieder", max_length=150)
    agb_code = models.CharField("AGB-code", max_length=8)
    city = models.CharField("plaats", max_length=80, blank=True, default="")
    starts_on = models.DateField("begint op")
    ends_on = models.DateField("eindigt op")

    class Meta:
        verbose_name = "zorgaanbieder in een openbare lijst"
        verbose_name_plural = "zorgaanbieders in openbare lijsten"
        ordering = ["publication", "name", "agb_code", "pk"]

    def __str__(self) -> str:
        return f"{self.agb_code} in lijst {self.publication_id}"
