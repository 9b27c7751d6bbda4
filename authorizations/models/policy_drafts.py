"""A policy that an insurer works on, and what closed requests would have met under it. Nothing medical stands here."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class PolicyDraft(models.Model):
    """
    The next version of a policy while it is written. Published, it became `published` and stays as it was.

    `text` is the policy as TOML; also what can't be read as a policy yet is kept.
    """

    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    slug = models.CharField("naam", max_length=60)
    based_on = models.ForeignKey(
        "PolicyVersion", verbose_name="gemaakt van", on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField("tekst")
    version = models.PositiveIntegerField("versie van het concept", default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gemaakt door", on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("gemaakt op")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="laatst gewijzigd door", on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField("laatst gewijzigd op")
    published = models.OneToOneField(
        "PolicyVersion", verbose_name="gepubliceerd als", null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gepubliceerd door",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField("gepubliceerd op", null=True)

    class Meta:
        verbose_name = "concept van een beleid"
        verbose_name_plural = "concepten van beleid"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(published=None),
                name="one_open_draft_of_a_policy",
                violation_error_message="Van dit beleid is al een concept. Werk daarin verder.",
            ),
            models.CheckConstraint(
                name="policy_draft_published_whole",
                condition=Q(published=None, published_by=None, published_at=None)
                | Q(published__isnull=False, published_by__isnull=False, published_at__isnull=False),
                violation_error_message="Wie publiceerde, wanneer en als welke versie horen bij elkaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"concept van {self.slug}"


class PolicyReplay(models.Model):
    """
    One replay of closed requests under a draft as it was at `draft_version`; `waiting` is what is still to be done.

    Each step takes some away and adds what they would have met: whoever kills the worker loses at most one step.
    """

    draft = models.ForeignKey(PolicyDraft, verbose_name="concept", on_delete=models.CASCADE, related_name="replays")
    draft_version = models.PositiveIntegerField("versie van het concept")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gestart door", on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField("gestart op")
    waiting = ArrayField(models.BigIntegerField(), verbose_name="nog te bekijken", default=list)
    total = models.PositiveIntegerField("aanvragen")
    changed = models.PositiveIntegerField("aanvragen met een verschil", default=0)
    ended_at = models.DateTimeField("klaar op", null=True)
    why_stopped = models.CharField("waarom gestopt", max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "naspelen van een beleid"
        verbose_name_plural = "naspelen van beleid"
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"],
                condition=Q(ended_at=None),
                name="one_replay_at_a_time",
                violation_error_message="Dit concept wordt al nagespeeld.",
            ),
            models.CheckConstraint(
                name="replay_ends_with_nothing_waiting",
                condition=Q(ended_at=None) | Q(waiting=[]) | ~Q(why_stopped=""),
                violation_error_message="Het naspelen is pas klaar als alles bekeken is.",
            ),
            models.CheckConstraint(
                name="replay_changes_at_most_all",
                condition=Q(changed__lte=F("total")),
                violation_error_message="Er kunnen niet meer aanvragen anders zijn dan er zijn bekeken.",
            ),
        ]

    def __str__(self) -> str:
        return f"naspelen {self.pk}"

    @property
    def done(self) -> int:
        """How many requests were looked at."""
        return self.total - len(self.waiting)


class ReplayEffect(models.Model):
    """That one check of one closed request would newly fail, or newly pass."""

    replay = models.ForeignKey(PolicyReplay, verbose_name="naspelen", on_delete=models.CASCADE, related_name="effects")
    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="+"
    )
    code = models.CharField("toets", max_length=60)
    about = models.CharField("waarover", max_length=60, default="", blank=True)
    fails = models.BooleanField("faalt")

    class Meta:
        verbose_name = "verschil bij naspelen"
        verbose_name_plural = "verschillen bij naspelen"
        constraints = [
            models.UniqueConstraint(
                fields=["replay", "authorization", "code", "about"],
                name="replay_effect_once",
                violation_error_message="Dit verschil staat er al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.replay_id}: {self.code} {self.about}"
