"""A zorgtraject with its subtrajecten (DOT), what was done in them, and what happened to them."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q

from authorizations.domain.kinds import OUTSIDE_SUBTRAJECTS, TRAJECT_INDICATIONS
from authorizations.domain.subtrajects import LONGEST, REHABILITATION, Change, DotZorgtype, Ground
from authorizations.domain.terms import Discipline
from authorizations.models.requests import Person, values
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed

CHANGED = (
    *(Change.FINISH_MOVED, Change.DEATH_MOVED, Change.REOPENED, Change.MOVED),
    *(Change.GONE, Change.TAKEN_BACK, Change.TO_CORRECT),
)
GROUNDS = "|".join(values(*Ground))


class DateRange(models.Func):
    """The days of a subtraject; both ends count, and without a closing it goes on."""

    function = "DATERANGE"
    output_field: Any = DateRangeField()


class LocalDate(models.Func):
    """The day that it is in the Netherlands at a moment."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/Amsterdam')::date"
    output_field: Any = models.DateField()


class Zorgtraject(WithSecrets):
    """All care of one institution for one primary diagnosis of one insured, under the number that it has there."""

    provider = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    policy_version = models.ForeignKey(
        "PolicyVersion", verbose_name="beleidsversie", on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField("zorgtrajectnummer", max_length=15)
    indication = models.CharField(
        "indicatie", max_length=20, choices=[(one.value, one.label) for one in TRAJECT_INDICATIONS]
    )
    privacyverklaring = models.BooleanField("privacyverklaring", default=False)
    diagnosis = EncryptedTextField("primaire diagnose", default="", blank=True)
    died_on = models.DateField("overleden op", null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgelegd door", on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField("vastgelegd op")

    class Meta:
        verbose_name = "zorgtraject"
        verbose_name_plural = "zorgtrajecten"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "number"],
                name="zorgtrajectnummer_once",
                violation_error_message="Dit zorgtrajectnummer is bij uw instelling al in gebruik.",
            ),
            models.CheckConstraint(
                name="zorgtrajectnummer_fits",
                condition=Q(number__regex=r"^[0-9A-Z]{1,15}$"),
                violation_error_message="Een zorgtrajectnummer heeft hoogstens 15 letters en cijfers.",
            ),
            models.CheckConstraint(
                name="zorgtraject_indication_known",
                condition=Q(indication__in=values(*TRAJECT_INDICATIONS)),
                violation_error_message="Deze indicatie bestaat niet.",
            ),
            models.CheckConstraint(
                name="zorgtraject_diagnosis_is_sealed",
                condition=all_sealed("diagnosis"),
                violation_error_message="De diagnose wordt versleuteld bewaard.",
            ),
            models.CheckConstraint(
                name="no_diagnosis_with_privacyverklaring",
                condition=Q(privacyverklaring=False) | Q(diagnosis=""),
                violation_error_message="Met een privacyverklaring bewaren wij geen diagnose.",
            ),
        ]
        indexes = [models.Index(fields=["insurer", "id"], name="zorgtraject_of_insurer")]

    def __str__(self) -> str:
        return self.number

    @property
    def in_dbcs(self) -> bool:
        """Tell whether its care runs in dbc's of the GGZ rather than in subtrajecten."""
        return self.indication in OUTSIDE_SUBTRAJECTS


class TrajectInsured(Person):
    """The insured of a zorgtraject, as the provider named him or her there."""

    zorgtraject = models.OneToOneField(
        Zorgtraject, verbose_name="zorgtraject", on_delete=models.CASCADE, related_name="insured"
    )

    class Meta(Person.Meta):
        verbose_name = "verzekerde van een zorgtraject"
        verbose_name_plural = "verzekerden van zorgtrajecten"


