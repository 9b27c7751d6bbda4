"""Which letter of papers belongs to which request, and for whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain.terms import Addressee, LetterKind
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed


class RequestLetter(WithSecrets):
    """
    A receipt or decision letter of one request. One of each kind per addressee; one per heroverweging or change.

    A letter with a mistake in its words gets another that takes its place (`replaces`) and says why; both stay.
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="letters"
    )
    decision = models.ForeignKey(
        "Decision", verbose_name="besluit", null=True, on_delete=models.PROTECT, related_name="letters"
    )
    heroverweging = models.ForeignKey(
        "Heroverweging", verbose_name="heroverweging", null=True, on_delete=models.PROTECT, related_name="letters"
    )
    change = models.ForeignKey(
        "GrantChange", verbose_name="wijziging", null=True, on_delete=models.PROTECT, related_name="letters"
    )
    letter = models.OneToOneField("papers.Letter", verbose_name="brief", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("soort brief", max_length=16, choices=LetterKind.choices())
    addressee = models.CharField("voor", max_length=10, choices=Addressee.choices())
    replaces = models.OneToOneField(
        "self", verbose_name="vervangt", null=True, on_delete=models.CASCADE, related_name="replaced_by"
    )
    because = EncryptedTextField("wat er is verbeterd", default="", blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="hersteld door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    corrected_at = models.DateTimeField("hersteld op", null=True)

    class Meta:
        verbose_name = "brief bij een aanvraag"
        verbose_name_plural = "brieven bij een aanvraag"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization", "kind", "addressee"],
                condition=Q(heroverweging=None, change=None, replaces=None),
                name="one_letter_per_addressee",
                violation_error_message="Deze brief is al gemaakt.",
            ),
            models.UniqueConstraint(
                fields=["heroverweging", "addressee"],
                condition=Q(replaces=None),
                name="one_answer_per_addressee",
                violation_error_message="Deze brief is al gemaakt.",
            ),
            models.UniqueConstraint(
                fields=["change", "addressee"],
                condition=Q(replaces=None),
                name="one_change_letter_per_addressee",
                violation_error_message="Deze brief is al gemaakt.",
            ),
            models.CheckConstraint(
                name="decision_letter_has_decision",
                condition=Q(kind=LetterKind.RECEIPT.value, decision=None)
                | (~Q(kind=LetterKind.RECEIPT.value) & Q(decision__isnull=False)),
                violation_error_message="Een besluitbrief hoort bij een besluit.",
            ),
            models.CheckConstraint(
                name="letter_corrected_whole",
                condition=Q(replaces=None, because="", corrected_by=None, corrected_at=None)
                | (
                    Q(replaces__isnull=False, corrected_by__isnull=False, corrected_at__isnull=False)
                    & Q(decision__isnull=False)
                    & ~Q(because="")
                ),
                violation_error_message="Een herstelde brief zegt welke brief hij vervangt, en waarom.",
            ),
            models.CheckConstraint(
                name="letter_correction_is_sealed",
                condition=all_sealed("because"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    @property
    def is_replaced(self) -> bool:
        """Whether another letter took the place of this one."""
        return hasattr(self, "replaced_by")

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.kind}"
