"""What a provider tells an insurer beside any request."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.notices import CEILING_OPEN, CeilingLevel, CeilingStatus
from authorizations.models.requests import values
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed

TAKEN, FILED = CeilingStatus.TAKEN.value, CeilingStatus.FILED.value
ANSWERED = values(CeilingStatus.ANSWERED, CeilingStatus.CLOSED)


class CeilingNotice(WithSecrets):
    """That the omzetplafond of a contract is reached, or nearly; who followed it up, and what was answered."""

    provider = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField("status", max_length=9, choices=CeilingStatus.choices(), default=FILED)
    level = models.CharField("hoe ver", max_length=7, choices=CeilingLevel.choices())
    contract_year = models.PositiveSmallIntegerField("contractjaar")
    ceiling = models.DecimalField("omzetplafond", max_digits=14, decimal_places=2)
    realised = models.DecimalField("gerealiseerd", max_digits=14, decimal_places=2)
    expected_on = models.DateField("bereikt, of verwacht, op")
    remarks = EncryptedTextField("opmerkingen", default="", blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gemeld door", on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField("gemeld op")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="opgepakt door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField("opgepakt op", null=True)
    answer = EncryptedTextField("antwoord", default="", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beantwoord door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("beantwoord op", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="afgerond door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField("afgerond op", null=True)

    class Meta:
        verbose_name = "melding van een omzetplafond"
        verbose_name_plural = "meldingen van een omzetplafond"
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "insurer", "contract_year", "level"],
                condition=Q(status__in=values(*CEILING_OPEN)),
                name="one_open_ceiling_notice",
                violation_error_message="Deze melding staat al open bij deze verzekeraar.",
            ),
            models.CheckConstraint(
                name="ceiling_status_known",
                condition=Q(status__in=values(*CeilingStatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="ceiling_level_fits",
                condition=Q(level=CeilingLevel.REACHED.value, realised__gte=F("ceiling"))
                | Q(level=CeilingLevel.NEARLY.value, realised__lt=F("ceiling")),
                violation_error_message="Bereikt is een plafond als er net zoveel of meer is gerealiseerd.",
            ),
            models.CheckConstraint(
                name="ceiling_amounts_possible",
                condition=Q(ceiling__gt=0, realised__gte=0, contract_year__gte=1900, contract_year__lt=2200),
                violation_error_message="Dit bedrag of dit jaar kan niet.",
            ),
            models.CheckConstraint(
                name="ceiling_taken_pair",
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
                violation_error_message="Wie de melding oppakte en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="ceiling_taken_by_somebody",
                condition=Q(status=FILED, taken_by=None)
                | Q(status__in=[TAKEN, *ANSWERED], taken_by__isnull=False)
                | Q(status=CeilingStatus.WITHDRAWN.value),
                violation_error_message="Een melding in behandeling is van iemand.",
            ),
            models.CheckConstraint(
                name="ceiling_answered_whole",
                condition=(Q(status__in=ANSWERED, answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer=""))
                | (~Q(status__in=ANSWERED) & Q(answer="", answered_by=None, answered_at=None)),
                violation_error_message="Een antwoord heeft een tekst, een naam en een moment.",
            ),
            models.CheckConstraint(
                name="ceiling_closed_pair",
                condition=Q(status__in=values(*CEILING_OPEN), closed_by=None, closed_at=None)
                | (~Q(status__in=values(*CEILING_OPEN)) & Q(closed_by__isnull=False, closed_at__isnull=False)),
                violation_error_message="Wie de melding afrondde en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="ceiling_texts_are_sealed",
                condition=all_sealed("remarks", "answer"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]
        indexes = [
            models.Index(fields=["insurer", "status", "filed_at"], name="ceiling_of_insurer"),
            models.Index(fields=["provider", "filed_at"], name="ceiling_of_provider"),
        ]

    def __str__(self) -> str:
        return f"omzetplafond {self.contract_year} van {self.provider_id}"

    @property
    def is_open(self) -> bool:
        """Whether the insurer has something to do about it."""
        return self.status in CEILING_OPEN
