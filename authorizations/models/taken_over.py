"""A machtiging of another insurer that holds here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.kinds import SUBTRAJECT_CHOICES, SUBTRAJECT_INDICATIONS
from authorizations.models.requests import Person, values
from kit.encrypted import EncryptedTextField, all_sealed


class TakenOver(Person):
    """
    A machtiging that another insurer gave, registered with its evidence: a title for its period (Zvw art. 14 lid 5).

    It is written once. Who made a mistake removes it, with the reason, and registers it anew.
    """

    provider = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    policy_version = models.ForeignKey(
        "PolicyVersion", verbose_name="beleidsversie", on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField("machtigingsnummer", max_length=15)
    from_insurer = models.CharField("andere verzekeraar", max_length=120)
    from_uzovi = models.CharField("UZOVI-nummer van de andere verzekeraar", max_length=4, default="", blank=True)
    starts_on = models.DateField("geldig vanaf")
    ends_on = models.DateField("geldig tot en met")
    indication = models.CharField("indicatie", max_length=20, choices=SUBTRAJECT_CHOICES)
    declaratie_code = models.CharField("declaratiecode", max_length=6, default="", blank=True)
    evidence = models.OneToOneField(
        "papers.File", verbose_name="bewijs", on_delete=models.PROTECT, related_name="taken_over"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgelegd door", on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField("vastgelegd op")
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="verwijderd door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField("verwijderd op", null=True)
    removed_because = EncryptedTextField("verwijderd, want", default="", blank=True)

    class Meta(Person.Meta):
        verbose_name = "overgenomen machtiging"
        verbose_name_plural = "overgenomen machtigingen"
        constraints = [
            *Person.Meta.constraints,
            models.UniqueConstraint(
                fields=["provider", "insurer", "number"],
                condition=Q(removed_at=None),
                name="taken_over_once",
                violation_error_message="Deze machtiging is al vastgelegd.",
            ),
            models.CheckConstraint(
                name="taken_over_number_fits",
                condition=Q(number__regex=r"^[0-9A-Z]{1,15}$"),
                violation_error_message="Een machtigingsnummer heeft hoogstens 15 letters en cijfers.",
            ),
            models.CheckConstraint(
                name="taken_over_from_somebody",
                condition=Q(from_insurer__regex=r"\S", from_uzovi__regex=r"^([0-9]{4})?$"),
                violation_error_message="Vul in welke verzekeraar de machtiging gaf.",
            ),
            models.CheckConstraint(
                name="taken_over_period_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="De machtiging eindigt voordat zij begint.",
            ),
            models.CheckConstraint(
                name="taken_over_indication_known",
                condition=Q(indication__in=values(*SUBTRAJECT_INDICATIONS)),
                violation_error_message="Deze indicatie bestaat niet.",
            ),
            models.CheckConstraint(
                name="taken_over_removed_whole",
                condition=Q(removed_by=None, removed_at=None, removed_because="")
                | (Q(removed_by__isnull=False, removed_at__isnull=False) & ~Q(removed_because="")),
                violation_error_message="Wie de machtiging verwijderde, wanneer en waarom horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="taken_over_reason_is_sealed",
                condition=all_sealed("removed_because"),
                violation_error_message="De reden wordt versleuteld bewaard.",
            ),
        ]
        indexes = [models.Index(fields=["insurer", "-id"], name="taken_over_of_insurer"),
                   models.Index(fields=["provider", "-id"], name="taken_over_of_provider")]  # fmt: skip

    def __str__(self) -> str:
        return self.number
