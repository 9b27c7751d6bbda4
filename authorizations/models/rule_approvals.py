"""That a request fits the rule of its policy: with the facts and the rule as they were, written once."""

from django.db import models
from django.db.models import Q

from kit.encrypted import EncryptedJSONField, WithSecrets


class RuleApproval(WithSecrets):
    """
    A request that a rule prepared for granting as asked. It decides nothing: a medisch adviseur does. Bron: ADR 11.

    The facts say something medical, so they are sealed.
    """

    authorization = models.OneToOneField(
        "AuthorizationRequest", verbose_name="aanvraag", on_delete=models.CASCADE, related_name="rule_approval"
    )
    policy_version = models.ForeignKey(
        "PolicyVersion", verbose_name="beleidsversie", on_delete=models.PROTECT, related_name="+"
    )
    rule = models.JSONField("regel")
    facts = EncryptedJSONField("feiten")
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "voorbereiding door een regel"
        verbose_name_plural = "voorbereidingen door een regel"
        constraints = [
            models.CheckConstraint(
                name="rule_approval_facts_are_sealed",
                condition=Q(facts__sealed=True),
                violation_error_message="De feiten worden versleuteld bewaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: past bij de regel"
