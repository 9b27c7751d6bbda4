"""The privacyverklaring, and what the database knows of a request that has one."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain import privacyverklaring as rules
from authorizations.domain.privacyverklaring import HOLDS, PatientSigner, PrivacyStatus, PrivacyWay
from kit.encrypted import UNCHANGED, EncryptedTextField, Sealed, WithSecrets, all_sealed

CONTENT = ("answers", "reading", "prefilled", "application")


class HoldsDiagnosis(models.BooleanField):
    """Whether the sealed content of the row holds a diagnosis. Made on saving: the database can't look into it."""

    def deconstruct(self) -> Any:
        # What a migration needs to know of it is the column.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BooleanField", args, kwargs

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        kept = [instance.__dict__.get(name, UNCHANGED) for name in CONTENT]
        if not add and all(value is UNCHANGED or isinstance(value, Sealed) for value in kept):
            return UNCHANGED
        found = bool(rules.named(*(getattr(instance, name) for name in CONTENT)))
        setattr(instance, self.attname, found)
        return found


class WithoutDiagnosis(models.Model):
    """A row that holds no diagnosis once a privacyverklaring says so. Bron: R-15."""

    without_diagnosis = models.BooleanField("zonder diagnose", default=False, db_default=False)
    holds_diagnosis = HoldsDiagnosis("bevat een diagnose", default=False, db_default=False, editable=False)

    class Meta:
        abstract = True


NO_DIAGNOSIS = models.CheckConstraint(
    name="request_without_diagnosis",
    condition=~Q(without_diagnosis=True, holds_diagnosis=True),
    violation_error_message="Met een privacyverklaring bewaren wij geen diagnose.",
)


class Privacyverklaring(WithSecrets):
    """
    That a patient shares no diagnosis with the insurer, signed by both sides. Bron: G-06; R-15.

    One holds per request. A request that follows on another or changes it gets a row of its own, `carried_from` the
    one that was signed. What was withdrawn stays as history.
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="privacyverklaringen"
    )
    carried_from = models.ForeignKey(
        "self", verbose_name="meegegaan van", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField("status", max_length=12, choices=PrivacyStatus.choices())
    way = models.CharField("hoe gegeven", max_length=10, choices=PrivacyWay.choices())
    signer = models.CharField("wie voor de patiënt tekende", max_length=16, choices=PatientSigner.choices())
    signer_name = EncryptedTextField("naam van wie tekende")
    patient_signed_on = models.DateField("getekend op")
    provider_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="zorgaanbieder getekend door", on_delete=models.PROTECT, related_name="+"
    )
    provider_profession = models.CharField("beroep", max_length=80)
    provider_signed_at = models.DateTimeField("zorgaanbieder getekend op")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gecontroleerd door",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField("gecontroleerd op", null=True)
    check_reason = EncryptedTextField("niet in orde, want", default="", blank=True)
    withdrawn_on = models.DateField("ingetrokken op", null=True)
    withdrawn_reason = EncryptedTextField("reden van intrekken", default="", blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ingetrokken door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField("intrekken vastgelegd op", null=True)

    class Meta:
        verbose_name = "privacyverklaring"
        verbose_name_plural = "privacyverklaringen"
        ordering = ["provider_signed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(status__in=sorted(status.value for status in HOLDS)),
                name="one_privacyverklaring",
                violation_error_message="Er geldt al een privacyverklaring bij deze aanvraag.",
            ),
            models.CheckConstraint(
                name="privacyverklaring_signed_by_both",
                condition=~Q(signer_name="")
                & ~Q(provider_profession="")
                & Q(
                    signer__in=sorted(one.value for one in PatientSigner),
                    way__in=sorted(one.value for one in PrivacyWay),
                    status__in=sorted(one.value for one in PrivacyStatus),
                ),
                violation_error_message="Een privacyverklaring is getekend door de patiënt en door de zorgaanbieder.",
            ),
            models.CheckConstraint(
                name="privacyverklaring_checked",
                condition=Q(status=PrivacyStatus.WITHDRAWN.value)
                | Q(status=PrivacyStatus.GIVEN.value, checked_by=None, checked_at=None)
                | Q(status=PrivacyStatus.IN_ORDER.value, checked_by__isnull=False, checked_at__isnull=False)
                | (
                    Q(status=PrivacyStatus.NOT_IN_ORDER.value, checked_by__isnull=False, checked_at__isnull=False)
                    & ~Q(check_reason="")
                ),
                violation_error_message="Wie de verklaring controleerde, wanneer en waarom horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="privacyverklaring_withdrawn_whole",
                condition=(
                    Q(
                        status=PrivacyStatus.WITHDRAWN.value,
                        withdrawn_on__isnull=False,
                        withdrawn_by__isnull=False,
                        withdrawn_at__isnull=False,
                    )
                    & ~Q(withdrawn_reason="")
                )
                | (
                    ~Q(status=PrivacyStatus.WITHDRAWN.value)
                    & Q(withdrawn_on=None, withdrawn_by=None, withdrawn_at=None, withdrawn_reason="")
                ),
                violation_error_message="Bij intrekken horen de dag, de reden en wie het vastlegde.",
            ),
            models.CheckConstraint(
                name="privacyverklaring_is_sealed",
                condition=all_sealed("signer_name", "check_reason", "withdrawn_reason"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"privacyverklaring {self.pk}"

    @property
    def holds(self) -> bool:
        """Whether no diagnosis may be kept."""
        return self.status in HOLDS

    @property
    def is_uploaded(self) -> bool:
        """Whether the signed document belongs on the checklist of this request."""
        return self.way == PrivacyWay.UPLOADED and self.carried_from_id is None
