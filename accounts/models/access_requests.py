from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class AccessRequest(models.Model):
    """A zorgaanbieder that isn't known here asks an insurer to be let in; whoever decides on it is named."""

    insurer = models.ForeignKey(
        "accounts.Organization",
        on_delete=models.PROTECT,
        related_name="access_requests",
        verbose_name="zorgverzekeraar",
    )
    organization_name = models.CharField("naam van de organisatie", max_length=150)
    agb_code = models.CharField("AGB-code", max_length=8)
    kvk_number = models.CharField("KvK-nummer", max_length=8)
    full_name = models.CharField("naam", max_length=150)
    email = models.EmailField("e-mailadres")
    phone = models.CharField("telefoonnummer", max_length=20)
    asked_at = models.DateTimeField("gevraagd op")
    decided_at = models.DateTimeField("behandeld op", null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="behandeld door",
    )
    refused_because = models.CharField("reden van de afwijzing", max_length=500, blank=True)
    invitation = models.OneToOneField(
        "accounts.Invitation", on_delete=models.PROTECT, null=True, blank=True, verbose_name="uitnodiging"
    )

    class Meta:
        verbose_name = "vraag om toegang"
        verbose_name_plural = "vragen om toegang"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="access_request_agb_code_8_digits",
                condition=Q(agb_code__regex=r"^[0-9]{8}$"),
                violation_error_message="Een AGB-code heeft 8 cijfers.",
            ),
            models.CheckConstraint(
                name="access_request_kvk_number_8_digits",
                condition=Q(kvk_number__regex=r"^[0-9]{8}$"),
                violation_error_message="Een KvK-nummer heeft 8 cijfers.",
            ),
            models.CheckConstraint(
                name="access_request_named",
                condition=Q(organization_name__regex=r"\S", full_name__regex=r"\S"),
                violation_error_message="Vul de naam van de organisatie en van uzelf in.",
            ),
            models.CheckConstraint(
                name="access_request_email_in_small_letters",
                condition=Q(email=Lower("email")),
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
            models.CheckConstraint(
                name="access_request_decided_once",
                condition=Q(decided_at=None, decided_by=None, refused_because="", invitation=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, refused_because="", invitation__isnull=False)
                | (Q(decided_at__isnull=False, decided_by__isnull=False, invitation=None) & ~Q(refused_because="")),
                violation_error_message="Een vraag is open, of heeft een uitnodiging, of een reden van afwijzing.",
            ),
            models.UniqueConstraint(
                name="access_request_once_open",
                fields=["insurer", "agb_code", "email"],
                condition=Q(decided_at=None),
                violation_error_message="Deze vraag loopt al.",
            ),
        ]

    def __str__(self) -> str:
        return f"vraag om toegang {self.pk}"
