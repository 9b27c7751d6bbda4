"""What a person keeps at the desk: what was typed and decides nothing yet, own views of the queue, days away."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from authorizations.domain.queue_columns import COLUMNS
from authorizations.models.subtrajects import DateRange
from kit.encrypted import EncryptedJSONField, WithSecrets, all_sealed


class DeskDraft(WithSecrets):
    """One form of the desk as it was typed. It is nobody's judgement yet: only its writer sees it. Bron: R-19."""

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="desk_drafts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="getypt door", on_delete=models.CASCADE, related_name="+"
    )
    form = models.CharField("formulier", max_length=50)
    data = EncryptedJSONField("zoals getypt", default=dict)
    saved_at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "concept aan het bureau"
        verbose_name_plural = "concepten aan het bureau"
        ordering = ["authorization", "form"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization", "user", "form"],
                name="desk_draft_once",
                violation_error_message="Van dit formulier is al een concept bewaard.",
            ),
            models.CheckConstraint(
                name="desk_draft_is_sealed",
                condition=all_sealed("data"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.form}"


MOST_VIEWS = 20


class SavedView(models.Model):
    """
    What narrows the queue, kept by one person under a name. `query` holds the choices as they stand in the address.

    It holds no search text and nothing of a request. `place` is a number from 1 on: with that the database sees to it
    that nobody keeps more than so many.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="van", on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.CASCADE, related_name="+"
    )
    place = models.PositiveSmallIntegerField("plaats")
    name = models.CharField("naam", max_length=40)
    query = models.JSONField("keuzes", default=dict)
    saved_at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "bewaarde weergave"
        verbose_name_plural = "bewaarde weergaven"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                "user",
                "organization",
                Lower("name"),
                name="saved_view_name_once",
                violation_error_message="U heeft al een weergave met deze naam. Kies een andere naam.",
            ),
            models.UniqueConstraint(
                fields=["user", "organization", "place"],
                name="saved_view_place_once",
                violation_error_message="Op deze plaats staat al een weergave.",
            ),
            models.CheckConstraint(
                name="saved_views_not_too_many",
                condition=Q(place__gte=1, place__lte=MOST_VIEWS),
                violation_error_message=f"U kunt hoogstens {MOST_VIEWS} weergaven bewaren.",
            ),
            models.CheckConstraint(
                name="saved_view_has_name",
                condition=~Q(name=""),
                violation_error_message="Een weergave heeft een naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class QueueColumns(models.Model):
    """Which columns one person wants to see in the queue; no row means those of everybody."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="van", on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.CASCADE, related_name="+"
    )
    columns = ArrayField(models.CharField(max_length=20), verbose_name="kolommen")

    class Meta:
        verbose_name = "kolommen van de werkvoorraad"
        verbose_name_plural = "kolommen van de werkvoorraad"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                name="queue_columns_once",
                violation_error_message="U koos al kolommen.",
            ),
            models.CheckConstraint(
                name="queue_columns_known",
                condition=Q(columns__contained_by=list(COLUMNS)),
                violation_error_message="Deze kolom bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.columns)


class Absence(models.Model):
    """Days on which a medisch adviseur isn't there. Why is nobody's business, so there is no place for it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="wie", on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.CASCADE, related_name="+"
    )
    first_day = models.DateField("van")
    last_day = models.DateField("tot en met")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgelegd door", on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField("vastgelegd op")

    class Meta:
        verbose_name = "afwezigheid"
        verbose_name_plural = "afwezigheden"
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                name="absence_in_order",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            ExclusionConstraint(
                name="absences_do_not_overlap",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("organization"), RangeOperators.EQUAL),
                    (
                        DateRange(F("first_day"), F("last_day"), RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Voor deze dagen is al afwezigheid vastgelegd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.first_day} - {self.last_day}"
