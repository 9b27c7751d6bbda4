"""The questionnaire of a provider that wants a contract, with its answers, its papers and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracting.domain.conditions import ProviderKind
from contracting.domain.questionnaire import ContractingOutcome, Judgement, QuestionnaireStatus
from kit.terms import values

OPEN = Q(status__in=values(QuestionnaireStatus.DRAFT, QuestionnaireStatus.SUBMITTED))


class Questionnaire(models.Model):
    """What one provider tells one insurer of itself; the insurer sees it once it was submitted."""

    insurer = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgverzekeraar"
    )
    provider = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="zorgaanbieder"
    )
    kind = models.CharField("soort zorgaanbieder", max_length=20, choices=ProviderKind.choices())
    is_existing = models.BooleanField("had al een contract")
    status = models.CharField(
        "stand", max_length=20, choices=QuestionnaireStatus.choices(), default=QuestionnaireStatus.DRAFT.value
    )
    designated = models.BooleanField("geeft aangewezen zorg", null=True, blank=True)
    kvk_number = models.CharField("KvK-nummer", max_length=8, blank=True, default="")
    specialists = models.PositiveSmallIntegerField("aantal medisch specialisten", null=True, blank=True)
    fte = models.DecimalField("fte samen", max_digits=6, decimal_places=2, null=True, blank=True)
    satisfaction_on = models.DateField("laatste onderzoek", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="begonnen door"
    )
    made_at = models.DateTimeField("begonnen op")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ingediend door"
    )
    submitted_at = models.DateTimeField("ingediend op", null=True)
    for_year = models.PositiveSmallIntegerField("telt voor contractjaar", null=True)
    outcome = models.CharField("uitkomst", max_length=20, choices=ContractingOutcome.choices(), blank=True, default="")
    motivation = models.TextField("motivering", blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="beoordeeld door"
    )
    decided_at = models.DateTimeField("beoordeeld op", null=True)
    letter = models.OneToOneField(
        "papers.Letter", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="brief"
    )

    class Meta:
        verbose_name = "vragenlijst"
        verbose_name_plural = "vragenlijsten"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="questionnaire_status_known",
                condition=Q(status__in=values(*QuestionnaireStatus), kind__in=values(*ProviderKind)),
                violation_error_message="Deze stand of soort van een vragenlijst bestaat niet.",
            ),
            models.CheckConstraint(
                name="questionnaire_submitted_whole",
                condition=Q(status=QuestionnaireStatus.DRAFT.value, submitted_by=None, submitted_at=None, for_year=None)
                | ~Q(status=QuestionnaireStatus.DRAFT.value)
                & Q(submitted_by__isnull=False, submitted_at__isnull=False, for_year__isnull=False),
                violation_error_message="Wie indiende, wanneer en voor welk jaar horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="questionnaire_decided_whole",
                condition=~Q(status=QuestionnaireStatus.DECIDED.value)
                & Q(decided_by=None, decided_at=None, outcome="", letter=None)
                | Q(status=QuestionnaireStatus.DECIDED.value, outcome__in=values(*ContractingOutcome))
                & Q(decided_by__isnull=False, decided_at__isnull=False, letter__isnull=False)
                & ~Q(motivation=""),
                violation_error_message="Bij een uitkomst horen een motivering, een brief, wie en wanneer.",
            ),
            models.UniqueConstraint(
                name="one_open_questionnaire",
                fields=["insurer", "provider"],
                condition=OPEN,
                violation_error_message="Er loopt al een vragenlijst bij deze verzekeraar.",
            ),
        ]

    def __str__(self) -> str:
        return f"vragenlijst {self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.status == QuestionnaireStatus.DRAFT.value

    @property
    def is_submitted(self) -> bool:
        return self.status == QuestionnaireStatus.SUBMITTED.value


class ConditionReply(models.Model):
    """The answer to one condition, and what the insurer found of it."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="replies", verbose_name="vragenlijst"
    )
    condition = models.CharField("voorwaarde", max_length=30)
    complies = models.BooleanField("voldoet", null=True, blank=True)
    explanation = models.TextField("toelichting", blank=True, default="")
    judgement = models.CharField("oordeel", max_length=30, choices=Judgement.choices(), blank=True, default="")
    remark = models.TextField("opmerking", blank=True, default="")

    class Meta:
        verbose_name = "antwoord op een voorwaarde"
        verbose_name_plural = "antwoorden op voorwaarden"
        ordering = ["questionnaire", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="condition_reply_once",
                fields=["questionnaire", "condition"],
                violation_error_message="Op deze voorwaarde is al een antwoord.",
            ),
            models.CheckConstraint(
                name="condition_judgement_known",
                condition=Q(judgement__in=["", *values(*Judgement)]),
                violation_error_message="Dit oordeel bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} in vragenlijst {self.questionnaire_id}"


class QuestionnairePaper(models.Model):
    """A file that shows that a condition is met."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="papers", verbose_name="vragenlijst"
    )
    condition = models.CharField("voorwaarde", max_length=30)
    file = models.OneToOneField("papers.File", on_delete=models.PROTECT, related_name="+", verbose_name="bestand")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="toegevoegd door"
    )
    added_at = models.DateTimeField("toegevoegd op")

    class Meta:
        verbose_name = "stuk bij een vragenlijst"
        verbose_name_plural = "stukken bij vragenlijsten"
        ordering = ["questionnaire", "pk"]

    def __str__(self) -> str:
        return f"stuk {self.pk} bij vragenlijst {self.questionnaire_id}"
