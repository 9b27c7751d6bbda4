"""Judge a questionnaire condition by condition, and decide with a letter."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.domain.actors import Actor
from contracting.domain import questionnaire as rules
from contracting.domain.conditions import Condition, ProviderKind, asked_of
from contracting.domain.questionnaire import ContractingOutcome, Judgement, QuestionnaireStatus
from contracting.models import ConditionReply, Questionnaire
from contracting.queries import questionnaires as found
from contracting.services import telling
from contracting.services.refusals import Incomplete, NotAllowed
from kit import text
from kit.dates import day
from papers.services import letters

LETTER = "contract_outcome"
Judged = Mapping[str, tuple[Judgement | None, str]]


def conditions_of(made: Questionnaire) -> tuple[Condition, ...]:
    """Return the conditions that hold for this provider."""
    return asked_of(ProviderKind(made.kind), designated=made.designated)


@transaction.atomic
def save(*, questionnaire_id: int, judged: Judged, motivation: str, by: Actor, now: datetime) -> Questionnaire:
    """
    Keep the judgements so far; the provider reads them only with the outcome.

    :raises NotAllowed: for others than a beheerder of this insurer, or when it was decided already
    """
    made = _open(questionnaire_id, by)
    _write(made, judged, motivation)
    return made


@transaction.atomic
def decide(
    *,
    questionnaire_id: int,
    judged: Judged,
    outcome: ContractingOutcome | None,
    motivation: str,
    by: Actor,
    now: datetime,
) -> Questionnaire:
    """
    Decide, and write the letter to the provider: per condition what was found, and whether there will be a contract.

    :raises Incomplete: naming everything that lacks
    :raises NotAllowed: for others than a beheerder of this insurer, or when it was decided already

    Bron: A-10, A-25.
    """
    made = _open(questionnaire_id, by)
    conditions = conditions_of(made)
    if missing := rules.obstacles_to_decide(conditions, judged, outcome=outcome, motivation=motivation):
        raise Incomplete(missing)
    assert outcome  # noqa: S101 (obstacles saw to it)
    replies = _write(made, judged, motivation)
    made.outcome, made.status = outcome.value, QuestionnaireStatus.DECIDED.value
    made.decided_by_id, made.decided_at = by.user_id, now
    context = {
        "made": made,
        "insurer_name": made.insurer.name,
        "address": _address(made),
        "marks": [("Datum", day(timezone.localdate(now))), ("Kenmerk", f"Vragenlijst {made.pk}")],
        "lines": [(condition, replies[condition.code]) for condition in conditions],
        "is_offer": outcome is ContractingOutcome.OFFER,
        "signatory": by.name,
    }
    html = render_to_string("contracting/letters/outcome.html", context)
    title = f"Uitkomst van de vragenlijst voor contractjaar {made.for_year}"
    made.letter_id = letters.create(kind=LETTER, title=title, html=html, now=now).pk
    made.save(update_fields=["outcome", "status", "decided_by", "decided_at", "letter"])
    telling.of_outcome(made, now=now)
    return made


def _open(questionnaire_id: int, by: Actor) -> Questionnaire:
    if not found.judgeable_by(by).filter(pk=questionnaire_id).exists():
        raise NotAllowed("Deze vragenlijst is niet bij uw verzekeraar ingediend.")
    made = found.to_change(questionnaire_id)
    if not made.is_submitted:
        raise NotAllowed("Deze vragenlijst is al beoordeeld, misschien door een collega.")
    return made


def _write(made: Questionnaire, judged: Judged, motivation: str) -> dict[str, ConditionReply]:
    replies = found.replies_of(made)
    for code, (judgement, remark) in judged.items():
        if code in replies:
            replies[code].judgement = judgement.value if judgement else ""
            replies[code].remark = text.storable(remark).strip()
    ConditionReply.objects.bulk_update(list(replies.values()), ["judgement", "remark"])
    made.motivation = text.storable(motivation).strip()
    made.save(update_fields=["motivation"])
    return replies


def _address(made: Questionnaire) -> list[str]:
    provider = made.provider
    lines = [provider.name, provider.street, f"{provider.postcode} {provider.city}"]
    return [line.strip() for line in lines if line.strip()]
