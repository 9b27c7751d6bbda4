"""
Releases of codes, and the rows that came with them.

A row in force never changes again and is never thrown away: what a newer release says otherwise is a new row, and the
old one becomes `replaced`. So what a request was judged with can always be looked up. See docs/adr/0009-releases.md.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, HashIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value

from ggz_codes.domain.release_terms import (
    OVER,
    DiffKind,
    Layout,
    LinkKind,
    ReleaseStage,
    RowKind,
    RowState,
    Source,
)
from ggz_codes.domain.validity import Period
from ggz_codes.models.validity import IN_ORDER, PERIOD

SAME_CODE = Func(
    F("code"),
    F("kind"),
    F("domain"),
    F("tariff_kind"),
    # In the order of the alphabet, as a migration writes them: in another Django sees a change each time.
    arg_joiner=" || '|' || ",
    output_field=models.BigIntegerField(),
    template="hashtextextended(%(expressions)s, 0)",
)
"""
The key of a code as one number: with four texts the index takes five times as long to fill.

Two keys with one number (one in ten thousand million for a whole release) would be refused; an overlap never gets by.
"""
IN_FORCE = Q(state=RowState.IN_FORCE.value)
STATE_FITS = (Q(state=RowState.REPLACED.value) & ~Q(replaced_by=None)) | (
    ~Q(state=RowState.REPLACED.value) & Q(replaced_by=None)
)


class Release(models.Model):
    """
    A file of codes that somebody brought. The worker goes through its stages; then it waits for a person.

    Three days that differ: of the content, of delivery and of effect. Bron: codes.md section 3.
    """

    source = models.CharField("bron", max_length=10, choices=Source.choices())
    package = models.CharField("pakket", max_length=40)
    name = models.CharField("uitgave", max_length=40)
    effective_on = models.DateField("ingangsdatum")
    delivered_on = models.DateField("leverdatum")
    version_on = models.DateField("versiedatum", null=True)
    file_name = models.CharField("bestandsnaam", max_length=200)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    layout = models.CharField("vorm", max_length=20, choices=Layout.choices(), default="", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ingelezen door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("ingelezen op")
    stage = models.CharField("stand", max_length=12, choices=ReleaseStage.choices())
    stage_began_at = models.DateTimeField("stand sinds")
    done = models.PositiveBigIntegerField("gelezen", default=0)
    total = models.PositiveBigIntegerField("te lezen", default=0)
    counts = models.JSONField("aantallen", default=dict)
    compared_with = models.PositiveIntegerField("vergeleken met", default=0)
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="geactiveerd door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    activated_at = models.DateTimeField("geactiveerd op", null=True)
    forced = models.BooleanField("ondanks een nieuwere", default=False)
    ended_at = models.DateTimeField("klaar op", null=True)
    why_stopped = models.CharField("waarom gestopt", max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "uitgave van codes"
        verbose_name_plural = "uitgaven van codes"
        constraints = [
            models.CheckConstraint(
                name="release_stage_known",
                condition=Q(stage__in=[one.value for one in ReleaseStage]),
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                name="release_ended_when_over",
                condition=Q(ended_at=None) ^ Q(stage__in=[one.value for one in OVER]),
                violation_error_message="Wat klaar is heeft een einde, en anders niet.",
            ),
            models.CheckConstraint(
                name="release_active_since",
                condition=Q(activated_at=None) ^ Q(stage__in=[ReleaseStage.ACTIVE.value, ReleaseStage.SUCCEEDED.value]),
                violation_error_message="Van wat in gebruik is of was, is bekend sinds wanneer.",
            ),
            models.UniqueConstraint(
                fields=["source", "package", "sha256"],
                name="release_content_once",
                condition=~Q(
                    stage__in=[
                        ReleaseStage.REFUSED.value,
                        ReleaseStage.CANCELLED.value,
                        ReleaseStage.SUCCEEDED.value,
                    ]
                ),
                violation_error_message="Dit bestand is al ingelezen.",
            ),
            models.UniqueConstraint(
                fields=["source", "package"],
                name="release_one_active",
                condition=Q(stage=ReleaseStage.ACTIVE.value),
                violation_error_message="Van dit pakket is al een uitgave in gebruik.",
            ),
        ]
        indexes = [models.Index(fields=["-made_at"], name="releases_by_day")]

    def __str__(self) -> str:
        publisher = "" if self.source == Source.OTHER else f"{Source(self.source).label} "
        return f"{publisher}{self.package} {self.name}"

    @property
    def named(self) -> str:
        """Return its name with the day from which it holds, as it is named as a source."""
        day = self.effective_on
        return f"{self}, ingang {day.day}-{day.month}-{day.year}"


class ReleasePart(models.Model):
    """A stretch of the file itself, until it was read or stopped."""

    release = models.ForeignKey(Release, verbose_name="uitgave", on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField("nummer")
    content = models.BinaryField("inhoud")

    class Meta:
        verbose_name = "deel van een uitgave"
        verbose_name_plural = "delen van een uitgave"
        constraints = [
            models.UniqueConstraint(
                fields=["release", "number"],
                name="release_part_once",
                violation_error_message="Dit deel is er al.",
            )
        ]

    def __str__(self) -> str:
        return f"deel {self.number}"


class Released(models.Model):
    """What every row of a release has: when it holds, which release brought it, and which took its place."""

    # The index of changes begins with the release; nobody looks for what another one replaced.
    release = models.ForeignKey(
        Release, verbose_name="uitgave", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField("stand", max_length=8, choices=RowState.choices(), default=RowState.STAGED.value)
    replaced_by = models.ForeignKey(
        Release, verbose_name="vervangen door", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # No constraint in the database on rows of the same table: what they point at is never removed, and to look for who
    # points at each of the 40,000 rows that a trial leaves behind would take minutes.
    replaces = models.ForeignKey(
        "self", verbose_name="vervangt", null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    diff = models.CharField("wijziging", max_length=10, choices=DiffKind.choices(), default="", blank=True)
    valid_from = models.DateField("geldig vanaf", null=True)
    valid_until = models.DateField("geldig tot en met", null=True)
    place = models.CharField("plaats in de bron", max_length=200)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        """Return when this row is valid."""
        return Period(self.valid_from, self.valid_until)


SAID = Func(F("description"), Value(" "), F("group"), arg_joiner=" || ", template="(%(expressions)s)")
"""What a code says, as queries/look_up.py writes it."""


class ReleasedWords(models.Model):
    """
    What some code of a release says, once for all codes and releases that say the same: the words to search in.

    Half of what a release says it says twice, and most of it was said by the one before. They are put in while a
    release is read, so that activating it needn't wait for an index of words.
    """

    words = models.CharField("woorden", max_length=581)

    class Meta:
        verbose_name = "woorden van codes"
        verbose_name_plural = "woorden van codes"
        constraints = [
            models.UniqueConstraint(
                fields=["words"], name="released_words_once", violation_error_message="Deze woorden zijn er al."
            )
        ]
        # New words wait (64 MB) until PostgreSQL tidies up by itself: it goes through them one by one till then.
        indexes = [
            GinIndex(
                OpClass("words", name="gin_trgm_ops"), name="released_words_search", gin_pending_list_limit=64 * 1024
            )
        ]

    def __str__(self) -> str:
        return self.words


class ReleasedCode(Released):
    """A code in the wording that holds on these days."""

    kind = models.CharField("soort", max_length=16, choices=RowKind.choices())
    domain = models.CharField("domein", max_length=20)
    code = models.CharField("code", max_length=20)
    description = models.CharField("omschrijving", max_length=500, blank=True)
    consumer = models.CharField("omschrijving voor verzekerden", max_length=500, default="", blank=True)
    group = models.CharField("groep", max_length=80, default="", blank=True)
    minutes_from = models.PositiveIntegerField("minuten van", null=True)
    minutes_until = models.PositiveIntegerField("minuten tot en met", null=True)
    cents = models.BigIntegerField("tarief in eurocenten", null=True)
    tariff_kind = models.CharField("soort tarief", max_length=80, default="", blank=True)
    facts = models.JSONField("kenmerken", default=dict, blank=True)
    was = models.ForeignKey(
        "self", verbose_name="hiervoor", null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip

    class Meta:
        verbose_name = "code van een uitgave"
        verbose_name_plural = "codes van een uitgave"
        constraints = [
            ExclusionConstraint(
                name="released_code_periods_apart",
                expressions=[
                    (SAME_CODE, RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=IN_FORCE,
                violation_error_message="Deze code heeft in deze periode al een regel.",
            ),
            models.CheckConstraint(
                name="released_code_period_in_order",
                condition=IN_ORDER,
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                name="released_code_state_fits",
                condition=STATE_FITS,
                violation_error_message="Wat vervangen is, heeft een vervanger.",
            ),
            models.CheckConstraint(
                name="released_code_is_text",
                condition=Q(code__regex=r"^[0-9A-Z][0-9A-Z._-]*$"),
                violation_error_message="Een code heeft cijfers en hoofdletters.",
            ),
            models.CheckConstraint(
                name="released_code_price_not_negative",
                condition=Q(cents=None) | Q(cents__gte=0),
                violation_error_message="Een tarief is niet negatief.",
            ),
        ]
        indexes = [
            # The operators that find a begin of a code, whatever alphabet the database sorts by.
            models.Index(
                OpClass("code", name="varchar_pattern_ops"),
                "kind",
                "domain",
                name="released_code_in_force",
                condition=IN_FORCE,
            ),
            HashIndex(SAID, name="released_code_said", condition=IN_FORCE),
            models.Index(fields=["release", "diff", "kind", "code"], name="released_code_diff"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


class ReleasedLink(Released):
    """Two codes that hang together on these days: many to many, on both sides."""

    kind = models.CharField("soort relatie", max_length=30, choices=LinkKind.choices())
    from_kind = models.CharField("van soort", max_length=16, choices=RowKind.choices())
    from_domain = models.CharField("van domein", max_length=20)
    from_code = models.CharField("van code", max_length=20)
    to_kind = models.CharField("naar soort", max_length=16, choices=RowKind.choices())
    to_code = models.CharField("naar code", max_length=20)

    class Meta:
        verbose_name = "relatie van een uitgave"
        verbose_name_plural = "relaties van een uitgave"
        constraints = [
            models.UniqueConstraint(
                F("from_code"),
                F("to_code"),
                F("kind"),
                F("from_kind"),
                F("from_domain"),
                F("to_kind"),
                F("valid_from"),
                name="released_link_once",
                condition=IN_FORCE,
                violation_error_message="Deze relatie is er al.",
            ),
            models.CheckConstraint(
                name="released_link_period_in_order",
                condition=IN_ORDER,
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                name="released_link_state_fits",
                condition=STATE_FITS,
                violation_error_message="Wat vervangen is, heeft een vervanger.",
            ),
        ]
        indexes = [
            models.Index(fields=["to_code", "to_kind"], name="released_link_to", condition=IN_FORCE),
            models.Index(fields=["release", "diff"], name="released_link_diff"),
        ]

    def __str__(self) -> str:
        return f"{self.from_code} {self.kind} {self.to_code}"


class ReleasedTree(Released):
    """The decision tree of a product group, as it holds for subtrajecten that open on these days."""

    group = models.CharField("productgroep", max_length=6)
    start = models.CharField("eerste beslisregel", max_length=20)
    rules = models.JSONField("beslisregels")

    class Meta:
        verbose_name = "boom van een uitgave"
        verbose_name_plural = "bomen van een uitgave"
        constraints = [
            ExclusionConstraint(
                name="released_tree_periods_apart",
                expressions=[(F("group"), RangeOperators.EQUAL), (PERIOD, RangeOperators.OVERLAPS)],
                condition=IN_FORCE,
                violation_error_message="Deze productgroep heeft in deze periode al een boom.",
            ),
            models.CheckConstraint(
                name="released_tree_state_fits",
                condition=STATE_FITS,
                violation_error_message="Wat vervangen is, heeft een vervanger.",
            ),
        ]

    def __str__(self) -> str:
        return f"boom {self.group} vanaf {self.valid_from}"


class ReleaseNote(models.Model):
    """What is told of a release beside its rows: faults, what was mended, what is missing, gaps, what was skipped."""

    release = models.ForeignKey(Release, verbose_name="uitgave", on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField("soort", max_length=10)
    place = models.CharField("plaats", max_length=200, default="", blank=True)
    column = models.CharField("kolom", max_length=80, default="", blank=True)
    value = models.CharField("waarde", max_length=200, default="", blank=True)
    message = models.CharField("wat er is", max_length=500, default="", blank=True)
    was = models.ForeignKey(
        ReleasedCode, verbose_name="regel die het was", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "opmerking bij een uitgave"
        verbose_name_plural = "opmerkingen bij een uitgave"
        indexes = [models.Index(fields=["release", "kind", "id"], name="release_notes_by_kind")]

    def __str__(self) -> str:
        return self.message
