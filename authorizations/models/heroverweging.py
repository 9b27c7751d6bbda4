"""A decision that is looked at again: who asked and why, and what another medisch adviseur answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.heroverweging import Channel, HeroverwegingStatus, OverturnReason, PaperRole
from authorizations.models.requests import values
from kit.encrypted import EncryptedJSONField, EncryptedTextField, WithSecrets, all_sealed

OPEN = values(HeroverwegingStatus.FILED, HeroverwegingStatus.IN_REVIEW)
CLOSED = values(HeroverwegingStatus.UPHELD, HeroverwegingStatus.REVISED)


class Heroverweging(WithSecrets):
    """
    One request to look at a decision again; at most one is open.

    `decided_first` and `confirmed_first` repeat who took the first decision, so that the database itself refuses them
    here (R-19). `verdicts` are the criteria as this advisor judges them: those of the first decision stay as they were.
    A revision is a decision of its own, which names this. Once answered, nothing in it changes (a trigger).
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="heroverwegingen"
    )
    decision = models.ForeignKey(
        "Decision", verbose_name="besluit", on_delete=models.PROTECT, related_name="heroverwegingen"
    )
    status = models.CharField(
        "status", max_length=12, choices=HeroverwegingStatus.choices(), default=HeroverwegingStatus.FILED.value
    )
    version = models.PositiveIntegerField("versie", default=1)
    channel = models.CharField("hoe het binnenkwam", max_length=8, choices=Channel.choices())
    received_on = models.DateField("binnengekomen op")
    last_day = models.DateField("laatste dag volgens het beleid", null=True)
    due_on = models.DateField("antwoord uiterlijk op")
    grounds = EncryptedTextField("waarom het besluit niet klopt")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgelegd door", on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField("vastgelegd op")
    decided_first = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="eerste adviseur", on_delete=models.PROTECT, related_name="+"
    )
    confirmed_first = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="tweede adviseur", null=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beoordelaar", null=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField("opgepakt op", null=True)
    motivation = EncryptedTextField("motivering", default="", blank=True)
    overturn_reason = models.CharField(
        "waarom het niet blijft", max_length=14, choices=OverturnReason.choices(), default="", blank=True
    )
    verdicts = EncryptedJSONField("oordelen over de criteria", default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="medisch adviseur", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("beantwoord op", null=True)

    class Meta:
        verbose_name = "heroverweging"
        verbose_name_plural = "heroverwegingen"
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(status__in=OPEN),
                name="one_open_heroverweging",
                violation_error_message="Er loopt al een heroverweging van dit besluit.",
            ),
            models.CheckConstraint(
                name="heroverweging_status_known",
                condition=Q(status__in=values(*HeroverwegingStatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="heroverweging_by_another",
                condition=(Q(assigned_to=None) | ~Q(assigned_to=F("decided_first")))
                & (Q(assigned_to=None) | Q(confirmed_first=None) | ~Q(assigned_to=F("confirmed_first")))
                & (Q(decided_by=None) | ~Q(decided_by=F("decided_first")))
                & (Q(decided_by=None) | Q(confirmed_first=None) | ~Q(decided_by=F("confirmed_first"))),
                violation_error_message="Een andere medisch adviseur doet de heroverweging.",
            ),
            models.CheckConstraint(
                name="heroverweging_assigned_pair",
                condition=Q(assigned_to=None, assigned_at=None)
                | Q(assigned_to__isnull=False, assigned_at__isnull=False),
                violation_error_message="Wie de heroverweging oppakte en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="heroverweging_in_review_has_reviewer",
                condition=~Q(status=HeroverwegingStatus.IN_REVIEW.value) | Q(assigned_to__isnull=False),
                violation_error_message="Een heroverweging die loopt heeft een beoordelaar.",
            ),
            models.CheckConstraint(
                name="heroverweging_answered_whole",
                condition=Q(status__in=OPEN, decided_by=None, decided_at=None, motivation="")
                | (Q(status__in=CLOSED, decided_by__isnull=False, decided_at__isnull=False) & ~Q(motivation="")),
                violation_error_message="Een antwoord heeft een naam, een moment en een motivering.",
            ),
            models.CheckConstraint(
                name="heroverweging_reason_fits",
                condition=Q(status=HeroverwegingStatus.REVISED.value, overturn_reason__in=values(*OverturnReason))
                | (~Q(status=HeroverwegingStatus.REVISED.value) & Q(overturn_reason="")),
                violation_error_message="Bij een herzien besluit hoort een reden, en alleen daar.",
            ),
            models.CheckConstraint(
                name="heroverweging_has_grounds",
                condition=~Q(grounds=""),
                violation_error_message="Schrijf waarom het besluit niet klopt.",
            ),
            models.CheckConstraint(
                name="heroverweging_texts_are_sealed",
                condition=all_sealed("grounds", "motivation", "verdicts"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="heroverweging_queue", condition=Q(status__in=OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.status}"

    @property
    def is_open(self) -> bool:
        """Whether it awaits its answer."""
        return self.status in OPEN

    @property
    def is_late(self) -> bool:
        """Whether it came after the last day that the policy has."""
        return self.last_day is not None and self.received_on > self.last_day


class HeroverwegingPaper(models.Model):
    """That a document belongs to a heroverweging, and what it is for there."""

    heroverweging = models.ForeignKey(
        Heroverweging, verbose_name="heroverweging", on_delete=models.PROTECT, related_name="papers"
    )
    document = models.OneToOneField(
        "Document", verbose_name="document", on_delete=models.CASCADE, related_name="heroverweging_paper"
    )
    role = models.CharField("waarvoor", max_length=14, choices=PaperRole.choices())

    class Meta:
        verbose_name = "stuk bij een heroverweging"
        verbose_name_plural = "stukken bij een heroverweging"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="heroverweging_paper_role_known",
                condition=Q(role__in=values(*PaperRole)),
                violation_error_message="Deze soort bestaat niet.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.heroverweging_id}: {self.role}"
