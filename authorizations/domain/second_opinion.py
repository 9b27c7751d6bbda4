"""
The second opinion on a proposal: given without having seen the first, and then laid beside it.

Nothing here decides: a rule only says whether two medisch adviseurs think the same. Bron: R-19; docs/adr/0010.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from authorizations.domain import review, words
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Outcome, Verdict
from kit.terms import Term


class Position(Term):
    """Which of the medisch adviseurs an opinion is of. Bron: R-19."""

    FIRST = "first", "Eerste medisch adviseur"
    SECOND = "second", "Tweede medisch adviseur"
    THIRD = "third", "Derde medisch adviseur"


class Stage(Term):
    """How far a proposal is. Bron: R-19."""

    BLIND = "blind", "Wacht op het tweede oordeel"
    AGREED = "agreed", "De oordelen zijn gelijk"
    DIFFERENT = "different", "De oordelen verschillen"
    THIRD = "third", "Een derde medisch adviseur beslist"


@dataclass(frozen=True)
class Opinion:
    """What one medisch adviseur thinks: an outcome, and a verdict per criterion."""

    outcome: Outcome
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True)
class Given:
    """A verdict of the second on one criterion, as it was filled in."""

    criterion: str
    verdict: Verdict | None
    motivation: str = ""


def differences(first: Opinion, second: Opinion) -> tuple[str, ...]:
    """
    Return the criteria on which these two differ, where either finds one that is not met.

    A second who finds another ground differs too: the letter would name a ground that one of them doesn't see.

    Bron: R-19; docs/adr/0010.
    """
    named = [*first.verdicts, *(code for code in second.verdicts if code not in first.verdicts)]
    return tuple(code for code in named if first.verdicts.get(code) is not second.verdicts.get(code))


def agree(first: Opinion, second: Opinion) -> bool:
    """Tell whether two medisch adviseurs think the same: one outcome, and one verdict on each criterion in the way."""
    return first.outcome is second.outcome and not differences(first, second)


def stage(first: Opinion, second: Opinion | None, *, third_named: bool) -> Stage:
    """Return how far a proposal is. Bron: R-19."""
    if second is None:
        return Stage.BLIND
    if third_named:
        return Stage.THIRD
    return Stage.AGREED if agree(first, second) else Stage.DIFFERENT


def obstacles_to_give(
    outcome: Outcome | None, given: Iterable[Given], criteria: Sequence[review.Criterion]
) -> list[Obstacle]:
    """
    Return what an opinion still lacks: an outcome, and for each criterion that is free a verdict and why.

    What the first found is no part of this. Bron: R-13; R-19.
    """
    typed = {one.criterion: one for one in given}
    found = [] if outcome else [Obstacle("outcome_missing", "Kies wat u zou besluiten.", field="outcome")]
    verdicts = {one.code: one.locked for one in criteria if one.locked}
    for criterion in criteria:
        if criterion.locked:
            continue
        one = typed.get(criterion.code, Given(criterion.code, None))
        if one.verdict is None:
            message = f"{criterion.title}: kies een oordeel."
            found.append(Obstacle("verdict_missing", message, field=f"verdict_{criterion.code}"))
        else:
            verdicts[criterion.code] = one.verdict
        if not one.motivation.strip():
            message = f"{criterion.title}: schrijf waarom u dit vindt."
            found.append(Obstacle("motivation_missing", message, field=f"motivation_{criterion.code}"))
    if outcome and len(verdicts) == len(criteria):
        found += _against(outcome, criteria, verdicts)
    return found


def _against(
    outcome: Outcome, criteria: Sequence[review.Criterion], verdicts: Mapping[str, Verdict]
) -> Iterable[Obstacle]:
    in_the_way = [one.title for one in criteria if verdicts[one.code] is not Verdict.MET]
    if outcome is Outcome.GRANTED and in_the_way:
        message = f"Niet alles is voldaan: {words.listing(in_the_way)}. Kies een ander besluit, of pas het oordeel aan."
        yield Obstacle("grant_against_verdict", message, field="outcome")
    if outcome is not Outcome.GRANTED and not in_the_way:
        message = "Aan alle criteria is voldaan. Kies toekennen, of pas een oordeel aan."
        yield Obstacle("refusal_without_ground", message, field="outcome")
