"""What an insurer's policy says, from which day: loaded from data/policies/, never changed afterwards."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q


class PolicyVersion(models.Model):
    """
    One dated version of a policy. A request keeps the version under which it was filed.

    `insurer` is empty for the national layer (R-01).
    """

    slug = models.CharField("naam", max_length=60)
    version = models.CharField("versie", max_length=40)
    title = models.CharField("titel", max_length=200)
    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, null=True, related_name="+"
    )
    valid_from = models.DateField("geldig vanaf", null=True)
    valid_until = models.DateField("geldig tot en met", null=True)
    body = models.JSONField("inhoud")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    loaded_at = models.DateTimeField("geladen op")

    class Meta:
        verbose_name = "beleidsversie"
        verbose_name_plural = "beleidsversies"
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "version"],
                name="policy_version_once",
                violation_error_message="Deze versie van het beleid is al geladen.",
            ),
            models.UniqueConstraint(
                fields=["slug", "valid_from"],
                name="policy_begins_once_on_a_day",
                violation_error_message="Op deze dag begint al een versie van dit beleid.",
            ),
            ExclusionConstraint(
                name="policy_of_one_insurer",
                expressions=[("slug", RangeOperators.EQUAL), ("insurer", RangeOperators.NOT_EQUAL)],
                violation_error_message="Dit beleid is van een andere verzekeraar.",
            ),
            models.CheckConstraint(
                name="policy_ends_after_it_starts",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Het beleid eindigt voordat het begint.",
            ),
        ]
        indexes = [models.Index(fields=["slug", "valid_from"], name="policy_by_day")]

    def __str__(self) -> str:
        return f"{self.title}, versie {self.version}"
