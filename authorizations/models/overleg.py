"""A talk between the medisch adviseur and the treating side, offered before a denial."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from authorizations.domain.overleg import MOST_MOMENTS, OverlegStatus
from authorizations.models.requests import values
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed

OPEN = values(OverlegStatus.OFFERED, OverlegStatus.BOOKED)


class Overleg(WithSecrets):
    """
    One offer to talk; at most one of a request is open. `moments` are in order, the first one first.

    `result` is the insurer's own, unless `shared` says that the provider may read it.
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="overleggen"
    )
    status = models.CharField(
        "status", max_length=9, choices=OverlegStatus.choices(), default=OverlegStatus.OFFERED.value
    )
    moments = ArrayField(models.DateTimeField(), verbose_name="aangeboden momenten")
    reach = models.CharField("hoe de adviseur te bereiken is", max_length=120, default="", blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="aangeboden door", on_delete=models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField("aangeboden op")
    booked_for = models.DateTimeField("afgesproken moment", null=True)
    reach_provider = models.CharField("hoe de aanbieder te bereiken is", max_length=120, default="", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beantwoord door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("beantwoord op", null=True)
    declined_because = EncryptedTextField("niet aangenomen, want", default="", blank=True)
    result = EncryptedTextField("uitkomst", default="", blank=True)
    shared = models.BooleanField("de aanbieder mag de uitkomst lezen", default=False)
    result_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="uitkomst van", null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField("gesloten op", null=True)

    class Meta:
        verbose_name = "collegiaal overleg"
        verbose_name_plural = "collegiaal overleg"
        ordering = ["offered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(status__in=OPEN),
                name="one_open_overleg",
                violation_error_message="Er staat al een aanbod voor overleg open.",
            ),
            models.CheckConstraint(
                name="overleg_status_known",
                condition=Q(status__in=values(*OverlegStatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="overleg_moments_to_come",
                condition=Q(moments__len__gte=1, moments__len__lte=MOST_MOMENTS, moments__0__gt=F("offered_at")),
                violation_error_message="Bied 1 tot 5 momenten aan die nog komen.",
            ),
            models.CheckConstraint(
                name="overleg_booked_was_offered",
                condition=Q(booked_for=None) | Q(moments__contains=[F("booked_for")]),
                violation_error_message="Kies een van de momenten die zijn aangeboden.",
            ),
            models.CheckConstraint(
                name="overleg_status_fits",
                condition=Q(
                    status=OverlegStatus.OFFERED.value,
                    booked_for=None,
                    answered_by=None,
                    answered_at=None,
                    closed_at=None,
                )
                | Q(
                    status=OverlegStatus.BOOKED.value,
                    booked_for__isnull=False,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    closed_at=None,
                )
                | Q(
                    status=OverlegStatus.DECLINED.value,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    closed_at__isnull=False,
                )
                | Q(status=OverlegStatus.HELD.value, booked_for__isnull=False, closed_at__gte=F("booked_for"))
                | Q(status=OverlegStatus.CANCELLED.value, closed_at__isnull=False),
                violation_error_message="Bij deze status horen een moment en een naam.",
            ),
            models.CheckConstraint(
                name="overleg_result_when_held",
                condition=(Q(status=OverlegStatus.HELD.value, result_by__isnull=False) & ~Q(result=""))
                | (~Q(status=OverlegStatus.HELD.value) & Q(result="", result_by=None, shared=False)),
                violation_error_message="De uitkomst hoort bij een overleg dat is gevoerd.",
            ),
            models.CheckConstraint(
                name="overleg_reason_when_declined",
                condition=Q(status=OverlegStatus.DECLINED.value) | Q(declined_because=""),
                violation_error_message="Een reden hoort bij een aanbod dat niet is aangenomen.",
            ),
            models.CheckConstraint(
                name="overleg_texts_are_sealed",
                condition=all_sealed("declined_because", "result"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.status}"

    @property
    def is_open(self) -> bool:
        """Whether somebody may still answer it, or it must still be held."""
        return self.status in OPEN
