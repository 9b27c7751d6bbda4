"""What is remembered about machtigingen."""

from authorizations.models.check_runs import CheckMapping, CheckRun, CheckRunPart
from authorizations.models.closing import ClosingNotice, SubtrajectWarning
from authorizations.models.coulance import CoulanceClaim, CoulancePaper, CoulanceRequest
from authorizations.models.dbcs import Dbc
from authorizations.models.declarations import Declaration
from authorizations.models.desk import MOST_VIEWS, Absence, DeskDraft, QueueColumns, SavedView
from authorizations.models.documents import ChecklistAnswer, Document, DocumentItem
from authorizations.models.figures import DayFigure, FiguresDay, PublicFigures
from authorizations.models.grant_changes import GrantChange, GrantChangePaper
from authorizations.models.grants import Grant, GrantHours
from authorizations.models.heroverweging import Heroverweging, HeroverwegingPaper
from authorizations.models.insured_links import InsuredLink
from authorizations.models.letters import RequestLetter
from authorizations.models.notices import CeilingNotice
from authorizations.models.opinions import Opinion, OpinionVerdict
from authorizations.models.overleg import Overleg
from authorizations.models.paragraphs import StandardParagraph
from authorizations.models.pins import EvidencePin
from authorizations.models.policies import PolicyVersion
from authorizations.models.policy_drafts import PolicyDraft, PolicyReplay, ReplayEffect
from authorizations.models.privacyverklaring import Privacyverklaring
from authorizations.models.program_calls import ApiCall
from authorizations.models.readings import DocumentReading, ReadingAnswer
from authorizations.models.requests import AuthorizationRequest, Insured, StatusEvent, TermPause, TermWarning
from authorizations.models.retention import LegalHold, RetentionReport, RetentionRun
from authorizations.models.review import (
    CounterQuestion,
    CriterionAssessment,
    Decision,
    InformationItem,
    InformationRequest,
    QuestionReminder,
)
from authorizations.models.rule_approvals import RuleApproval
from authorizations.models.spellings import NearSpellings
from authorizations.models.statements import Statement
from authorizations.models.subtrajects import (
    Subtraject,
    SubtrajectEvent,
    TrajectInsured,
    Zorgactiviteit,
    Zorgtraject,
)
from authorizations.models.taken_over import TakenOver
from authorizations.models.teams import Team, TeamMember
from authorizations.models.traject_files import TrajectFile
from authorizations.models.traject_import import (
    TrajectImport,
    TrajectImportEffect,
    TrajectImportPart,
    TrajectImportRow,
)
from authorizations.models.traject_numbers import NumberSignal, TrajectNumber

__all__ = [
    "MOST_VIEWS",
    "Absence",
    "ApiCall",
    "AuthorizationRequest",
    "CeilingNotice",
    "CheckMapping",
    "CheckRun",
    "CheckRunPart",
    "ChecklistAnswer",
    "ClosingNotice",
    "CoulanceClaim",
    "CoulancePaper",
    "CoulanceRequest",
    "CounterQuestion",
    "CriterionAssessment",
    "DayFigure",
    "Dbc",
    "Decision",
    "Declaration",
    "DeskDraft",
    "Document",
    "DocumentItem",
    "DocumentReading",
    "EvidencePin",
    "FiguresDay",
    "Grant",
    "GrantChange",
    "GrantChangePaper",
    "GrantHours",
    "Heroverweging",
    "HeroverwegingPaper",
    "InformationItem",
    "InformationRequest",
    "Insured",
    "InsuredLink",
    "LegalHold",
    "NearSpellings",
    "NumberSignal",
    "Opinion",
    "OpinionVerdict",
    "Overleg",
    "PolicyDraft",
    "PolicyReplay",
    "PolicyVersion",
    "Privacyverklaring",
    "PublicFigures",
    "QuestionReminder",
    "QueueColumns",
    "ReadingAnswer",
    "ReplayEffect",
    "RequestLetter",
    "RetentionReport",
    "RetentionRun",
    "RuleApproval",
    "SavedView",
    "StandardParagraph",
    "Statement",
    "StatusEvent",
    "Subtraject",
    "SubtrajectEvent",
    "SubtrajectWarning",
    "TakenOver",
    "Team",
    "TeamMember",
    "TermPause",
    "TermWarning",
    "TrajectFile",
    "TrajectImport",
    "TrajectImportEffect",
    "TrajectImportPart",
    "TrajectImportRow",
    "TrajectInsured",
    "TrajectNumber",
    "Zorgactiviteit",
    "Zorgtraject",
]
