"""What people are told of the end of subtrajecten: once each, and all of an organisation in one mail."""

from django.db import models
from django.db.models import Q

from authorizations.domain.subtrajects import Ground
from authorizations.models.requests import values
from authorizations.models.subtrajects import Subtraject


class SubtrajectWarning(models.Model):
    """
    That an end came near: once per subtraject, organisation, ground, day and number of days before it.

    Until `told_at` it waits for the digest of its organisation.
    """

    subtraject = models.ForeignKey(
        Subtraject, verbose_name="subtraject", on_delete=models.CASCADE, related_name="warnings"
    )
    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="voor", on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField("grond", max_length=10, choices=Ground.choices())
    closes_on = models.DateField("sluit op")
    days = models.PositiveSmallIntegerField("dagen ervoor")
    at = models.DateTimeField("op")
    told_at = models.DateTimeField("gemaild op", null=True)

    class Meta:
        verbose_name = "waarschuwing voor sluiten"
        verbose_name_plural = "waarschuwingen voor sluiten"
        constraints = [
            models.UniqueConstraint(
                fields=["subtraject", "organization", "ground", "closes_on", "days"],
                name="subtraject_warning_once",
                violation_error_message="Deze waarschuwing is al gegeven.",
            ),
            models.CheckConstraint(
                name="subtraject_warning_ground_known",
                condition=Q(ground__in=values(Ground.IDLE, Ground.LONGEST)),
                violation_error_message="Voor deze grond waarschuwen wij niet.",
            ),
        ]
        indexes = [
            models.Index(fields=["organization"], name="subtraject_warning_untold", condition=Q(told_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.subtraject_id}: {self.ground} {self.days}"


class ClosingNotice(models.Model):
    """That the night closed so many subtrajecten of an organisation on a day; until `told_at` its mail waits."""

    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="voor", on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField("gesloten op")
    number = models.PositiveIntegerField("hoeveel")
    told_at = models.DateTimeField("gemaild op", null=True)

    class Meta:
        verbose_name = "bericht van sluiten"
        verbose_name_plural = "berichten van sluiten"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "closed_on"],
                condition=Q(told_at=None),
                name="closing_notice_waits_once",
                violation_error_message="Er wacht al een bericht over deze dag.",
            ),
            models.CheckConstraint(
                name="closing_notice_of_some",
                condition=Q(number__gte=1),
                violation_error_message="Een bericht gaat over minstens 1 subtraject.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.number}"
