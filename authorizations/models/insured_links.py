"""The link with which an insured follows a request without an account."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class InsuredLink(models.Model):
    """
    A secret code that shows how one request stands, until a day or until somebody ends it.

    Only the hash of the code is kept: who reads the database still can't use it. It is shown once, when it is made.
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="insured_links"
    )
    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="organisatie", on_delete=models.PROTECT, related_name="+"
    )
    code_hash = models.CharField("hash van de code", max_length=64, unique=True)
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gemaakt door", on_delete=models.PROTECT, related_name="+"
    )
    ends_on = models.DateField("werkt tot en met")
    revoked_at = models.DateTimeField("beëindigd op", null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beëindigd door", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "link voor de verzekerde"
        verbose_name_plural = "links voor verzekerden"
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(revoked_at=None),
                name="one_insured_link",
                violation_error_message="Er is al een link voor deze verzekerde.",
            ),
            models.CheckConstraint(
                name="insured_link_only_the_hash",
                condition=Q(code_hash__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Van de code bewaren wij alleen de hash.",
            ),
            models.CheckConstraint(
                name="insured_link_revoked_pair",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message="Wie de link beëindigde en wanneer horen bij elkaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"