class Subtraject(models.Model):
    """
    A subtraject (DOT). `idle_on`, `closes_on` and `closes_by` say how it closes when nothing more happens.

    They are worked out anew with everything that is registered, so that the nightly run finds by an index what is due
    and only has to write down that it closed. What was declared no longer changes (a trigger): `to_correct_since` says
    that what was registered later asks for a correction by a person.
    """

    zorgtraject = models.ForeignKey(
        Zorgtraject, verbose_name="zorgtraject", on_delete=models.CASCADE, related_name="subtrajects"
    )
    granted = models.ForeignKey(
        "Grant", verbose_name="machtiging", null=True, on_delete=models.SET_NULL, related_name="subtrajects"
    )
    taken_over = models.ForeignKey(
        "TakenOver",
        verbose_name="overgenomen machtiging",
        null=True,
        on_delete=models.SET_NULL,
        related_name="subtrajects",
    )
    zorgtype = models.CharField("zorgtype", max_length=2, choices=DotZorgtype.choices())
    opened_on = models.DateField("geopend op")
    finished_on = models.DateField("behandeling afgerond op", null=True)
    idle_on = models.DateField("42 dagen zonder activiteit op", null=True)
    closes_on = models.DateField("sluit op")
    closes_by = models.CharField("sluit door", max_length=40)
    closed_on = models.DateField("gesloten op", null=True)
    closed_by = models.CharField("gesloten door", max_length=40, default="", blank=True)
    closed_at = models.DateTimeField("sluiting vastgelegd op", null=True)
    declared_at = models.DateTimeField("gedeclareerd op", null=True)
    to_correct_since = models.DateTimeField("correctie nodig sinds", null=True)

    class Meta:
        verbose_name = "subtraject"
        verbose_name_plural = "subtrajecten"
        ordering = ["opened_on", "id"]
        constraints = [
            # A reopening moves several subtrajecten in one transaction: the service lets this one wait for its end.
            ExclusionConstraint(
                name="subtrajects_do_not_overlap",
                expressions=[
                    (F("zorgtraject"), RangeOperators.EQUAL),
                    (
                        DateRange(F("opened_on"), F("closed_on"), RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message="In dit zorgtraject loopt op die dagen al een subtraject.",
            ),
            models.UniqueConstraint(
                fields=["zorgtraject"],
                condition=Q(closed_on=None),
                name="one_open_subtraject",
                violation_error_message="In dit zorgtraject staat al een subtraject open.",
            ),
            models.CheckConstraint(
                name="subtraject_at_most_120_days",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on"), closed_on__lte=F("opened_on") + LONGEST),
                violation_error_message="Een subtraject duurt hoogstens 120 dagen.",
            ),
            models.CheckConstraint(
                name="subtraject_closed_pair",
                condition=Q(closed_on=None, closed_by="", closed_at=None)
                | (Q(closed_on__isnull=False, closed_at__isnull=False) & ~Q(closed_by="")),
                violation_error_message="Sluitdatum en reden van sluiten horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="subtraject_closed_as_foreseen",
                condition=Q(closed_on=None) | Q(closed_on=F("closes_on"), closed_by=F("closes_by")),
                violation_error_message="Een subtraject sluit op de dag en om de reden die uit de regels volgt.",
            ),
            models.CheckConstraint(
                name="subtraject_end_foreseen",
                condition=Q(
                    closes_on__gte=F("opened_on"),
                    closes_on__lte=F("opened_on") + LONGEST,
                    closes_by__regex=rf"^({GROUNDS})(\+({GROUNDS}))*$",
                ),
                violation_error_message="Een subtraject heeft een verwachte sluitdatum met een bekende reden.",
            ),
            models.CheckConstraint(
                name="subtraject_finished_in_order",
                condition=Q(finished_on=None) | Q(finished_on__gte=F("opened_on")),
                violation_error_message="De behandeling is afgerond voordat het subtraject begon.",
            ),
            models.CheckConstraint(
                name="subtraject_zorgtype_known",
                condition=Q(zorgtype__in=values(*DotZorgtype)),
                violation_error_message="Een subtraject heeft zorgtype 11, 13 of 21.",
            ),
            models.UniqueConstraint(
                fields=["zorgtraject"],
                condition=~Q(zorgtype=DotZorgtype.VERVOLG.value),
                name="one_first_subtraject",
                violation_error_message="Een zorgtraject begint maar één keer; daarna is het een vervolg (21).",
            ),
            models.CheckConstraint(
                name="subtraject_declared_when_closed",
                condition=Q(declared_at=None) | Q(closed_on__isnull=False),
                violation_error_message="Een open subtraject kan nog niet gedeclareerd zijn.",
            ),
            models.CheckConstraint(
                name="subtraject_under_one_title",
                condition=Q(granted=None) | Q(taken_over=None),
                violation_error_message="Een subtraject valt onder 1 machtiging.",
            ),
            models.CheckConstraint(
                name="subtraject_to_correct_when_declared",
                condition=Q(to_correct_since=None) | Q(declared_at__isnull=False),
                violation_error_message="Alleen wat gedeclareerd is vraagt om een correctie.",
            ),
        ]
        indexes = [
            models.Index(fields=["closes_on", "id"], name="subtraject_due", condition=Q(closed_on=None)),
        ]

    def __str__(self) -> str:
        return f"subtraject {self.pk}"


class Zorgactiviteit(WithSecrets):
    """
    What was done, on which day. The day says to which subtraject of the zorgtraject it belongs (R-07, R-08).

    Nothing is deleted: who removes one says why, and who corrects one adds another that `replaces` it.
    """

    zorgtraject = models.ForeignKey(
        Zorgtraject, verbose_name="zorgtraject", on_delete=models.CASCADE, related_name="activities"
    )
    code = models.CharField("zorgactiviteit", max_length=6)
    performed_on = models.DateField("uitgevoerd op")
    profile_class = models.PositiveSmallIntegerField("zorgprofielklasse", default=REHABILITATION)
    units = models.PositiveSmallIntegerField("aantal", default=1)
    discipline = models.CharField("discipline", max_length=30, choices=Discipline.choices())
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vastgelegd door", on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField("vastgelegd op")
    replaces = models.OneToOneField(
        "self", verbose_name="vervangt", null=True, on_delete=models.CASCADE, related_name="replaced_by"
    )
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="verwijderd door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField("verwijderd op", null=True)
    removed_because = EncryptedTextField("verwijderd, want", default="", blank=True)

    class Meta:
        verbose_name = "zorgactiviteit"
        verbose_name_plural = "zorgactiviteiten"
        ordering = ["performed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["zorgtraject", "performed_on", "code", "discipline"],
                condition=Q(removed_at=None),
                name="zorgactiviteit_once",
                violation_error_message="Deze activiteit staat er op deze dag al. Pas het aantal aan.",
            ),
            models.CheckConstraint(
                name="zorgactiviteit_code_six_digits",
                condition=Q(code__regex=r"^[0-9]{6}$"),
                violation_error_message="Een zorgactiviteit heeft 6 cijfers.",
            ),
            models.CheckConstraint(
                name="zorgactiviteit_not_in_the_future",
                condition=Q(performed_on__lte=LocalDate(F("registered_at"))),
                violation_error_message="Een activiteit in de toekomst is nog niet uitgevoerd.",
            ),
            models.CheckConstraint(
                name="zorgactiviteit_some_units",
                condition=Q(units__gte=1),
                violation_error_message="Het aantal is minstens 1.",
            ),
            models.CheckConstraint(
                name="zorgactiviteit_profile_class_two_digits",
                condition=Q(profile_class__gte=1, profile_class__lte=99),
                violation_error_message="Een zorgprofielklasse ligt tussen 1 en 99.",
            ),
            models.CheckConstraint(
                name="zorgactiviteit_discipline_known",
                condition=Q(discipline__in=values(*Discipline)),
                violation_error_message="Deze discipline bestaat niet.",
            ),
            models.CheckConstraint(
                name="zorgactiviteit_removed_whole",
                condition=Q(removed_by=None, removed_at=None, removed_because="")
                | (Q(removed_by__isnull=False, removed_at__isnull=False) & ~Q(removed_because="")),
                violation_error_message="Wie een activiteit verwijderde, wanneer en waarom horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="zorgactiviteit_reason_is_sealed",
                condition=all_sealed("removed_because"),
                violation_error_message="De reden wordt versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"zorgactiviteit {self.pk}"


class SubtrajectEvent(WithSecrets):
    """One step in the life of a subtraject, which its opening day names: written once, never changed."""

    zorgtraject = models.ForeignKey(
        Zorgtraject, verbose_name="zorgtraject", on_delete=models.CASCADE, related_name="events"
    )
    opened_on = models.DateField("subtraject geopend op")
    change = models.CharField("wat er gebeurde", max_length=12, choices=Change.choices())
    closed_on = models.DateField("sluitdatum", null=True)
    closed_by = models.CharField("reden van sluiten", max_length=40, default="", blank=True)
    reason = EncryptedTextField("waarom", default="", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "gebeurtenis van een subtraject"
        verbose_name_plural = "gebeurtenissen van subtrajecten"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="subtraject_event_known",
                condition=Q(change__in=values(*Change)),
                violation_error_message="Deze gebeurtenis bestaat niet.",
            ),
            models.CheckConstraint(
                name="subtraject_event_with_reason",
                condition=~Q(change__in=values(*CHANGED)) | ~Q(reason=""),
                violation_error_message="Noem waarom de sluiting veranderde.",
            ),
            models.CheckConstraint(
                name="subtraject_event_reason_is_sealed",
                condition=all_sealed("reason"),
                violation_error_message="De reden wordt versleuteld bewaard.",
            ),
        ]
        indexes = [models.Index(fields=["zorgtraject", "at"], name="events_of_zorgtraject")]

    def __str__(self) -> str:
        return f"{self.zorgtraject_id}: {self.change}"
