"""A file of zorgactiviteiten that somebody brought: what is left to read, each line with its verdict, what it does."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain.traject_import import FaultCode, RowState, Stage
from authorizations.models.requests import values
from authorizations.models.subtrajects import Zorgtraject
from kit.encrypted import EncryptedJSONField, EncryptedTextField, WithSecrets, all_sealed


class TrajectImport(WithSecrets):
    """
    One file. The worker goes through its stages; each chunk is a transaction with its counts, so a kill loses nothing.

    `whole` says that nothing is applied unless every line is good.
    """

    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ingelezen door", on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("ingelezen op")
    file_name = EncryptedTextField("bestandsnaam", default="", blank=True)
    columns = models.JSONField("kolommen", default=list)
    whole = models.BooleanField("alles of niets", default=False)
    stage = models.CharField("stand", max_length=10, choices=Stage.choices(), default=Stage.READING.value)
    stage_began_at = models.DateTimeField("stand sinds")
    lines = models.PositiveIntegerField("regels", default=0)
    counts = models.JSONField("aantallen", default=dict)
    ended_at = models.DateTimeField("klaar op", null=True)
    why_stopped = models.CharField("waarom gestopt", max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "bestand met activiteiten"
        verbose_name_plural = "bestanden met activiteiten"
        constraints = [
            models.CheckConstraint(
                name="traject_import_stage_known",
                condition=Q(stage__in=values(*Stage)),
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                name="traject_import_ended_when_over",
                condition=Q(ended_at=None) ^ Q(stage__in=values(Stage.DONE, Stage.CANCELLED)),
                violation_error_message="Wat klaar is heeft een einde, en anders niet.",
            ),
            models.CheckConstraint(
                name="traject_import_name_is_sealed",
                condition=all_sealed("file_name"),
                violation_error_message="De bestandsnaam wordt versleuteld bewaard.",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-made_at"], name="traject_imports_of_provider")]

    def __str__(self) -> str:
        return f"bestand met activiteiten {self.pk}"


class TrajectImportPart(WithSecrets):
    """A stretch of whole lines that waits to be read. It goes when it was read."""

    imported = models.ForeignKey(TrajectImport, verbose_name="bestand", on_delete=models.CASCADE, related_name="parts")
    first_line = models.PositiveIntegerField("eerste regel")
    content = EncryptedTextField("inhoud")

    class Meta:
        verbose_name = "deel van een bestand"
        verbose_name_plural = "delen van een bestand"
        constraints = [
            models.UniqueConstraint(
                fields=["imported", "first_line"],
                name="traject_import_part_once",
                violation_error_message="Dit deel is er al.",
            ),
            models.CheckConstraint(
                name="traject_import_part_is_sealed",
                condition=all_sealed("content"),
                violation_error_message="De inhoud wordt versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"deel vanaf regel {self.first_line}"


class TrajectImportRow(WithSecrets):
    """A line of the file. Of a wrong one `wrong` keeps what it said and what is wrong; other columns are never kept."""

    imported = models.ForeignKey(TrajectImport, verbose_name="bestand", on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("regel")
    state = models.CharField("stand", max_length=8, choices=RowState.choices())
    zorgtraject = models.ForeignKey(
        Zorgtraject, verbose_name="zorgtraject", null=True, on_delete=models.CASCADE, related_name="+"
    )
    code = models.CharField("zorgactiviteit", max_length=6, default="", blank=True)
    performed_on = models.DateField("uitgevoerd op", null=True)
    discipline = models.CharField("discipline", max_length=30, default="", blank=True)
    units = models.PositiveSmallIntegerField("aantal", default=1)
    profile_class = models.PositiveSmallIntegerField("zorgprofielklasse", default=0)
    fault = models.CharField("soort fout", max_length=10, choices=FaultCode.choices(), default="", blank=True)
    wrong = EncryptedJSONField("wat er fout is", null=True)

    class Meta:
        verbose_name = "regel van een bestand"
        verbose_name_plural = "regels van een bestand"
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(
                fields=["imported", "line"],
                name="traject_import_line_once",
                violation_error_message="Deze regel is al gelezen.",
            ),
            models.CheckConstraint(
                name="traject_import_row_state_known",
                condition=Q(state__in=values(*RowState)),
                violation_error_message="Deze stand van een regel bestaat niet.",
            ),
            models.CheckConstraint(
                name="traject_import_row_wrong_or_placed",
                condition=(Q(state=RowState.WRONG.value, wrong__isnull=False) & ~Q(fault=""))
                | (
                    ~Q(state=RowState.WRONG.value)
                    & Q(zorgtraject__isnull=False, performed_on__isnull=False, fault="", wrong=None)
                ),
                violation_error_message="Een regel is fout, met de reden, of hoort bij een zorgtraject.",
            ),
            models.CheckConstraint(
                name="traject_import_wrong_is_sealed",
                condition=Q(wrong=None) | Q(wrong__sealed=True),
                violation_error_message="Wat er fout is wordt versleuteld bewaard.",
            ),
        ]
        indexes = [
            models.Index(fields=["imported", "state", "line"], name="traject_import_rows_by_state"),
            models.Index(
                fields=["imported", "zorgtraject", "line"],
                name="traject_import_unchecked",
                condition=Q(state=RowState.READ.value),
            ),
            models.Index(fields=["zorgtraject", "imported"], name="traject_import_of_traject"),
        ]

    def __str__(self) -> str:
        return f"regel {self.line}"


class TrajectImportEffect(models.Model):
    """
    What a file does to one zorgtraject, as somebody saw it before saying yes.

    `stamp` is made of how the zorgtraject was and becomes: what is otherwise when it is applied, isn't applied.
    """

    imported = models.ForeignKey(
        TrajectImport, verbose_name="bestand", on_delete=models.CASCADE, related_name="effects"
    )
    zorgtraject = models.ForeignKey(Zorgtraject, verbose_name="zorgtraject", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField("nieuwe regels")
    words = models.JSONField("gevolgen", default=list)
    stamp = models.CharField("stempel", max_length=64)
    state = models.CharField(
        "stand",
        max_length=8,
        choices=[(one.value, one.label) for one in (RowState.NEW, RowState.APPLIED, RowState.CHANGED)],
        default=RowState.NEW.value,
    )

    class Meta:
        verbose_name = "gevolg van een bestand"
        verbose_name_plural = "gevolgen van een bestand"
        constraints = [
            models.UniqueConstraint(
                fields=["imported", "zorgtraject"],
                name="traject_import_effect_once",
                violation_error_message="Van dit zorgtraject is het gevolg al bekend.",
            ),
            models.CheckConstraint(
                name="traject_import_effect_state_known",
                condition=Q(state__in=values(RowState.NEW, RowState.APPLIED, RowState.CHANGED)),
                violation_error_message="Deze stand bestaat niet.",
            ),
        ]
        indexes = [models.Index(fields=["imported", "state", "id"], name="traject_import_effects")]

    def __str__(self) -> str:
        return f"gevolg {self.pk}"
