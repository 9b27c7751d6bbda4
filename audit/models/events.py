"""The access log itself: one row per event, after NEN 7513."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from audit.domain.events import Action, LifeCycle, Network, Outcome, Purpose, Sensitivity


class AccessEvent(models.Model):
    """
    One event on one or more dossiers, written once.

    Every value is as it was at that moment and none is a foreign key: the log outlives what it speaks of. The database
    gives `id` and `at` (its own clock, less `took_ms`), and refuses every change. docs/logbook.md says which field of
    NEN 7513 stands in which column.
    """

    at = models.DateTimeField("op", blank=True)
    took_ms = models.PositiveIntegerField("duur in milliseconden", default=0)
    kind = models.CharField("soort", max_length=24)
    kind_system = models.CharField("codestelsel", max_length=60)
    kind_name = models.CharField("omschrijving", max_length=100)
    action = models.CharField("handeling", max_length=1)
    outcome = models.SmallIntegerField("uitkomst")
    user_id = models.BigIntegerField("gebruiker", null=True)
    login = models.CharField("inlognaam", max_length=254, default="", blank=True)
    external_login = models.CharField("externe inlognaam", max_length=255, default="", blank=True)
    user_name = models.CharField("naam toen", max_length=150, default="", blank=True)
    is_requestor = models.BooleanField("is de aanvrager", default=True)
    on_behalf_of_id = models.BigIntegerField("namens", null=True)
    on_behalf_of = models.CharField("naam van wie verantwoordelijk is", max_length=150, default="", blank=True)
    roles = ArrayField(models.CharField(max_length=24), verbose_name="rollen toen", default=list)
    purpose = models.CharField("doel", max_length=16)
    network_type = models.SmallIntegerField("soort toegangspunt", null=True)
    network_id = models.CharField("toegangspunt", max_length=64, default="", blank=True)
    source_id = models.CharField("bron", max_length=100)
    source_site = models.CharField("locatie van de bron", max_length=100)
    source_type = models.SmallIntegerField("soort bron")
    organization_id = models.BigIntegerField("organisatie", null=True)
    organization_name = models.CharField("naam van de organisatie toen", max_length=150, default="", blank=True)
    subjects = models.JSONField("dossiers", default=list)
    dossiers = ArrayField(models.CharField(max_length=24), verbose_name="kenmerken", default=list)
    insured = ArrayField(models.CharField(max_length=64), verbose_name="verzekerden", default=list)
    organization_ids = ArrayField(models.BigIntegerField(), verbose_name="organisaties van de dossiers", default=list)
    object_type = models.SmallIntegerField("soort object")
    object_role = models.SmallIntegerField("rol van het object")
    object_id_type = models.CharField("soort kenmerk van het object", max_length=60)
    life_cycle = models.SmallIntegerField("stand van de gegevens")
    sensitivity = models.CharField("gevoeligheid", max_length=10, default="", blank=True)
    checks = models.CharField("controles", max_length=4)
    signs = ArrayField(models.CharField(max_length=20), verbose_name="bijzonderheden", default=list)
    detail = models.JSONField("bijzonderheden van de gebeurtenis", default=dict)
    request_id = models.CharField("nummer van het verzoek", max_length=64, default="", blank=True)

    class Meta:
        verbose_name = "regel van het logboek"
        verbose_name_plural = "regels van het logboek"
        constraints = [
            models.CheckConstraint(
                name="access_action_is_known",
                condition=Q(action__in=[action.value for action in Action]),
                violation_error_message="Deze handeling bestaat niet in NEN 7513.",
            ),
            models.CheckConstraint(
                name="access_outcome_is_known",
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                violation_error_message="Deze uitkomst bestaat niet in NEN 7513.",
            ),
            models.CheckConstraint(
                name="access_purpose_is_known",
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]),
                violation_error_message="Dit doel bestaat niet.",
            ),
            models.CheckConstraint(
                name="access_network_pair",
                condition=Q(network_type=None, network_id="")
                | (Q(network_type__in=[network.value for network in Network]) & ~Q(network_id="")),
                violation_error_message="Een toegangspunt heeft een soort en een kenmerk.",
            ),
            models.CheckConstraint(
                name="access_life_cycle_is_known",
                condition=Q(life_cycle__in=[stage.value for stage in LifeCycle]),
                violation_error_message="Deze stand van gegevens bestaat niet in NEN 7513.",
            ),
            models.CheckConstraint(
                name="access_sensitivity_is_known",
                condition=Q(sensitivity__in=[level.value for level in Sensitivity]),
                violation_error_message="Deze gevoeligheid bestaat niet.",
            ),
            models.CheckConstraint(
                name="access_controls_are_four",
                condition=Q(checks__regex=r"^[TF]{4}$"),
                violation_error_message="Er zijn vier controles, elk T of F.",
            ),
        ]
        indexes = [
            models.Index(name="access_of_organization", fields=["organization_id", "-id"]),
            models.Index(name="access_by_organization_at", fields=["organization_id", "at"]),
            models.Index(name="access_of_user", fields=["user_id", "at"]),
            models.Index(name="access_that_stands_out", fields=["organization_id", "-id"], condition=~Q(signs=[])),
            GinIndex(name="access_to_insured", fields=["insured"], fastupdate=False),
            GinIndex(name="access_to_dossier", fields=["dossiers"], fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"logboek {self.pk}"
