"""A line of a crisis: whether its zorgtype is the right one, and who may declare it. Bron: G-15, G-16, G-19 to G-21."""

from itertools import product

from authorizations.domain import words
from authorizations.domain.ggz_line_answers import Judged, Line, LineAnswer, LineRule, between
from authorizations.domain.ggz_line_codes import ZORGTYPES, zorgtypes_of
from ggz_codes.domain import crisis
from ggz_codes.domain.crisis import Choice, CrisisQuestion

BUDGETED = "of u declareert door of namens de zorgaanbieder met het budget"


def choice(line: Line) -> Judged | None:
    """
    Judge whether the zorgtype of a crisis is the one that the answers lead to, as far as they are there.

    Bron: G-16, G-19 to G-21; codes.md section 1 (choice).
    """
    if line.zorgtype not in crisis.ZORGTYPES:
        return None
    rules, under = ZORGTYPES[line.zorgtype], f"zorgtype {line.zorgtype}"
    given = {
        CrisisQuestion.PLAN: line.plan,
        CrisisQuestion.MAY_DECLARE: line.by_or_on_behalf,
        CrisisQuestion.GOES_ON: line.goes_on,
    }
    known = {question: answer for question, answer in given.items() if answer is not None}
    possible = _possible(known)
    if len(possible) > 1 and line.zorgtype in {one.zorgtype for one in possible}:
        asked = crisis.next_question(known)
        assert asked is not None  # noqa: S101  # else there is one choice
        why = f"Dat hangt af van deze vraag: {asked.label}"
        return Judged(LineRule.CRISIS, LineAnswer.UNKNOWN, rules, under, why, "Vul het antwoord in.")
    why = " ".join(reason for reason in possible[0].reasons if all(reason in one.reasons for one in possible))
    if possible[0].zorgtype == line.zorgtype:
        do = f"Kijk of dit ook zo is. {' '.join(possible[0].conditions)}" if possible[0].conditions else ""
        return Judged(LineRule.CRISIS, LineAnswer.YES, rules, under, why, do)
    other = words.listing(sorted({one.zorgtype for one in possible}), "of")
    why = why or "Uit uw antwoorden volgt een ander zorgtype."
    return Judged(LineRule.CRISIS, LineAnswer.NO, rules, under, why, f"Dan is het zorgtype {other}.")


def _possible(known: dict[CrisisQuestion, bool]) -> list[Choice]:
    """Return the choice for every way in which the open questions can be answered, each zorgtype once."""
    unanswered = [question for question in CrisisQuestion if question not in known]
    found: dict[str, Choice] = {}
    for answers in product((True, False), repeat=len(unanswered)):
        one = crisis.choose({**known, **dict(zip(unanswered, answers, strict=True))})
        found.setdefault(one.zorgtype, one)
    return list(found.values())


def declarant(line: Line) -> Judged | None:
    """Judge who may declare 303 or 304; a code of 303 alone says the zorgtype. Bron: G-15, G-16, G-19."""
    implied = zorgtypes_of(line.code)
    zorgtype = line.zorgtype or (implied[0] if len(implied) == 1 else "")
    if zorgtype not in (crisis.INSIDE, crisis.AFTER_INSIDE):
        return None
    inside = zorgtype == crisis.INSIDE
    rules = ("G-15", "G-16") if inside else ("G-19",)
    by, tariff = line.by_or_on_behalf, line.tariff_decision
    best = crisis.may_declare(zorgtype, by_or_on_behalf=by is not False, tariff_decision=tariff is not False)
    worst = crisis.may_declare(zorgtype, by_or_on_behalf=by is True, tariff_decision=tariff is True)
    lacks: dict[str, object] = {BUDGETED: by}
    if inside:
        lacks["of er een individuele tariefbeschikking is"] = tariff
    do = "Buiten het budget is het zorgtype 305, of 306 als er geen regioplan is."
    if by is not False:
        do = "Wacht op de tariefbeschikking, of laat declareren wie haar heeft."
    return between(LineRule.DECLARANT, rules, f"zorgtype {zorgtype}", best, worst, lacks, do)
