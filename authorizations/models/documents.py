"""The documents of a request: which file serves which item of the checklist, and why an item is absent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain.terms import DocumentKind, DocumentVerdict, Feature, FeatureAnswer, Origin
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed


class Document(WithSecrets):
    """
    A file with its role in one request. One file may serve several items of the checklist (`kinds`).

    A new version names the one it `replaces`; the old one stays readable. `removed_at` hides it while drafting.
    `was_there` says of a document that was just added that the very same file stood in the request already.
    """

    was_there = False

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="documents"
    )
    file = models.OneToOneField("papers.File", verbose_name="bestand", on_delete=models.PROTECT, related_name="+")
    origin = models.CharField("herkomst", max_length=16, choices=Origin.choices())
    question = models.ForeignKey(
        "InformationItem", verbose_name="bij vraag", null=True, on_delete=models.PROTECT, related_name="documents"
    )
    replaces = models.OneToOneField(
        "self", verbose_name="vervangt", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="toegevoegd door", on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("toegevoegd op")
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="verwijderd door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField("verwijderd op", null=True)
    dated_on = models.DateField("datum van het document", null=True)
    features = models.JSONField("kenmerken", default=dict, blank=True)
    verdict = models.CharField("oordeel", max_length=12, choices=DocumentVerdict.choices(), default="", blank=True)
    verdict_note = EncryptedTextField("toelichting bij het oordeel", default="", blank=True)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beoordeeld door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict_at = models.DateTimeField("beoordeeld op", null=True)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="document_removed_pair",
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                violation_error_message="Wie het document verwijderde en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="document_verdict_pair",
                condition=Q(verdict="", verdict_by=None, verdict_at=None)
                | (~Q(verdict="") & Q(verdict_by__isnull=False, verdict_at__isnull=False)),
                violation_error_message="Een oordeel heeft een naam en een moment.",
            ),
            models.CheckConstraint(
                name="document_incomplete_because",
                condition=~Q(verdict=DocumentVerdict.INCOMPLETE.value) | ~Q(verdict_note=""),
                violation_error_message="Noem wat er aan het document ontbreekt.",
            ),
            models.CheckConstraint(
                name="document_origin_fits_question",
                condition=Q(origin=Origin.ON_REQUEST.value, question__isnull=False)
                | (~Q(origin=Origin.ON_REQUEST.value) & Q(question=None)),
                violation_error_message="Een document op verzoek hoort bij een vraag.",
            ),
            models.CheckConstraint(
                name="document_note_is_sealed",
                condition=all_sealed("verdict_note"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def feature_answers(self) -> dict[Feature, FeatureAnswer]:
        """Return what the provider said of signature, profession, BIG number, letterhead and date."""
        return {Feature(name): FeatureAnswer(answer) for name, answer in self.features.items() if answer}

    @property
    def lacking(self) -> tuple[Feature, ...]:
        """Return what the provider says it doesn't carry."""
        return tuple(name for name, answer in self.feature_answers.items() if answer is FeatureAnswer.NO)


class DocumentItem(models.Model):
    """That a document serves an item of the checklist."""

    document = models.ForeignKey(Document, verbose_name="document", on_delete=models.CASCADE, related_name="items")
    kind = models.CharField("soort document", max_length=30, choices=DocumentKind.choices())

    class Meta:
        verbose_name = "rol van een document"
        verbose_name_plural = "rollen van documenten"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "kind"],
                name="document_serves_item_once",
                violation_error_message="Dit document hoort al bij dit onderdeel.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.kind}"


class ChecklistAnswer(WithSecrets):
    """Why an item of the checklist is not available, in the provider's words, or the statement that replaces it."""

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="checklist_answers"
    )
    kind = models.CharField("soort document", max_length=30, choices=DocumentKind.choices())
    absent_reason = EncryptedTextField("niet beschikbaar, want")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ingevuld door", on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("ingevuld op")

    class Meta:
        verbose_name = "antwoord op de checklist"
        verbose_name_plural = "antwoorden op de checklist"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization", "kind"],
                name="checklist_answered_once",
                violation_error_message="Voor dit onderdeel is al een reden gegeven.",
            ),
            models.CheckConstraint(
                name="checklist_absent_because",
                condition=~Q(absent_reason=""),
                violation_error_message="Leg uit waarom u dit document niet heeft.",
            ),
            models.CheckConstraint(
                name="checklist_reason_is_sealed",
                condition=all_sealed("absent_reason"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.kind}"
