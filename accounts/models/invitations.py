from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.domain.roles import LOGBEHEERDER_ALONE, Role


class Invitation(models.Model):
    """
    A call to join an organisation; the only way to an account.

    Only the hash of the secret is kept: who reads the database still can't use an invitation.
    """

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="invitations", verbose_name="organisatie"
    )
    email = models.EmailField("e-mailadres")
    full_name = models.CharField("naam", max_length=150)
    roles = ArrayField(models.CharField(max_length=24, choices=Role.choices()), verbose_name="rollen")
    token_hash = models.CharField("hash van de geheime code", max_length=64, unique=True)
    invited_at = models.DateTimeField("uitgenodigd op")
    invited_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="uitgenodigd door"
    )
    expires_at = models.DateTimeField("geldig tot")
    accepted_at = models.DateTimeField("aangenomen op", null=True, blank=True)
    accepted_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="aangenomen door",
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [
            models.CheckConstraint(
                name="invitation_email_in_small_letters",
                condition=Q(email=Lower("email")),
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
            models.CheckConstraint(
                name="invitation_has_roles",
                condition=Q(roles__len__gte=1) & Q(roles__contained_by=[role.value for role in Role]),
                violation_error_message="Kies minstens 1 rol.",
            ),
            models.CheckConstraint(
                name="invitation_logbeheerder_alone",
                condition=Q(roles__len=1) | ~Q(roles__contains=[Role.LOGBEHEERDER.value]),
                violation_error_message=LOGBEHEERDER_ALONE,
            ),
            models.CheckConstraint(
                name="invitation_expires_later",
                condition=Q(expires_at__gt=F("invited_at")),
                violation_error_message="Een uitnodiging is na het versturen nog geldig.",
            ),
            models.CheckConstraint(
                name="invitation_accepted_pair",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                violation_error_message="Wie de uitnodiging aannam en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="invitation_withdrawn_pair",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                violation_error_message="Wie de uitnodiging introk en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="invitation_not_accepted_and_withdrawn",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                violation_error_message="Een aangenomen uitnodiging kan niet worden ingetrokken.",
            ),
            models.UniqueConstraint(
                name="invitation_once_open",
                fields=["organization", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                violation_error_message="Voor dit e-mailadres loopt al een uitnodiging.",
            ),
        ]

    def __str__(self) -> str:
        return f"uitnodiging {self.pk}"
