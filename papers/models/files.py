"""What came in: the file as given, and the pictures of its pages that people look at."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed
from papers.domain.states import WAITING_FOR_SCANNER, FileState
from papers.models.owned import Owned
from papers.models.work import Work


class File(Owned, WithSecrets, Work):
    """
    A file that someone gave us. The bytes stand on disk under its id.

    Its work is first the scanner's answer, when that didn't come at once, then the pictures of its pages, and last the
    text of pages that are scans.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = EncryptedTextField("naam", help_text="Zoals de afzender het noemde, veilig om te tonen.")
    size = models.PositiveBigIntegerField("grootte in bytes")
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField("soort", max_length=100)
    state = models.CharField("stand", max_length=10, choices=FileState.choices(), default=FileState.RECEIVED.value)
    scanned_at = models.DateTimeField("gecontroleerd op", null=True, blank=True)
    scanner = models.CharField("gecontroleerd door", max_length=20, blank=True, default="")
    refusal = models.CharField("reden van weigeren", max_length=300, blank=True, default="")
    page_count = models.PositiveIntegerField("aantal pagina's", null=True, blank=True)
    received_at = models.DateTimeField("ontvangen op")
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ontvangen van"
    )
    pages_made_at = models.DateTimeField("pagina's gemaakt op", null=True, blank=True)
    read_at = models.DateTimeField("tekst gelezen op", null=True, blank=True)
    """When the text of every page was there, that of scans too: it is the last of the work on a file."""
    keeps_text = models.BooleanField("tekst bewaren", default=True, db_default=True)
    """Whether the text of its pages is kept: without it nobody finds or copies a word of it (a trigger sees to it)."""
    owner_told_at = models.DateTimeField("eigenaar ingelicht op", null=True, blank=True)
    """When whoever owns this file took its judgement into account: the scanner may answer after they went on."""

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        constraints = [
            models.CheckConstraint(
                name="file_has_bytes",
                condition=Q(size__gt=0),
                violation_error_message="Het bestand is leeg.",
            ),
            models.CheckConstraint(
                name="file_name_is_sealed",
                condition=all_sealed("name"),
                violation_error_message="De naam van een bestand wordt versleuteld bewaard.",
            ),
            models.CheckConstraint(
                name="file_has_a_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Het kenmerk van het bestand (SHA-256) klopt niet.",
            ),
            models.CheckConstraint(
                name="file_state_is_known",
                condition=Q(state__in=[state.value for state in FileState]),
                violation_error_message="Deze stand van een bestand bestaat niet.",
            ),
            models.CheckConstraint(
                name="file_refused_with_a_reason",
                condition=Q(state=FileState.REFUSED.value) & ~Q(refusal="")
                | ~Q(state=FileState.REFUSED.value) & Q(refusal=""),
                violation_error_message="Een geweigerd bestand heeft een reden, een ander bestand niet.",
            ),
            models.CheckConstraint(
                name="file_clean_with_pages",
                condition=~Q(state=FileState.CLEAN.value) | Q(page_count__isnull=False, page_count__gte=1),
                violation_error_message="Een gecontroleerd bestand heeft minstens 1 pagina.",
            ),
            models.CheckConstraint(
                name="file_scanned_by_a_scanner",
                condition=Q(scanned_at=None, scanner="") | Q(scanned_at__isnull=False) & ~Q(scanner=""),
                violation_error_message="Welke scanner een bestand controleerde en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="file_judged_when_scanned",
                condition=Q(state__in=[state.value for state in WAITING_FOR_SCANNER], scanned_at=None)
                | ~Q(state__in=[state.value for state in WAITING_FOR_SCANNER]) & Q(scanned_at__isnull=False),
                violation_error_message="Een bestand is gecontroleerd of geweigerd nadat de virusscanner het bekeek.",
            ),
            models.CheckConstraint(
                name="file_pages_of_clean_only",
                condition=Q(pages_made_at=None) | Q(state=FileState.CLEAN.value),
                violation_error_message="Alleen van een gecontroleerd bestand zijn er pagina's.",
            ),
            models.CheckConstraint(
                name="file_read_after_its_pages",
                condition=Q(read_at=None) | Q(pages_made_at__isnull=False),
                violation_error_message="De tekst van een bestand is er na zijn pagina's.",
            ),
        ]
        indexes = [
            models.Index(
                name="file_pages_to_make",
                fields=["next_attempt_at"],
                condition=Q(state=FileState.CLEAN.value, pages_made_at=None),
            ),
            models.Index(
                name="file_to_read",
                fields=["next_attempt_at"],
                condition=Q(state=FileState.CLEAN.value, pages_made_at__isnull=False, read_at=None),
            ),
            models.Index(
                name="file_to_scan",
                fields=["next_attempt_at"],
                condition=Q(state__in=[state.value for state in WAITING_FOR_SCANNER]),
            ),
            models.Index(
                name="file_owner_to_tell",
                fields=["scanned_at"],
                condition=Q(scanned_at__isnull=False, owner_told_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"bestand {self.pk}"

    @property
    def is_clean(self) -> bool:
        """Whether people may open it and build on it."""
        return self.state == FileState.CLEAN.value

    @property
    def is_refused(self) -> bool:
        """Whether it turned out to be infected: there is nothing but this row."""
        return self.state == FileState.REFUSED.value

    @property
    def is_waiting(self) -> bool:
        """Whether the scanner must still say what it is."""
        return not (self.is_clean or self.is_refused)


class PageImage(WithSecrets):
    """One page as a picture, with the text that stands on it."""

    file = models.ForeignKey(File, models.CASCADE, related_name="pages", verbose_name="bestand")
    number = models.PositiveIntegerField("pagina")
    width = models.PositiveIntegerField("breedte")
    height = models.PositiveIntegerField("hoogte")
    path = models.CharField("plaats", max_length=200)
    text = EncryptedTextField("tekst", blank=True, default="")
    recognised_at = models.DateTimeField("tekst herkend op", null=True, blank=True)
    """When tesseract looked at it; there may be mistakes in what it read."""

    class Meta:
        verbose_name = "pagina"
        verbose_name_plural = "pagina's"
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(
                name="page_image_once_per_page",
                fields=["file", "number"],
                violation_error_message="Van deze pagina is er al een afbeelding.",
            ),
            models.CheckConstraint(
                name="page_image_counts_from_one",
                condition=Q(number__gte=1, width__gte=1, height__gte=1),
                violation_error_message="Een pagina heeft een nummer vanaf 1 en een maat.",
            ),
            models.CheckConstraint(
                name="page_text_is_sealed",
                condition=all_sealed("text"),
                violation_error_message="De tekst van een pagina wordt versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"pagina {self.number} van {self.file_id}"

    @property
    def small_path(self) -> str:
        """Where the small picture stands; pages from before there were any have none."""
        return self.path.removesuffix(".webp") + "-klein.webp"
