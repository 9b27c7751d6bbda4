"""What was counted per day, so that a page adds up a few numbers and never counts requests. Nothing about a person."""

from django.db import models
from django.db.models import Q

from authorizations.domain.figures import Measure
from authorizations.models.requests import values


class FiguresDay(models.Model):
    """A day that was counted, of every insurer. Counted again, the numbers of that day are replaced."""

    on_day = models.DateField("dag", unique=True)
    counted_at = models.DateTimeField("geteld op")

    class Meta:
        verbose_name = "getelde dag"
        verbose_name_plural = "getelde dagen"
        ordering = ["on_day"]

    def __str__(self) -> str:
        return str(self.on_day)


class DayFigure(models.Model):
    """One number of one day: how many requests of this insurer, filed under this policy, are of this kind."""

    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    policy = models.CharField("beleid", max_length=60)
    on_day = models.DateField("dag")
    measure = models.CharField("cijfer", max_length=12, choices=Measure.choices())
    key = models.CharField("onderdeel", max_length=60, default="", blank=True)
    number = models.PositiveIntegerField("aantal")

    class Meta:
        verbose_name = "cijfer van een dag"
        verbose_name_plural = "cijfers van een dag"
        constraints = [
            # The index of it is what the pages read; with the number in it they never fetch a row.
            models.UniqueConstraint(
                fields=["insurer", "on_day", "policy", "measure", "key"],
                include=["number"],
                name="figure_once_a_day",
                violation_error_message="Dit cijfer van deze dag is er al.",
            ),
            models.CheckConstraint(
                name="figure_measure_known",
                condition=Q(measure__in=values(*Measure)),
                violation_error_message="Dit cijfer bestaat niet.",
            ),
            models.CheckConstraint(
                name="figure_counts_something",
                condition=Q(number__gte=1),
                violation_error_message="Wat niet voorkwam, krijgt geen cijfer.",
            ),
        ]
        indexes = [models.Index(fields=["on_day"], name="figures_by_day")]

    def __str__(self) -> str:
        return f"{self.on_day}: {self.measure} {self.key}"


class PublicFigures(models.Model):
    """
    What everybody may read of one insurer and one quarter: made once, after the quarter, and never again.

    A page that moved along with every day would tell what a single day added. `body` holds no number below five.
    """

    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField("eerste dag van het kwartaal")
    body = models.JSONField("cijfers")
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "openbare cijfers"
        verbose_name_plural = "openbare cijfers"
        ordering = ["-starts_on", "insurer"]
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "starts_on"],
                name="public_figures_once",
                violation_error_message="De cijfers van dit kwartaal zijn er al.",
            ),
            models.CheckConstraint(
                name="public_figures_of_a_quarter",
                condition=Q(starts_on__day=1, starts_on__month__in=[1, 4, 7, 10]),
                violation_error_message="Openbare cijfers gaan over een heel kwartaal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insurer_id}: {self.starts_on}"
