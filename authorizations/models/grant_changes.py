"""A machtiging that somebody asks to change: the short form, and how it stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain.grant_change import ChangeKind, ChangeStatus
from authorizations.domain.terms import Setting
from authorizations.models.requests import values
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed

OPEN = values(ChangeStatus.FILED, ChangeStatus.PROPOSED)


class GrantChange(WithSecrets):
    """
    One request to change a machtiging; at most one is open. What is decided on it is a `Decision` that names it.

    `hours` are the hours asked per discipline, as texts of numbers; open, as what is granted is.
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="grant_changes"
    )
    held_number = models.CharField("machtigingsnummer", max_length=15)
    kind = models.CharField("wat er verandert", max_length=12, choices=ChangeKind.choices())
    status = models.CharField("status", max_length=16, choices=ChangeStatus.choices(), default=ChangeStatus.FILED.value)
    from_on = models.DateField("vanaf", null=True)
    until_on = models.DateField("tot en met", null=True)
    setting = models.CharField("vorm van behandeling", max_length=20, choices=Setting.choices(), default="", blank=True)
    hours = models.JSONField("uren", default=dict, blank=True)
    institution_name = models.CharField("andere instelling", max_length=120, default="", blank=True)
    institution_agb = models.CharField("AGB-code van die instelling", max_length=8, default="", blank=True)
    why = EncryptedTextField("waarom")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gevraagd door", on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField("gevraagd op")
    closed_at = models.DateTimeField("besloten op", null=True)

    class Meta:
        verbose_name = "wijziging van een machtiging"
        verbose_name_plural = "wijzigingen van machtigingen"
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(status__in=OPEN),
                name="one_open_grant_change",
                violation_error_message="Er loopt al een verzoek om deze machtiging te wijzigen.",
            ),
            models.CheckConstraint(
                name="grant_change_known",
                condition=Q(kind__in=values(*ChangeKind), status__in=values(*ChangeStatus)),
                violation_error_message="Deze soort of status bestaat niet.",
            ),
            models.CheckConstraint(
                name="grant_change_closed_pair",
                condition=Q(status__in=OPEN, closed_at=None) | (~Q(status__in=OPEN) & Q(closed_at__isnull=False)),
                violation_error_message="Een besluit over een wijziging heeft een moment.",
            ),
            models.CheckConstraint(
                name="grant_change_has_its_day",
                condition=Q(kind=ChangeKind.LONGER.value, until_on__isnull=False)
                | Q(kind=ChangeKind.MORE_HOURS.value)
                | Q(
                    kind__in=values(ChangeKind.SETTING, ChangeKind.INSTITUTION, ChangeKind.STOPPED),
                    from_on__isnull=False,
                ),
                violation_error_message="Vul de dag in.",
            ),
            models.CheckConstraint(
                name="grant_change_why_is_sealed",
                condition=all_sealed("why") & ~Q(why=""),
                violation_error_message="De reden wordt versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.kind}"

    @property
    def is_open(self) -> bool:
        """Whether it awaits its decision."""
        return self.status in OPEN


class GrantChangePaper(models.Model):
    """That a document belongs to a request for a change."""

    change = models.ForeignKey(GrantChange, verbose_name="wijziging", on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField(
        "Document", verbose_name="document", on_delete=models.CASCADE, related_name="grant_change_paper"
    )

    class Meta:
        verbose_name = "stuk bij een wijziging"
        verbose_name_plural = "stukken bij een wijziging"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"stuk bij wijziging {self.change_id}"
