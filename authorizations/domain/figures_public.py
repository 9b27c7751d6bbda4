"""What everybody may read of one insurer and one quarter, with the small numbers hidden."""

from collections.abc import Mapping
from typing import Any

from authorizations.domain import suppression
from authorizations.domain.figures import CONFIRMED, NO, TIMES, YES, Counts, Measure
from authorizations.domain.heroverweging import OverturnReason
from authorizations.domain.lifecycle import Status

OUTCOMES = (Status.GRANTED, Status.PARTLY_GRANTED, Status.DENIED, Status.WITHDRAWN)
"""How a request ends, in this order."""
REVISED, UPHELD = "Herzien", "Bevestigd"


def body(numbers: Mapping[Measure, Counts], criteria: Mapping[str, str]) -> dict[str, Any]:
    """
    Return the figures as they are kept and shown, each a number or why there is none; `criteria` are their titles.

    A number beside a whole that is hidden is hidden as well, so that it tells nothing about that whole.

    Bron: feature 70; features.md, "What none of them has", 14.
    """
    counted = {outcome.value: numbers.get(Measure.OUTCOME, {}).get(outcome, 0) for outcome in OUTCOMES}
    outcomes, total = suppression.table(counted)
    again = numbers.get(Measure.RECONSIDERED, {})
    revised, answered = suppression.table(
        {REVISED: sum(again.values()) - again.get(CONFIRMED, 0), UPHELD: again.get(CONFIRMED, 0)}
    )
    right = numbers.get(Measure.FIRST_TIME_RIGHT, {})
    return {
        "received": suppression.alone(sum(numbers.get(Measure.RECEIVED, {}).values())),
        "closed": total,
        "outcomes": [[outcome.label, outcomes[outcome]] for outcome in OUTCOMES],
        "first_time_right": suppression.share(right.get(YES, 0), right.get(NO, 0)),
        "times": [
            [label, *(suppression.percentile(numbers.get(measure, {}), wanted) for wanted in (50, 90))]
            for measure, label in TIMES.items()
        ],
        "questions": _per_criterion(numbers.get(Measure.QUESTION, {}), total, criteria),
        "denied_for": _per_criterion(numbers.get(Measure.DENIED_FOR, {}), outcomes[Status.DENIED], criteria),
        "reconsidered": [["Beantwoord", answered], *([label, cell] for label, cell in revised.items())],
        "revised_for": [
            [reason.label, suppression.part(again.get(reason, 0), revised[REVISED])] for reason in OverturnReason
        ],
    }


def _per_criterion(counts: Counts, whole: suppression.Cell, criteria: Mapping[str, str]) -> list[list[Any]]:
    # Every criterion has its line, also one that wasn't asked about: which lines there are says nothing then.
    return [[title, suppression.part(counts.get(code, 0), whole)] for code, title in criteria.items()]
