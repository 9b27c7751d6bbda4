from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.domain.api_keys import LONGEST


class LocalDay(models.Func):
    """The day that it is in the Netherlands at a moment."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/Amsterdam')::date"
    output_field: Any = models.DateField()


class ApiKey(models.Model):
    """
    A key of a program of a zorgaanbieder, which registers in the name of one person (docs/adr/0008-api-keys.md).

    Of the secret only the hash is kept: who reads the database still can't use a key.
    """

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgaanbieder"
    )
    name = models.CharField("naam", max_length=60)
    acts_for = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="legt vast in naam van"
    )
    prefix = models.CharField("begin van de sleutel", max_length=8)
    secret_hash = models.CharField("hash van het geheim", max_length=64)
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="gemaakt door"
    )
    expires_on = models.DateField("geldig tot en met")
    last_used_on = models.DateField("laatst gebruikt op", null=True, blank=True)
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    revoked_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )

    class Meta:
        verbose_name = "API-sleutel"
        verbose_name_plural = "API-sleutels"
        constraints = [
            models.UniqueConstraint(
                name="api_key_prefix_once",
                fields=["prefix"],
                violation_error_message="Er is al een sleutel met dit begin.",
            ),
            models.UniqueConstraint(
                name="api_key_name_once",
                fields=["organization", "name"],
                condition=Q(revoked_at=None),
                violation_error_message="Er is al een sleutel met deze naam. Kies een andere naam.",
            ),
            models.CheckConstraint(
                name="api_key_has_a_name",
                condition=Q(name__regex=r"\S"),
                violation_error_message="Geef de sleutel een naam.",
            ),
            models.CheckConstraint(
                name="api_key_prefix_form",
                condition=Q(prefix__regex=r"^[0-9a-f]{8}$"),
                violation_error_message="Een sleutel begint met 8 tekens: cijfers en de letters a tot en met f.",
            ),
            models.CheckConstraint(
                name="api_key_only_the_hash",
                condition=Q(secret_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 (a form, no secret)
                violation_error_message="Van het geheim bewaren wij alleen de hash.",
            ),
            models.CheckConstraint(
                name="api_key_a_year_at_most",
                condition=Q(expires_on__gte=LocalDay("made_at"), expires_on__lte=LocalDay("made_at") + LONGEST),
                violation_error_message="Een sleutel is hoogstens 1 jaar geldig.",
            ),
            models.CheckConstraint(
                name="api_key_used_after_it_was_made",
                condition=Q(last_used_on=None) | Q(last_used_on__gte=LocalDay("made_at")),
                violation_error_message="Een sleutel wordt niet gebruikt voordat hij er is.",
            ),
            models.CheckConstraint(
                name="api_key_revoked_pair",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message="Wie de sleutel introk en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="api_key_revoked_after_it_was_made",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                violation_error_message="Een sleutel wordt niet ingetrokken voordat hij er is.",
            ),
        ]

    def __str__(self) -> str:
        return f"API-sleutel {self.pk}"

    @property
    def beginning(self) -> str:
        """Return what may be seen of it."""
        return f"mp_{self.prefix}_…"
