"""Letters that go by post: in batches, per sender."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.domain.states import BatchState, PrintState
from papers.models.letters import Letter

ORGANIZATION = "accounts.Organization"


class PrintBatch(models.Model):
    """A pile of letters that one person prints and posts together."""

    sender = models.ForeignKey(ORGANIZATION, models.PROTECT, related_name="+", verbose_name="afzender")
    made_at = models.DateTimeField("gemaakt op")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gemaakt door")
    state = models.CharField("stand", max_length=10, choices=BatchState.choices(), default=BatchState.MADE.value)
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="verstuurd door"
    )

    class Meta:
        verbose_name = "printopdracht"
        verbose_name_plural = "printopdrachten"
        constraints = [
            models.CheckConstraint(
                name="print_batch_sent_by_someone",
                condition=Q(state=BatchState.SENT.value, sent_at__isnull=False, sent_by__isnull=False)
                | Q(state=BatchState.MADE.value, sent_at=None, sent_by=None),
                violation_error_message="Bij een verstuurde printopdracht staat wie hem verstuurde en wanneer.",
            ),
        ]

    def __str__(self) -> str:
        return f"printopdracht {self.pk}"


class PrintItem(models.Model):
    """One letter on its way by post. A letter that came back may be printed again, as a new item."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="print_items", verbose_name="brief")
    sender = models.ForeignKey(ORGANIZATION, models.PROTECT, related_name="+", verbose_name="afzender")
    added_at = models.DateTimeField("toegevoegd op")
    batch = models.ForeignKey(
        PrintBatch, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="printopdracht"
    )
    state = models.CharField("stand", max_length=10, choices=PrintState.choices(), default=PrintState.WAITING.value)
    returned_at = models.DateTimeField("retour op", null=True, blank=True)
    note = models.CharField("opmerking", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "brief per post"
        verbose_name_plural = "brieven per post"
        constraints = [
            models.UniqueConstraint(
                name="print_item_once_per_letter",
                fields=["letter"],
                condition=~Q(state=PrintState.RETURNED.value),
                violation_error_message="Deze brief is al op weg per post.",
            ),
            models.CheckConstraint(
                name="print_item_in_a_batch_unless_waiting",
                condition=Q(state=PrintState.WAITING.value, batch=None)
                | Q(
                    state__in=[PrintState.MADE.value, PrintState.SENT.value, PrintState.RETURNED.value],
                    batch__isnull=False,
                ),
                violation_error_message="Een brief per post zit in een printopdracht, behalve als hij nog wacht.",
            ),
            models.CheckConstraint(
                name="print_item_returned_with_its_moment",
                condition=Q(state=PrintState.RETURNED.value, returned_at__isnull=False)
                | ~Q(state=PrintState.RETURNED.value) & Q(returned_at=None),
                violation_error_message="Een brief die retour kwam heeft een moment, een andere brief niet.",
            ),
        ]
        indexes = [
            models.Index(
                name="print_item_waiting", fields=["sender", "id"], condition=Q(state=PrintState.WAITING.value)
            ),
        ]

    def __str__(self) -> str:
        return f"brief per post {self.pk}"
