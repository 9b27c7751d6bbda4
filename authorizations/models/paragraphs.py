"""The insurer's own standard texts for decisions: a version never changes, another takes its place."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain.paragraphs import Place
from authorizations.models.requests import values


class StandardParagraph(models.Model):
    """
    One version of a text that an advisor can put into a decision, for the requests under one policy.

    A change is a new version; the older one gets `ended_at`. What was put into a decision is that decision's own text
    from then on, so that a letter never changes with its paragraph. No text about a person belongs here.
    """

    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    policy_slug = models.CharField("beleid", max_length=60)
    number = models.PositiveIntegerField("nummer")
    version = models.PositiveSmallIntegerField("versie")
    place = models.CharField("plaats in de brief", max_length=20, choices=Place.choices())
    order = models.PositiveSmallIntegerField("volgorde")
    title = models.CharField("titel", max_length=80)
    text = models.TextField("tekst")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="geschreven door", on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("geschreven op")
    ended_at = models.DateTimeField("niet meer in gebruik sinds", null=True)

    class Meta:
        verbose_name = "vaste alinea"
        verbose_name_plural = "vaste alinea's"
        ordering = ["policy_slug", "place", "order", "number", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "policy_slug", "number", "version"],
                name="paragraph_version_once",
                violation_error_message="Deze versie van de alinea is er al.",
            ),
            models.UniqueConstraint(
                fields=["insurer", "policy_slug", "number"],
                condition=Q(ended_at=None),
                name="one_paragraph_version_in_use",
                violation_error_message="Een collega wijzigde deze alinea zojuist. Bekijk haar opnieuw.",
            ),
            models.CheckConstraint(
                name="paragraph_place_known",
                condition=Q(place__in=values(*Place)),
                violation_error_message="Deze plaats in de brief bestaat niet.",
            ),
            models.CheckConstraint(
                name="paragraph_says_something",
                condition=~Q(title="") & ~Q(text=""),
                violation_error_message="Een alinea heeft een titel en een tekst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_slug}: {self.title} (versie {self.version})"
