"""The dbc's of a zorgtraject in the GGZ."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from authorizations.domain import dbcs as rules
from authorizations.domain.dbcs import LONGEST, DbcKind
from authorizations.models.requests import values
from authorizations.models.subtrajects import DateRange, Zorgtraject

STANDS = Q(removed_at=None)


class Dbc(models.Model):
    """
    A dbc: the initial one of a zorgtraject in the GGZ, or a vervolg.

    It is written once, and closed once. Who made a mistake removes it, after which it counts no more and stays to be
    seen, and registers it anew.
    """

    zorgtraject = models.ForeignKey(
        Zorgtraject, verbose_name="zorgtraject", on_delete=models.CASCADE, related_name="dbcs"
    )
    kind = models.CharField("soort", max_length=8, choices=DbcKind.choices())
    zorgtype = models.CharField("zorgtype", max_length=3)
    opened_on = models.DateField("geopend op")
    closed_on = models.DateField("gesloten op", null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgelegd door", on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField("vastgelegd op")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gesloten door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField("sluiting vastgelegd op", null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="verwijderd door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField("verwijderd op", null=True)

    class Meta:
        verbose_name = "dbc"
        verbose_name_plural = "dbc's"
        ordering = ["opened_on", "id"]
        constraints = [
            ExclusionConstraint(
                name="dbcs_do_not_overlap",
                expressions=[
                    (F("zorgtraject"), RangeOperators.EQUAL),
                    (
                        DateRange(F("opened_on"), F("closed_on"), RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=STANDS,
                violation_error_message="In dit zorgtraject loopt op die dagen al een dbc.",
            ),
            models.UniqueConstraint(
                fields=["zorgtraject"],
                condition=STANDS & Q(kind=DbcKind.INITIAL.value),
                name="one_initial_dbc",
                violation_error_message="Een zorgtraject heeft 1 initiële dbc; daarna komt een vervolg.",
            ),
            models.CheckConstraint(
                name="dbc_at_most_365_days",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on"), closed_on__lte=F("opened_on") + LONGEST),
                violation_error_message="Een dbc duurt hoogstens 365 dagen.",
            ),
            models.CheckConstraint(
                name="dbc_kind_known",
                condition=Q(kind__in=values(*DbcKind)),
                violation_error_message="Een dbc is initieel of een vervolg.",
            ),
            models.CheckConstraint(
                name="dbc_zorgtype_three_digits",
                condition=Q(zorgtype__regex=r"^[0-9]{3}$"),
                violation_error_message="Een zorgtype heeft 3 cijfers.",
            ),
            models.CheckConstraint(
                name="dbc_closed_whole",
                condition=Q(closed_on=None, closed_by=None, closed_at=None)
                | Q(closed_on__isnull=False, closed_by__isnull=False, closed_at__isnull=False),
                violation_error_message="Wanneer een dbc sloot en wie dat vastlegde horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="dbc_removed_pair",
                condition=Q(removed_by=None, removed_at=None) | Q(removed_by__isnull=False, removed_at__isnull=False),
                violation_error_message="Wie de dbc verwijderde en wanneer horen bij elkaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"dbc {self.pk}"

    @property
    def told(self) -> rules.Dbc:
        """Return it as the rules take it."""
        return rules.Dbc(DbcKind(self.kind), self.zorgtype, self.opened_on, self.closed_on)

    @property
    def closes_on(self) -> date:
        """Return the last day on which it may close, or on which it closed."""
        return self.closed_on or rules.last_day(self.opened_on)
