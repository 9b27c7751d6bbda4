"""A claim (declaratie) of a zorgaanbieder, as it keeps its own: nobody else sees it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.coulance import NUMBER_LENGTH
from authorizations.domain.declarations import REGIMES, ClaimAnswer
from authorizations.models.requests import values
from kit.encrypted import EncryptedTextField, LookupField, WithSecrets


class Declaration(WithSecrets):
    """
    One claim: what it is for, when it was handed in, and what the insurer answered.

    For whom it is, says its zorgtraject; without one, the BSN if that was told. `last_day` follows from the rest and
    is kept so that an index finds what is about to be late.
    """

    provider = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField("declaratienummer", max_length=NUMBER_LENGTH)
    regime = models.CharField("afspraak", max_length=23, choices=[(one.value, one.label) for one in REGIMES])
    code = models.CharField("declaratiecode", max_length=6)
    resubmission = models.CharField("code her-declaratie", max_length=2, default="", blank=True)
    performed_on = models.DateField("uitgevoerd op", null=True)
    opened_on = models.DateField("geopend op", null=True)
    closed_on = models.DateField("gesloten op", null=True)
    returned_on = models.DateField("retourinformatie op", null=True)
    zorgtraject = models.ForeignKey(
        "Zorgtraject", verbose_name="zorgtraject", null=True, on_delete=models.PROTECT, related_name="declarations"
    )
    bsn = EncryptedTextField("BSN", default="", blank=True)
    bsn_hash = LookupField("vingerafdruk van het BSN", of="bsn", db_index=True)
    machtigingsnummer = models.CharField("machtigingsnummer", max_length=15, default="", blank=True)
    at_intake = models.BooleanField("bij een intake", default=False)
    handed_in_on = models.DateField("ingediend op", null=True)
    answer = models.CharField("antwoord", max_length=11, choices=ClaimAnswer.choices(), default="", blank=True)
    return_code = models.CharField("retourcode", max_length=4, default="", blank=True)
    answered_on = models.DateField("antwoord op", null=True)
    last_day = models.DateField("laatste dag om in te dienen", null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgelegd door", on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField("vastgelegd op")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gewijzigd door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField("gewijzigd op", null=True)

    class Meta:
        verbose_name = "declaratie"
        verbose_name_plural = "declaraties"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "insurer", "number"],
                name="declaration_once",
                violation_error_message="Bij deze verzekeraar heeft u al een declaratie met dit nummer.",
            ),
            models.CheckConstraint(
                name="declaration_regime_known",
                condition=Q(regime__in=values(*REGIMES)),
                violation_error_message="Deze afspraak bestaat niet.",
            ),
            models.CheckConstraint(
                name="declaration_codes_fit",
                condition=Q(
                    code__regex=r"^[0-9A-Z]{6}$",
                    resubmission__regex=r"^([0-9]{2})?$",
                    return_code__regex=r"^([0-9]{4})?$",
                    machtigingsnummer__regex=r"^[0-9A-Z*~$=]{0,15}$",
                )
                & ~Q(number=""),
                violation_error_message="Dit nummer of deze code kan niet.",
            ),
            models.CheckConstraint(
                name="declaration_has_a_day",
                condition=Q(opened_on__isnull=False) | Q(performed_on__isnull=False),
                violation_error_message="Vul in wanneer de zorg begon, of op welke dag de verrichting was.",
            ),
            models.CheckConstraint(
                name="declaration_days_in_order",
                condition=(Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=F("opened_on")))
                & (Q(handed_in_on=None) | Q(closed_on=None) | Q(handed_in_on__gte=F("closed_on")))
                & (Q(handed_in_on=None) | Q(performed_on=None) | Q(handed_in_on__gte=F("performed_on")))
                & (Q(answered_on=None) | Q(answered_on__gte=F("handed_in_on"))),
                violation_error_message="Openen, sluiten, indienen en het antwoord gaan in die volgorde.",
            ),
            models.CheckConstraint(
                name="declaration_answer_whole",
                condition=Q(answer="", answered_on=None, return_code="")
                | Q(answer__in=values(*ClaimAnswer), answered_on__isnull=False, handed_in_on__isnull=False),
                violation_error_message="Een antwoord heeft een dag, en hoort bij een ingediende declaratie.",
            ),
            models.CheckConstraint(
                name="declaration_changed_pair",
                condition=Q(changed_by=None, changed_at=None) | Q(changed_by__isnull=False, changed_at__isnull=False),
                violation_error_message="Wie de declaratie wijzigde en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="declaration_insured_once",
                condition=Q(zorgtraject=None) | Q(bsn=""),
                violation_error_message="Noem het zorgtraject of het BSN, niet allebei.",
            ),
            models.CheckConstraint(
                name="declaration_bsn_is_sealed",
                condition=Q(bsn="", bsn_hash="") | Q(bsn__sealed=True, bsn_hash__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Een BSN wordt versleuteld bewaard, met de vingerafdruk om het op te zoeken.",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "-id"], name="declaration_of_provider"),
            models.Index(
                fields=["provider", "last_day", "id"], name="declaration_to_hand_in", condition=Q(handed_in_on=None)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def insured_hash(self) -> str:
        """Return by which fingerprint the insured is known; empty when nobody told."""
        return self.zorgtraject.insured.bsn_hash if self.zorgtraject else self.bsn_hash

    @property
    def is_open(self) -> bool:
        """Whether it must still be handed in."""
        return self.handed_in_on is None
