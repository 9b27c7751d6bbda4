"""Zorgtrajectnummers that came after others, and other numbers that stand out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.traject_numbers import NumberReason, SignalState
from authorizations.models.requests import values
from authorizations.models.subtrajects import LocalDate, Zorgtraject

FITS = r"^[0-9A-Z]{1,15}$"


class TrajectNumber(models.Model):
    """
    That a zorgtraject got another number: which came after which, why and when.

    It hangs on the zorgtraject with the old number when that stands here, else on the one with the new. It is written
    once; who made a mistake takes it back, after which it counts no more and stays to be seen.
    """

    zorgtraject = models.ForeignKey(
        Zorgtraject, verbose_name="zorgtraject", on_delete=models.CASCADE, related_name="numbers"
    )
    provider = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    old_number = models.CharField("oud nummer", max_length=15)
    new_number = models.CharField("nieuw nummer", max_length=15)
    from_agb = models.CharField("AGB-code van wie het oude nummer gaf", max_length=8, default="", blank=True)
    reason = models.CharField("reden", max_length=20, choices=NumberReason.choices())
    changed_on = models.DateField("omgezet op")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgelegd door", on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField("vastgelegd op")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ingetrokken door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)

    class Meta:
        verbose_name = "omgezet zorgtrajectnummer"
        verbose_name_plural = "omgezette zorgtrajectnummers"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "old_number", "from_agb"],
                condition=Q(withdrawn_at=None),
                name="old_number_once",
                violation_error_message="Dit oude nummer is al omgezet.",
            ),
            models.UniqueConstraint(
                fields=["provider", "new_number"],
                condition=Q(withdrawn_at=None),
                name="new_number_once",
                violation_error_message="Dit nieuwe nummer staat al voor een ander oud nummer.",
            ),
            models.CheckConstraint(
                name="changed_numbers_fit",
                condition=Q(old_number__regex=FITS, new_number__regex=FITS),
                violation_error_message="Een zorgtrajectnummer heeft hoogstens 15 letters en cijfers.",
            ),
            models.CheckConstraint(
                name="changed_number_differs",
                condition=~Q(old_number=F("new_number")) | ~Q(from_agb=""),
                violation_error_message="Het oude en het nieuwe nummer zijn hetzelfde.",
            ),
            models.CheckConstraint(
                name="changed_number_reason_known",
                condition=Q(reason__in=values(*NumberReason)),
                violation_error_message="Deze reden bestaat niet.",
            ),
            models.CheckConstraint(
                name="changed_number_of_another_by_merger",
                condition=Q(from_agb="") | Q(from_agb__regex=r"^[0-9]{8}$", reason=NumberReason.MERGER.value),
                violation_error_message="Een andere instelling noemt u alleen bij een fusie.",
            ),
            models.CheckConstraint(
                name="changed_number_not_in_the_future",
                condition=Q(changed_on__lte=LocalDate(F("registered_at"))),
                violation_error_message="Een nummer verandert niet in de toekomst.",
            ),
            models.CheckConstraint(
                name="changed_number_withdrawn_pair",
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                violation_error_message="Wie de omzetting introk en wanneer horen bij elkaar.",
            ),
        ]
        indexes = [
            models.Index(fields=["old_number"], name="traject_old_numbers"),
            models.Index(fields=["new_number"], name="traject_new_numbers"),
        ]

    def __str__(self) -> str:
        return f"{self.old_number} → {self.new_number}"


class NumberSignal(models.Model):
    """That a zorgtraject was begun under another number than one for the same insured and diagnosis had."""

    zorgtraject = models.OneToOneField(
        Zorgtraject, verbose_name="zorgtraject", on_delete=models.CASCADE, related_name="number_signal"
    )
    earlier = models.ForeignKey(
        Zorgtraject, verbose_name="eerder zorgtraject", on_delete=models.CASCADE, related_name="later_signals"
    )
    raised_at = models.DateTimeField("opgevallen op")
    state = models.CharField("stand", max_length=8, choices=SignalState.choices(), default=SignalState.OPEN.value)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="uitgelegd door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("uitgelegd op", null=True)

    class Meta:
        verbose_name = "ander zorgtrajectnummer"
        verbose_name_plural = "andere zorgtrajectnummers"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="number_signal_state_known",
                condition=Q(state__in=values(*SignalState)),
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                name="number_signal_answered_whole",
                condition=Q(state=SignalState.OPEN.value, answered_by=None, answered_at=None)
                | (~Q(state=SignalState.OPEN.value) & Q(answered_by__isnull=False, answered_at__isnull=False)),
                violation_error_message="Wie uitleg gaf en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="number_signal_about_two",
                condition=~Q(zorgtraject=F("earlier")),
                violation_error_message="Een zorgtraject is niet zijn eigen voorganger.",
            ),
        ]

    def __str__(self) -> str:
        return f"ander nummer bij zorgtraject {self.zorgtraject_id}"
