"""What is remembered about contracts."""

from contracting.models.budgets import BudgetDelegate, GgzBudget
from contracting.models.desks import Desk
from contracting.models.questionnaire import ConditionReply, Questionnaire, QuestionnairePaper
from contracting.models.register import Contract, ContractStep, Publication, PublishedProvider
from contracting.models.seasons import Season, StartLetter

__all__ = [
    "BudgetDelegate",
    "ConditionReply",
    "Contract",
    "ContractStep",
    "Desk",
    "GgzBudget",
    "Publication",
    "PublishedProvider",
    "Questionnaire",
    "QuestionnairePaper",
    "Season",
    "StartLetter",
]
