"""What keeps a request from being deleted, and what the nightly run deleted. Neither holds anything about a patient."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from authorizations.domain.coulance import NUMBER_LENGTH
from authorizations.domain.retention import Kept
from authorizations.models.requests import values


class LegalHold(models.Model):
    """
    That a request and all of its papers must stay, until somebody lifts it: a complaint, a case at court.

    The database deletes nothing of a request that is held (triggers in migration 0006).
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="holds"
    )
    reason = models.CharField("reden", max_length=300)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgehouden door", on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField("vastgehouden op")
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vrijgegeven door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField("vrijgegeven op", null=True)

    class Meta:
        verbose_name = "bewaarplicht"
        verbose_name_plural = "bewaarplichten"
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(lifted_at=None),
                name="one_hold_at_a_time",
                violation_error_message="Deze aanvraag wordt al vastgehouden.",
            ),
            models.CheckConstraint(
                name="hold_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="Leg uit waarom deze aanvraag bewaard moet blijven.",
            ),
            models.CheckConstraint(
                name="hold_lifted_pair",
                condition=Q(lifted_by=None, lifted_at=None) | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                violation_error_message="Wie de aanvraag vrijgaf en wanneer horen bij elkaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"bewaarplicht {self.pk}"


class RetentionRun(models.Model):
    """One run through everything that is kept; without an end it was broken off, and the next one goes on."""

    started_at = models.DateTimeField("begonnen op")
    ended_at = models.DateTimeField("klaar op", null=True)

    class Meta:
        verbose_name = "opschoonronde"
        verbose_name_plural = "opschoonrondes"
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"opschoonronde {self.pk}"


class RetentionReport(models.Model):
    """What one run deleted of one organisation and class: how much, the oldest, and the numbers of the requests."""

    run = models.ForeignKey(
        RetentionRun, verbose_name="opschoonronde", on_delete=models.CASCADE, related_name="reports"
    )
    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="organisatie", on_delete=models.PROTECT, related_name="+"
    )
    kept = models.CharField("soort gegevens", max_length=10, choices=Kept.choices())
    requests = models.PositiveIntegerField("aanvragen", default=0)
    on_disk = models.PositiveIntegerField("bestanden op schijf", default=0)
    oldest_on = models.DateField("oudste")
    references = ArrayField(models.CharField(max_length=NUMBER_LENGTH), verbose_name="kenmerken", default=list)

    class Meta:
        verbose_name = "opschoonverslag"
        verbose_name_plural = "opschoonverslagen"
        ordering = ["run", "organization", "kept"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "organization", "kept"],
                name="retention_reported_once",
                violation_error_message="Van deze ronde is al een verslag.",
            ),
            models.CheckConstraint(
                name="retention_class_known",
                condition=Q(kept__in=values(*Kept)),
                violation_error_message="Deze soort gegevens bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"opschoonverslag {self.pk}"
