from django.db import models
from django.db.models import Q

from accounts.domain.roles import OrganizationKind

POSTCODE = r"^([1-9][0-9]{3} [A-Z]{2})?$"


class Organization(models.Model):
    """A zorgaanbieder or a zorgverzekeraar."""

    kind = models.CharField("soort", max_length=10, choices=OrganizationKind.choices())
    name = models.CharField("naam", max_length=150)
    agb_code = models.CharField("AGB-code", max_length=8, blank=True)
    kvk_number = models.CharField("KvK-nummer", max_length=8, blank=True)
    vecozo_certificate = models.BooleanField("VECOZO-certificaat", null=True, blank=True)
    uzovi = models.CharField("UZOVI-code", max_length=4, blank=True)
    street = models.CharField("straat en huisnummer", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    city = models.CharField("plaats", max_length=80, blank=True)
    phone = models.CharField("telefoonnummer", max_length=20, blank=True)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="organization_kind_known",
                condition=Q(kind__in=[kind.value for kind in OrganizationKind]),
                violation_error_message="Kies zorgaanbieder of zorgverzekeraar.",
            ),
            models.CheckConstraint(
                name="organization_has_a_name",
                condition=Q(name__regex=r"\S"),
                violation_error_message="Vul de naam van de organisatie in.",
            ),
            models.CheckConstraint(
                name="organization_agb_code_8_digits",
                condition=Q(agb_code__regex=r"^([0-9]{8})?$"),
                violation_error_message="Een AGB-code heeft 8 cijfers.",
            ),
            models.CheckConstraint(
                name="provider_has_agb_code",
                condition=~Q(kind=OrganizationKind.PROVIDER.value, agb_code=""),
                violation_error_message="Een zorgaanbieder heeft een AGB-code nodig.",
            ),
            models.CheckConstraint(
                name="organization_kvk_number_8_digits",
                condition=Q(kvk_number__regex=r"^([0-9]{8})?$"),
                violation_error_message="Een KvK-nummer heeft 8 cijfers.",
            ),
            models.CheckConstraint(
                name="organization_uzovi_4_digits",
                condition=Q(uzovi__regex=r"^([0-9]{4})?$"),
                violation_error_message="Een UZOVI-code heeft 4 cijfers.",
            ),
            models.CheckConstraint(
                name="organization_postcode_form",
                condition=Q(postcode__regex=POSTCODE),
                violation_error_message="Een postcode ziet er zo uit: 1234 AB.",
            ),
            models.UniqueConstraint(
                name="organization_agb_code_once",
                fields=["agb_code"],
                condition=~Q(agb_code=""),
                violation_error_message="Deze AGB-code hoort al bij een andere organisatie.",
            ),
            models.UniqueConstraint(
                name="organization_uzovi_once",
                fields=["uzovi"],
                condition=~Q(uzovi=""),
                violation_error_message="Deze UZOVI-code hoort al bij een andere organisatie.",
            ),
            # The target of membership_kind_of_organization: a role can only hang on the kind that the organisation has.
            models.UniqueConstraint(name="organization_id_with_kind", fields=["id", "kind"]),
        ]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """A place where an organisation gives care; one that is no longer used stays, for old requests name it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="locations", verbose_name="organisatie"
    )
    name = models.CharField("naam", max_length=120)
    street = models.CharField("straat en huisnummer", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    city = models.CharField("plaats", max_length=80, blank=True)
    agb_code = models.CharField("AGB-code", max_length=8, blank=True)
    stopped_at = models.DateTimeField("gestopt op", null=True, blank=True)
    stopped_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gestopt door",
    )

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="location_has_a_name",
                condition=Q(name__regex=r"\S"),
                violation_error_message="Vul de naam van de locatie in.",
            ),
            models.CheckConstraint(
                name="location_agb_code_8_digits",
                condition=Q(agb_code__regex=r"^([0-9]{8})?$"),
                violation_error_message="Een AGB-code heeft 8 cijfers.",
            ),
            models.CheckConstraint(
                name="location_postcode_form",
                condition=Q(postcode__regex=POSTCODE),
                violation_error_message="Een postcode ziet er zo uit: 1234 AB.",
            ),
            models.CheckConstraint(
                name="location_stopped_pair",
                condition=Q(stopped_at=None, stopped_by=None) | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                violation_error_message="Wie stopte en wanneer horen bij elkaar.",
            ),
            models.UniqueConstraint(
                name="location_name_once",
                fields=["organization", "name"],
                condition=Q(stopped_at=None),
                violation_error_message="Uw organisatie heeft al een locatie met deze naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def active(self) -> bool:
        return self.stopped_at is None
