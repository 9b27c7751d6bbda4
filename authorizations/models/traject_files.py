"""A file about zorgtrajecten that somebody brought: dbc's of the GGZ, or numbers that changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain.traject_files import FileKind, FileState
from authorizations.models.requests import values
from kit.encrypted import EncryptedJSONField, EncryptedTextField, WithSecrets, all_sealed


class TrajectFile(WithSecrets):
    """
    One file with the verdict on each of its lines. When it is over, only the wrong lines are left, to be mended.

    `lines` are [number, cells, state, faults]; all of a file is applied at once.
    """

    organization = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("soort", max_length=8, choices=FileKind.choices())
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ingelezen door", on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("ingelezen op")
    file_name = EncryptedTextField("bestandsnaam", default="", blank=True)
    state = models.CharField("stand", max_length=10, choices=FileState.choices(), default=FileState.READY.value)
    lines = EncryptedJSONField("regels", null=True)
    counts = models.JSONField("aantallen", default=dict)
    ended_at = models.DateTimeField("klaar op", null=True)

    class Meta:
        verbose_name = "bestand over zorgtrajecten"
        verbose_name_plural = "bestanden over zorgtrajecten"
        constraints = [
            models.CheckConstraint(
                name="traject_file_kind_known",
                condition=Q(kind__in=values(*FileKind)),
                violation_error_message="Deze soort bestand bestaat niet.",
            ),
            models.CheckConstraint(
                name="traject_file_state_known",
                condition=Q(state__in=values(*FileState)),
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                name="traject_file_ended_when_over",
                condition=Q(ended_at=None) ^ Q(state__in=values(FileState.DONE, FileState.CANCELLED)),
                violation_error_message="Wat klaar is heeft een einde, en anders niet.",
            ),
            models.CheckConstraint(
                name="traject_file_is_sealed",
                condition=all_sealed("file_name") & (Q(lines=None) | Q(lines__sealed=True)),
                violation_error_message="Het bestand wordt versleuteld bewaard.",
            ),
        ]
        indexes = [models.Index(fields=["organization", "kind", "-made_at"], name="traject_files_of_provider")]

    def __str__(self) -> str:
        return f"bestand over zorgtrajecten {self.pk}"
