"""Which letter of papers belongs to which request, and for whom."""

from django.db import models
from django.db.models import Q

from authorizations.domain.terms import Addressee, LetterKind


class RequestLetter(models.Model):
    """A receipt or decision letter of one request. One of each kind per addressee, and one per heroverweging."""

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="letters"
    )
    decision = models.ForeignKey(
        "Decision", verbose_name="besluit", null=True, on_delete=models.PROTECT, related_name="letters"
    )
    heroverweging = models.ForeignKey(
        "Heroverweging", verbose_name="heroverweging", null=True, on_delete=models.PROTECT, related_name="letters"
    )
    letter = models.OneToOneField("papers.Letter", verbose_name="brief", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("soort brief", max_length=16, choices=LetterKind.choices())
    addressee = models.CharField("voor", max_length=10, choices=Addressee.choices())

    class Meta:
        verbose_name = "brief bij een aanvraag"
        verbose_name_plural = "brieven bij een aanvraag"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization", "kind", "addressee"],
                condition=Q(heroverweging=None),
                name="one_letter_per_addressee",
                violation_error_message="Deze brief is al gemaakt.",
            ),
            models.UniqueConstraint(
                fields=["heroverweging", "addressee"],
                name="one_answer_per_addressee",
                violation_error_message="Deze brief is al gemaakt.",
            ),
            models.CheckConstraint(
                name="decision_letter_has_decision",
                condition=Q(kind=LetterKind.RECEIPT.value, decision=None)
                | (~Q(kind=LetterKind.RECEIPT.value) & Q(decision__isnull=False)),
                violation_error_message="Een besluitbrief hoort bij een besluit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.kind}"
