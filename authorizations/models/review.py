"""What the insurer does with a request: judge it per criterion, ask, decide, grant."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.terms import DocumentKind, Outcome, Verdict
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed


class CriterionAssessment(WithSecrets):
    """The verdict on one criterion with its motivation. Bron: R-13."""

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="assessments"
    )
    criterion = models.CharField("criterium", max_length=30)
    verdict = models.CharField("oordeel", max_length=10, choices=Verdict.choices())
    motivation = EncryptedTextField("motivering", default="", blank=True)
    missing_fact = EncryptedTextField("wat ontbreekt", default="", blank=True)
    leads_to_consent = EncryptedTextField("wat tot toestemming leidt", default="", blank=True)
    internal_note = EncryptedTextField("notitie voor collega's", default="", blank=True)
    version = models.PositiveIntegerField("versie", default=1)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beoordeeld door", on_delete=models.PROTECT, related_name="+"
    )
    assessed_at = models.DateTimeField("beoordeeld op")

    class Meta:
        verbose_name = "oordeel over een criterium"
        verbose_name_plural = "oordelen over criteria"
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization", "criterion"],
                name="criterion_assessed_once",
                violation_error_message="Over dit criterium is al geoordeeld.",
            ),
            models.CheckConstraint(
                name="criterion_texts_are_sealed",
                condition=all_sealed("motivation", "missing_fact", "leads_to_consent", "internal_note"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.criterion}"


class InformationRequest(WithSecrets):
    """One round of questions to the provider; it is open until each item is answered or the advisor closes it."""

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="information_requests"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gevraagd door", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("gevraagd op")
    closed_at = models.DateTimeField("gesloten op", null=True)
    closed_because = EncryptedTextField("gesloten, want", default="", blank=True)

    class Meta:
        verbose_name = "informatieverzoek"
        verbose_name_plural = "informatieverzoeken"
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(closed_at=None),
                name="one_open_information_request",
                violation_error_message="Er staan al vragen open bij de zorgaanbieder.",
            ),
            models.CheckConstraint(
                name="information_request_text_is_sealed",
                condition=all_sealed("closed_because"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.asked_at}"


class InformationItem(WithSecrets):
    """
    One question: for which criterion, what is missing, why, and what answer would lead to consent.

    Bron: R-20; domain.md section 6 (design consequence ii).
    """

    information_request = models.ForeignKey(
        InformationRequest, verbose_name="informatieverzoek", on_delete=models.PROTECT, related_name="items"
    )
    number = models.PositiveSmallIntegerField("nummer")
    criterion = models.CharField("criterium", max_length=30)
    document_kind = models.CharField(
        "soort document", max_length=30, choices=DocumentKind.choices(), default="", blank=True
    )
    what = EncryptedTextField("wat er ontbreekt")
    why = EncryptedTextField("waarom dit nodig is")
    leads_to_consent = EncryptedTextField("welk antwoord tot toestemming leidt")
    due_on = models.DateField("graag voor")
    answer = EncryptedTextField("antwoord", default="", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beantwoord door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("beantwoord op", null=True)

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["information_request", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["information_request", "number"],
                name="question_numbered_once",
                violation_error_message="Dit nummer is al gebruikt.",
            ),
            models.CheckConstraint(
                name="question_is_complete",
                condition=~Q(criterion="") & ~Q(what="") & ~Q(why="") & ~Q(leads_to_consent=""),
                violation_error_message="Noem het criterium, wat ontbreekt, waarom, en wat tot toestemming leidt.",
            ),
            models.CheckConstraint(
                name="question_answered_pair",
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                violation_error_message="Wie antwoordde en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="question_texts_are_sealed",
                condition=all_sealed("what", "why", "leads_to_consent", "answer"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"vraag {self.number}"


class CounterQuestion(WithSecrets):
    """A question back from the provider about an item. The request can't be decided while one is open (R-20)."""

    item = models.ForeignKey(
        InformationItem, verbose_name="vraag", on_delete=models.PROTECT, related_name="counter_questions"
    )
    text = EncryptedTextField("wedervraag")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gesteld door", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("gesteld op")
    reply = EncryptedTextField("reactie", default="", blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="beantwoord door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    replied_at = models.DateTimeField("beantwoord op", null=True)

    class Meta:
        verbose_name = "wedervraag"
        verbose_name_plural = "wedervragen"
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="counter_question_replied_pair",
                condition=Q(reply="", replied_by=None, replied_at=None)
                | (~Q(reply="") & Q(replied_by__isnull=False, replied_at__isnull=False)),
                violation_error_message="Een reactie heeft een naam en een moment.",
            ),
            models.CheckConstraint(
                name="counter_question_texts_are_sealed",
                condition=all_sealed("text", "reply"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"wedervraag {self.pk}"


class QuestionReminder(models.Model):
    """That the provider was reminded of a round of questions; once per moment ("first" and "last")."""

    information_request = models.ForeignKey(
        InformationRequest, verbose_name="informatieverzoek", on_delete=models.CASCADE, related_name="reminders"
    )
    moment = models.CharField(
        "moment", max_length=8, choices=[("first", "Eerste"), ("last", "Laatste"), ("overdue", "Te laat")]
    )
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        constraints = [
            models.UniqueConstraint(
                fields=["information_request", "moment"],
                name="question_reminder_once",
                violation_error_message="Deze herinnering is al gestuurd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.information_request_id}: {self.moment}"


class Decision(WithSecrets):
    """
    What a medisch adviseur decides, or proposes to a second one.

    `final_at` makes it the decision; a proposal that the second advisor hands back gets `returned_at` and stays as
    history. A denial is confirmed by somebody else (R-19): the database insists. One after a heroverweging, or
    on a change of the machtiging, names that and stands beside the first one.
    """

    authorization = models.ForeignKey(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.PROTECT, related_name="decisions"
    )
    outcome = models.CharField("uitkomst", max_length=16, choices=Outcome.choices())
    summary = EncryptedTextField("samenvatting voor de brief")
    not_granted = EncryptedTextField("wat niet is toegekend en waarom", default="", blank=True)
    conditions = EncryptedTextField("voorwaarden", default="", blank=True)
    next_step = EncryptedTextField("wat de aanbieder nu kan doen", default="", blank=True)
    indication_weighed = EncryptedTextField(
        "hoe de indicatie van de revalidatiearts is gewogen", default="", blank=True
    )
    early_start_reason = EncryptedTextField("reden van een eerdere ingangsdatum", default="", blank=True)
    long_period_reason = EncryptedTextField("reden van een langere periode", default="", blank=True)
    grant = models.JSONField("voorstel voor de machtiging", default=dict, blank=True)
    heroverweging = models.OneToOneField(
        "Heroverweging", verbose_name="na heroverweging", null=True, on_delete=models.PROTECT, related_name="revision"
    )
    change = models.ForeignKey(
        "GrantChange", verbose_name="over een wijziging", null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    policy_documents = models.JSONField("beleidsdocumenten", default=list, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="medisch adviseur", on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("voorgesteld op")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="tweede medisch adviseur",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("bevestigd op", null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="teruggegeven door",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    returned_at = models.DateTimeField("teruggegeven op", null=True)
    returned_because = EncryptedTextField("teruggegeven, want", default="", blank=True)
    final_at = models.DateTimeField("besloten op", null=True)

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(returned_at=None, heroverweging=None, change=None),
                name="one_decision",
                violation_error_message="Over deze aanvraag is al een besluit genomen of voorgesteld.",
            ),
            models.UniqueConstraint(
                fields=["change"],
                condition=Q(returned_at=None),
                name="one_decision_on_change",
                violation_error_message="Over deze wijziging is al een besluit genomen of voorgesteld.",
            ),
            models.CheckConstraint(
                name="denial_by_two_advisors",
                condition=~Q(outcome=Outcome.DENIED.value)
                | Q(final_at=None)
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by"))),
                violation_error_message="Een afwijzing wordt door een tweede medisch adviseur bevestigd.",
            ),
            models.CheckConstraint(
                name="second_advisor_is_another",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                violation_error_message="De tweede medisch adviseur is iemand anders dan de eerste.",
            ),
            models.CheckConstraint(
                name="decision_confirmed_pair",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message="Wie bevestigde en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="decision_returned_whole",
                condition=Q(returned_by=None, returned_at=None, returned_because="")
                | (Q(returned_by__isnull=False, returned_at__isnull=False, final_at=None) & ~Q(returned_because="")),
                violation_error_message="Een teruggegeven voorstel noemt wie, wanneer en waarom.",
            ),
            models.CheckConstraint(
                name="decision_is_motivated",
                condition=~Q(summary=""),
                violation_error_message="Een besluit heeft een motivering.",
            ),
            models.CheckConstraint(
                name="decision_texts_are_sealed",
                condition=all_sealed(
                    "summary",
                    "not_granted",
                    "conditions",
                    "next_step",
                    "indication_weighed",
                    "early_start_reason",
                    "long_period_reason",
                    "returned_because",
                ),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.outcome}"
