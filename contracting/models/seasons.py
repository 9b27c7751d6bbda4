"""The purchasing season of an insurer for one contract year, and the startbrief that went to each contract holder."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracting.domain.register import FIRST_YEAR, LAST_YEAR


class Season(models.Model):
    """The days of a season, what the insurer wants to buy, and whom a provider can ask."""

    insurer = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgverzekeraar"
    )
    year = models.PositiveSmallIntegerField("contractjaar")
    start_letter_on = models.DateField("startbrief versturen")
    questionnaire_on = models.DateField("laatste dag voor vragenlijsten")
    negotiate_on = models.DateField("einde van de onderhandelperiode")
    publish_on = models.DateField("lijst publiceren")
    process_on = models.DateField("einde van de verwerking")
    policy = models.TextField("inkoopbeleid")
    contact_name = models.CharField("contactpersoon", max_length=120)
    contact_email = models.EmailField("e-mailadres")
    contact_phone = models.CharField("telefoonnummer", max_length=20, blank=True, default="")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="bewaard door"
    )
    changed_at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "inkoopseizoen"
        verbose_name_plural = "inkoopseizoenen"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_season_a_year",
                fields=["insurer", "year"],
                violation_error_message="Voor dit jaar is er al een inkoopkalender.",
            ),
            models.CheckConstraint(
                name="season_year_likely",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message="Controleer het jaar.",
            ),
            models.CheckConstraint(
                name="season_names_a_contact",
                condition=Q(contact_name__regex=r"\S", policy__regex=r"\S"),
                violation_error_message="Vul het beleid en de contactpersoon in.",
            ),
        ]

    def __str__(self) -> str:
        return f"inkoopseizoen {self.year}"


class StartLetter(models.Model):
    """
    The startbrief of a season to one provider. Written once.

    Whose it is and for which year it says itself: the season is its insurer's own, and its provider doesn't see it.
    """

    insurer = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgverzekeraar"
    )
    year = models.PositiveSmallIntegerField("contractjaar")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="letters", verbose_name="seizoen")
    provider = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgaanbieder"
    )
    letter = models.OneToOneField("papers.Letter", on_delete=models.PROTECT, related_name="+", verbose_name="brief")

    class Meta:
        verbose_name = "startbrief"
        verbose_name_plural = "startbrieven"
        ordering = ["season", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="start_letter_once",
                fields=["season", "provider"],
                violation_error_message="Deze zorgaanbieder heeft de startbrief al.",
            ),
        ]

    def __str__(self) -> str:
        return f"startbrief {self.pk}"
