"""A whole file that goes through a check: the row is the work, its parts are what was done of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.check_runs import OVER, RunStatus
from authorizations.models.requests import values
from kit.encrypted import EncryptedJSONField, EncryptedTextField, WithSecrets, all_sealed


class CheckRun(WithSecrets):
    """
    One file and one check. The bytes stand on disk under `source`; `read_to` says how far the worker is with them.

    What was judged stands in parts, each a file with a row here; when all is judged they become one `result`.
    """

    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="organisatie", on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gestart door", on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("gestart op")
    toets = models.CharField("controle", max_length=40)
    policy = models.CharField("beleid", max_length=100, default="", blank=True)
    file_name = EncryptedTextField("bestandsnaam", default="", blank=True)
    delimiter = models.CharField("scheidingsteken", max_length=1)
    columns = EncryptedJSONField("kolommen")
    mapping = models.JSONField("plaats van elke kolom", null=True)
    """Where each column of the check stands; nothing until somebody confirmed that."""
    source = models.UUIDField("bestand")
    size = models.PositiveBigIntegerField("grootte in bytes")
    scanned_at = models.DateTimeField("op virussen gecontroleerd op", null=True)
    wait_until = models.DateTimeField("wacht tot", null=True)
    status = models.CharField("stand", max_length=11, choices=RunStatus.choices(), default=RunStatus.WAITS.value)
    status_at = models.DateTimeField("stand sinds")
    read_to = models.PositiveBigIntegerField("gelezen tot byte")
    lines = models.PositiveIntegerField("gelezen regels")
    rows = models.PositiveIntegerField("gecontroleerde rijen", default=0)
    wrong = models.PositiveIntegerField("niet te beoordelen rijen", default=0)
    worked = models.FloatField("seconden gewerkt", default=0)
    started_at = models.DateTimeField("begonnen op", null=True)
    ended_at = models.DateTimeField("klaar op", null=True)
    result = models.UUIDField("uitkomst", null=True)
    tally = models.JSONField("aantallen", default=dict)
    workbook = models.UUIDField("uitkomst voor Excel", null=True)
    workbook_at = models.DateTimeField("uitkomst voor Excel gemaakt op", null=True)
    why_over = models.CharField("waarom gestopt", max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "controle van een bestand"
        verbose_name_plural = "controles van bestanden"
        constraints = [
            models.CheckConstraint(
                name="check_run_status_known",
                condition=Q(status__in=values(*RunStatus)),
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                name="check_run_ended_when_over",
                condition=Q(ended_at=None) ^ Q(status__in=values(*OVER)),
                violation_error_message="Wat klaar is heeft een einde, en anders niet.",
            ),
            models.CheckConstraint(
                name="check_run_done_with_result",
                condition=Q(result=None) ^ Q(status=RunStatus.DONE.value),
                violation_error_message="Alleen een controle die klaar is heeft een uitkomst.",
            ),
            models.CheckConstraint(
                name="check_run_workbook_of_result",
                condition=Q(workbook=None) | Q(result__isnull=False, workbook_at__isnull=False),
                violation_error_message="Alleen van een uitkomst is er een Excel-bestand.",
            ),
            models.CheckConstraint(
                name="check_run_judged_after_scan",
                condition=Q(rows=0) | Q(scanned_at__isnull=False, started_at__isnull=False),
                violation_error_message="Rijen worden beoordeeld nadat de virusscanner het bestand bekeek.",
            ),
            models.CheckConstraint(
                name="check_run_within_its_file",
                condition=Q(read_to__lte=F("size"), wrong__lte=F("rows"), size__gt=0, worked__gte=0),
                violation_error_message="Er zijn meer rijen gelezen dan het bestand heeft.",
            ),
            models.CheckConstraint(
                name="check_run_names_are_sealed",
                condition=all_sealed("file_name", "columns"),
                violation_error_message="De namen van bestand en kolommen worden versleuteld bewaard.",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-made_at"], name="check_runs_of_organization"),
            models.Index(
                fields=["size"],
                name="check_runs_at_work",
                condition=Q(status__in=values(RunStatus.WAITS, RunStatus.CHECKS)),
            ),
        ]

    def __str__(self) -> str:
        return f"controle van een bestand {self.pk}"


class CheckMapping(WithSecrets):
    """What an organisation calls the columns of a check: what somebody confirmed last."""

    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="organisatie", on_delete=models.CASCADE, related_name="+"
    )
    toets = models.CharField("controle", max_length=40)
    names = EncryptedJSONField("namen van kolommen")

    class Meta:
        verbose_name = "kolommen van een controle"
        verbose_name_plural = "kolommen van controles"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "toets"],
                name="check_mapping_once",
                violation_error_message="Van deze controle zijn de kolommen al bekend.",
            ),
            models.CheckConstraint(
                name="check_mapping_is_sealed",
                condition=all_sealed("names"),
                violation_error_message="De namen van kolommen worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"kolommen van {self.toets}"


class CheckRunPart(models.Model):
    """A stretch of rows that was judged, once: its result stands on disk until all parts become one."""

    run = models.ForeignKey(CheckRun, verbose_name="controle", on_delete=models.CASCADE, related_name="parts")
    read_from = models.PositiveBigIntegerField("vanaf byte")
    read_to = models.PositiveBigIntegerField("tot byte")
    rows = models.PositiveIntegerField("rijen")
    place = models.UUIDField("bestand", unique=True)

    class Meta:
        verbose_name = "deel van een controle"
        verbose_name_plural = "delen van een controle"
        ordering = ["read_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "read_from"],
                name="check_run_part_once",
                violation_error_message="Deze rijen zijn al beoordeeld.",
            ),
            models.CheckConstraint(
                name="check_run_part_goes_on",
                condition=Q(read_to__gt=F("read_from")),
                violation_error_message="Een deel heeft rijen.",
            ),
        ]

    def __str__(self) -> str:
        return f"deel vanaf byte {self.read_from}"
