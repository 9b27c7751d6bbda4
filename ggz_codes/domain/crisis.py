"""
Acute psychiatric care: which zorgtype, which prestatie by its minutes, who may declare, and which codes for the stay.

Bron: G-15 to G-22; codes.md section 1.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ggz_codes.domain import shipped
from ggz_codes.domain.rulings import Ruling, ruling
from ggz_codes.domain.shipped import Code
from kit.terms import Term

INSIDE, AFTER_INSIDE, NO_PART_OF_PLAN, NO_PLAN = "303", "304", "305", "306"
ZORGTYPES = (INSIDE, AFTER_INSIDE, NO_PART_OF_PLAN, NO_PLAN)
CARE_LEVEL = re.compile(r"binnen budget ([A-H]) \(")


class UnknownZorgtype(ValueError):
    """This zorgtype is none that the question is about."""


class Unanswered(ValueError):
    """The choice needs an answer to this question first."""

    def __init__(self, question: "CrisisQuestion") -> None:
        super().__init__(question.label)
        self.question = question


class CrisisQuestion(Term):
    """What is asked to find the zorgtype of a crisis, in this order. Bron: G-16, G-19 to G-21."""

    PLAN = (
        "regioplan_en_budgetaanvraag",
        "Is er in uw regio een regioplan, met afspraken in een ingediende budgetaanvraag?",
    )
    MAY_DECLARE = (
        "mag_door_of_namens_declareren",
        "Hoort u bij het regioplan, en mag u declareren door of namens de zorgaanbieder met het budget?",
    )
    GOES_ON = (
        "budget_dbc_gesloten_crisis_duurt_voort",
        "Moet de crisis-dbc binnen budget worden gesloten, terwijl de crisis nog duurt?",
    )


@dataclass(frozen=True)
class Choice:
    """The zorgtype of a crisis, why it is this one, and what must be true as well before you register it."""

    zorgtype: str
    reasons: tuple[str, ...]
    conditions: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """Return the name of the zorgtype, to the letter of the source."""
        return shipped.zorgtypes()[self.zorgtype].description


# What each answer means, as a reason for the zorgtype that comes of it.
_REASONS = {
    (CrisisQuestion.PLAN, False): "In de regio is geen regioplan, met afspraken in een ingediende budgetaanvraag.",
    (CrisisQuestion.PLAN, True): "In de regio is een regioplan, met afspraken in een ingediende budgetaanvraag.",
    (CrisisQuestion.MAY_DECLARE, False): "U bent geen onderdeel van het regioplan, of u mag niet declareren door of "
    "namens de zorgaanbieder met het budget.",
    (CrisisQuestion.MAY_DECLARE, True): "U bent onderdeel van het regioplan en mag declareren door of namens de "
    "zorgaanbieder met het budget.",
    (CrisisQuestion.GOES_ON, False): "De crisis valt nog binnen de crisis-dbc binnen budget.",
    (CrisisQuestion.GOES_ON, True): "De crisis-dbc binnen budget moet worden gesloten, en de crisis duurt nog.",
}
_CONDITIONS = {
    INSIDE: (
        "De NZa heeft voor de zorgaanbieder een budget vastgesteld.",
        "De budgetaanvraag is tweezijdig ingediend.",
        "Er is een individuele tariefbeschikking.",
    ),
}
_MODULE = "De zorg is geleverd volgens de generieke module Acute psychiatrie."


def next_question(answers: Mapping[CrisisQuestion, bool]) -> CrisisQuestion | None:
    """
    Return what to ask next, or None when the zorgtype is known: a "nee" makes the later questions needless.

    Bron: G-16, G-19 to G-21; codes.md section 1 (choice).
    """
    for question in CrisisQuestion:
        if question not in answers:
            return question
        if question is not CrisisQuestion.GOES_ON and not answers[question]:
            return None
    return None


def choose(answers: Mapping[CrisisQuestion, bool]) -> Choice:
    """
    Return the zorgtype of a crisis with the reasons, in the order of the questions.

    No plan: 306. A plan of which the provider is no part: 305, also after 303, for 304 is only for who may declare 303.

    :raises Unanswered: when an answer that matters is lacking

    Bron: G-16, G-19 to G-21; codes.md section 1 (choice).
    """
    if open_question := next_question(answers):
        raise Unanswered(open_question)
    if not answers[CrisisQuestion.PLAN]:
        zorgtype, mattered = NO_PLAN, 1
    elif not answers[CrisisQuestion.MAY_DECLARE]:
        zorgtype, mattered = NO_PART_OF_PLAN, 2
    else:
        zorgtype, mattered = (AFTER_INSIDE if answers[CrisisQuestion.GOES_ON] else INSIDE), 3
    reasons = tuple(_REASONS[question, answers[question]] for question in list(CrisisQuestion)[:mattered])
    # For 306 the source doesn't ask for the module.
    module = () if zorgtype == NO_PLAN else (_MODULE,)
    return Choice(zorgtype, reasons, module + _CONDITIONS.get(zorgtype, ()))


def prestatie(zorgtype: str, minutes: int) -> Code | None:
    """
    Return the prestatie whose band holds these minutes of treatment; without minutes there is none.

    :raises UnknownZorgtype: when it is none of 303 to 306

    Bron: G-18, G-22.
    """
    _known(zorgtype)
    return next((code for code in shipped.prestaties_of(zorgtype) if code.takes(minutes)), None)


def stays(zorgtype: str) -> Mapping[str, Code]:
    """
    Return the codes for a stay in a crisis by verzorgingsgraad, D to H. Only 303 has any: for a stay outside of the
    budget the source names no code.

    :raises UnknownZorgtype: when it is none of 303 to 306

    Bron: G-17; codes.md section 1 (inconsistencies, 11).
    """
    _known(zorgtype)
    found = ((CARE_LEVEL.search(code.description), code) for code in shipped.prestaties_of(zorgtype))
    return {level[1]: code for level, code in found if level}


def may_declare(zorgtype: str, *, by_or_on_behalf: bool, tariff_decision: bool) -> Ruling:
    """
    Say whether a provider may declare this zorgtype: 303 by or on behalf of who has the budget, with a decision on the
    tariff of its own; 304 by those who may also declare within the budget.

    :raises UnknownZorgtype: when it is neither 303 nor 304: of the others the source tells no more than whose they are

    Bron: G-15, G-19.
    """
    if zorgtype not in (INSIDE, AFTER_INSIDE):
        raise UnknownZorgtype(zorgtype)
    asked = [(by_or_on_behalf, "Dit mag alleen door of namens de zorgaanbieder met het budget.")]
    if zorgtype == INSIDE:
        asked.append((tariff_decision, "Hiervoor is een individuele tariefbeschikking nodig."))
    return ruling(*asked, otherwise=f"U voldoet aan wat de bron vraagt voor zorgtype {zorgtype}.")


def _known(zorgtype: str) -> None:
    if zorgtype not in ZORGTYPES:
        raise UnknownZorgtype(zorgtype)
