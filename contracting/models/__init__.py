"""What is remembered about contracts."""

from contracting.models.desks import Desk
from contracting.models.questionnaire import ConditionReply, Questionnaire, QuestionnairePaper
from contracting.models.register import Contract, ContractStep, Publication, PublishedProvider

__all__ = [
    "ConditionReply",
    "Contract",
    "ContractStep",
    "Desk",
    "Publication",
    "PublishedProvider",
    "Questionnaire",
    "QuestionnairePaper",
]
