"""What each medisch adviseur thought of a proposal, as first given: kept beside the decision and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from authorizations.domain.second_opinion import Position
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models.requests import values
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed


class Opinion(WithSecrets):
    """
    What one medisch adviseur thinks of a request that a denial, or a part, is proposed for.

    The first's is kept when the proposal is made. The second's comes whole, at once, from somebody who hasn't seen the
    first's; `blind` says whether this person never took part before, so that figures can leave the others out. A third,
    named by a coordinator when the two differ, has no verdicts of his or her own here: he or she takes over the
    proposal, or the request. Bron: R-19; docs/adr/0010.
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="opinions"
    )
    decision = models.ForeignKey("Decision", verbose_name="voorstel", on_delete=models.CASCADE, related_name="opinions")
    position = models.CharField("plaats", max_length=6, choices=Position.choices())
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="medisch adviseur", on_delete=models.PROTECT, related_name="+"
    )
    blind = models.BooleanField("zonder het andere oordeel te kennen", default=True)
    outcome = models.CharField("zou besluiten", max_length=16, choices=Outcome.choices(), default="", blank=True)
    given_at = models.DateTimeField("gegeven op", null=True)
    adopted_because = EncryptedTextField("neemt het voorstel over, want", default="", blank=True)
    adopted_at = models.DateTimeField("overgenomen op", null=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="aangewezen door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField("aangewezen op", null=True)

    class Meta:
        verbose_name = "oordeel over een voorstel"
        verbose_name_plural = "oordelen over voorstellen"
        ordering = ["decision", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "position"],
                name="one_opinion_per_position",
                violation_error_message="Een collega gaf dit oordeel al.",
            ),
            models.UniqueConstraint(
                fields=["decision", "advisor"],
                name="one_opinion_per_advisor",
                violation_error_message="Iemand anders geeft het tweede oordeel: u gaf al een oordeel.",
            ),
            models.CheckConstraint(
                name="opinion_position_known",
                condition=Q(position__in=values(*Position)),
                violation_error_message="Deze plaats bestaat niet.",
            ),
            models.CheckConstraint(
                name="opinion_given_whole",
                condition=Q(outcome="", given_at=None, position=Position.THIRD.value)
                | Q(outcome__in=values(*Outcome), given_at__isnull=False),
                violation_error_message="Een oordeel noemt de uitkomst en het moment.",
            ),
            models.CheckConstraint(
                name="opinion_adopted_pair",
                condition=Q(adopted_because="", adopted_at=None)
                | (~Q(adopted_because="") & ~Q(position=Position.FIRST.value) & Q(adopted_at__isnull=False)),
                violation_error_message="Wie een voorstel overneemt zegt waarom.",
            ),
            models.CheckConstraint(
                name="third_advisor_is_named",
                condition=Q(position=Position.THIRD.value, named_by__isnull=False, named_at__isnull=False)
                | (~Q(position=Position.THIRD.value) & Q(named_by=None, named_at=None)),
                violation_error_message="Een coördinator wijst de derde medisch adviseur aan.",
            ),
            models.CheckConstraint(
                name="opinion_text_is_sealed",
                condition=all_sealed("adopted_because"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.position}"


class OpinionVerdict(WithSecrets):
    """The verdict of one medisch adviseur on one criterion, as first given. Bron: R-13; R-19."""

    opinion = models.ForeignKey(Opinion, verbose_name="oordeel", on_delete=models.CASCADE, related_name="verdicts")
    criterion = models.CharField("criterium", max_length=30)
    verdict = models.CharField("oordeel", max_length=10, choices=Verdict.choices())
    motivation = EncryptedTextField("motivering")

    class Meta:
        verbose_name = "oordeel over een criterium van een voorstel"
        verbose_name_plural = "oordelen over criteria van een voorstel"
        ordering = ["opinion", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "criterion"],
                name="opinion_on_criterion_once",
                violation_error_message="Over dit criterium staat er al een oordeel.",
            ),
            models.CheckConstraint(
                name="opinion_verdict_known",
                condition=Q(verdict__in=values(*Verdict)),
                violation_error_message="Dit oordeel bestaat niet.",
            ),
            models.CheckConstraint(
                name="opinion_is_motivated",
                condition=~Q(motivation=""),
                violation_error_message="Een oordeel heeft een motivering.",
            ),
            models.CheckConstraint(
                name="opinion_motivation_is_sealed",
                condition=all_sealed("motivation"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id}: {self.criterion}"
