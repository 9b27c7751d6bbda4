from django.db import models
from django.db.models import Q


class ExternalIdentity(models.Model):
    """How an identity provider knows somebody: the subject that it never gives to anybody else."""

    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="identities", verbose_name="persoon"
    )
    issuer = models.CharField("uitgever", max_length=255)
    subject = models.CharField("onderwerp", max_length=255)
    linked_at = models.DateTimeField("gekoppeld op")

    class Meta:
        verbose_name = "identiteit elders"
        verbose_name_plural = "identiteiten elders"
        constraints = [
            models.UniqueConstraint(name="external_identity_once", fields=["issuer", "subject"]),
            models.CheckConstraint(
                name="external_identity_named",
                condition=~Q(issuer="") & ~Q(subject=""),
                violation_error_message="Een identiteit heeft een uitgever en een onderwerp.",
            ),
        ]

    def __str__(self) -> str:
        return f"identiteit {self.pk}"
