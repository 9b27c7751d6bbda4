"""Groups of colleagues at an insurer, and which requests lie with them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from authorizations.domain.terms import Indication, Kind

LONGEST_TAKE = 60


class Team(models.Model):
    """A group of colleagues. A rule that is empty asks for nothing; `place` says which group is tried first."""

    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField("naam", max_length=40)
    place = models.PositiveSmallIntegerField("plaats")
    kind = models.CharField("soort aanvraag", max_length=20, choices=Kind.choices(), default="", blank=True)
    indication = models.CharField("indicatie", max_length=20, choices=Indication.choices(), default="", blank=True)
    urgent = models.BooleanField("alleen spoed", default=False)
    provider = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", null=True, on_delete=models.PROTECT, related_name="+"
    )
    take_within = models.PositiveSmallIntegerField("oppakken binnen (werkdagen)", null=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="collega’s", through="TeamMember", related_name="+"
    )

    class Meta:
        verbose_name = "werkgroep"
        verbose_name_plural = "werkgroepen"
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                "insurer",
                Lower("name"),
                name="team_name_once",
                violation_error_message="Er is al een werkgroep met deze naam. Kies een andere naam.",
            ),
            models.CheckConstraint(
                name="team_has_name", condition=~Q(name=""), violation_error_message="Een werkgroep heeft een naam."
            ),
            models.CheckConstraint(
                name="team_takes_within_reason",
                condition=Q(take_within=None) | Q(take_within__gte=1, take_within__lte=LONGEST_TAKE),
                violation_error_message=f"Een termijn is 1 tot en met {LONGEST_TAKE} werkdagen.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """That somebody works in a group."""

    team = models.ForeignKey(Team, verbose_name="werkgroep", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="wie", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "lid van een werkgroep"
        verbose_name_plural = "leden van werkgroepen"
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"],
                name="team_member_once",
                violation_error_message="Deze collega zit al in de werkgroep.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.user_id}"
