"""What you can ask of questionnaires."""

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from contracting.domain.questionnaire import QuestionnaireStatus
from contracting.domain.register import COUNTS
from contracting.models import ConditionReply, Contract, Questionnaire, QuestionnairePaper
from contracting.queries.register import KEEPERS, READERS

FILLERS = frozenset({Role.ORGANISATIEBEHEERDER})
"""Who fills one in for a provider."""


def visible_to(actor: Actor) -> QuerySet[Questionnaire]:
    """Return the questionnaires of the own organisation, the newest first; an insurer never sees a draft."""
    if not actor.has(*READERS):
        return Questionnaire.objects.none()
    found = Questionnaire.objects.select_related("provider", "insurer", "submitted_by", "decided_by", "letter")
    if actor.is_provider:
        return found.filter(provider_id=actor.organization_id)
    return found.filter(insurer_id=actor.organization_id).exclude(status=QuestionnaireStatus.DRAFT.value)


def fillable_by(actor: Actor) -> QuerySet[Questionnaire]:
    """Return what this person may fill in: of the own provider, in whatever state."""
    if not actor.is_provider or not actor.has(*FILLERS):
        return Questionnaire.objects.none()
    return visible_to(actor)


def judgeable_by(actor: Actor) -> QuerySet[Questionnaire]:
    """Return what this person may judge: what came in at the own insurer."""
    if not actor.is_insurer or not actor.has(*KEEPERS):
        return Questionnaire.objects.none()
    return visible_to(actor)


def to_change(questionnaire_id: int) -> Questionnaire:
    """Return it, locked until the transaction ends."""
    return (
        Questionnaire.objects.select_for_update(of=("self",))
        .select_related("provider", "insurer")
        .get(pk=questionnaire_id)
    )


def replies_of(questionnaire: Questionnaire) -> dict[str, ConditionReply]:
    """Return the answers by condition."""
    return {one.condition: one for one in questionnaire.replies.order_by("pk")}


def papers_of(questionnaire: Questionnaire) -> list[QuestionnairePaper]:
    """Return the papers with their files, the oldest first."""
    return list(questionnaire.papers.select_related("file").order_by("pk"))


def paper_of(questionnaire: Questionnaire, paper_id: int) -> QuestionnairePaper | None:
    """Return one of those."""
    return questionnaire.papers.select_related("file").filter(pk=paper_id).first()


def had_a_contract(provider_id: int, insurer_id: int) -> bool:
    """Tell whether this provider ever had a contract with this insurer: then it isn't new. Bron: A-25."""
    return Contract.objects.filter(provider_id=provider_id, insurer_id=insurer_id, status__in=COUNTS).exists()
