"""Mail to send: the row is the promise, the key keeps it from being made twice."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from papers.domain.states import MailState
from papers.models.work import Work


class Mail(Work):
    """One message. It says that something happened and links to it, never what: no medical content."""

    to = ArrayField(models.EmailField(), verbose_name="aan")
    subject = models.CharField("onderwerp", max_length=200)
    body = models.TextField("tekst")
    key = models.CharField("sleutel", max_length=200, unique=True)
    created_at = models.DateTimeField("geschreven op")
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)
    state = models.CharField("stand", max_length=10, choices=MailState.choices(), default=MailState.READY.value)

    class Meta:
        verbose_name = "e-mail"
        verbose_name_plural = "e-mails"
        constraints = [
            models.CheckConstraint(
                name="mail_to_somebody",
                condition=Q(to__len__gte=1),
                violation_error_message="Een e-mail heeft minstens 1 ontvanger.",
            ),
            models.CheckConstraint(
                name="mail_sent_with_its_moment",
                condition=Q(state=MailState.SENT.value, sent_at__isnull=False)
                | ~Q(state=MailState.SENT.value) & Q(sent_at=None),
                violation_error_message="Een verstuurde e-mail heeft een moment, een andere e-mail niet.",
            ),
            models.CheckConstraint(
                name="mail_state_is_known",
                condition=Q(state__in=[state.value for state in MailState]),
                violation_error_message="Deze stand van een e-mail bestaat niet.",
            ),
            models.CheckConstraint(
                name="mail_subject_on_one_line",
                condition=~Q(subject="") & ~Q(subject__regex=r"[\r\n]"),
                violation_error_message="Een e-mail heeft een onderwerp van 1 regel.",
            ),
        ]
        indexes = [
            models.Index(
                name="mail_to_send",
                fields=["next_attempt_at"],
                condition=~Q(state=MailState.SENT.value),
            ),
        ]

    def __str__(self) -> str:
        return f"e-mail {self.pk}"
