"""
Walk a decision tree of NZa's grouper: which zorgproduct follows from what was done.

Only what the trees of revalidatie ask is understood. Where a tree asks something else there is no answer.

Bron: NZa grouper tables of 2017 (BoomParameters, BeslisRegels); codes.md section 2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SPECIALISM, ZORGTYPE, DIAGNOSIS, DIAGNOSIS_CLUSTERS = 200, 210, 230, range(232, 238)
ACTIVITY, ACTIVITY_CLUSTERS = 300, range(301, 311)
BETWEEN, EQUALS = "2", "1"
LONGEST = 500
"""A tree of 2017 asks at most some dozens of questions."""


class NotUnderstood(ValueError):
    """Raised when a tree asks what isn't known here, or doesn't end."""


@dataclass(frozen=True)
class Done:
    """An activity, so often, with its clusters in their order and its two weights."""

    code: str
    number: int
    clusters: Sequence[str] = ()
    weights: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Case:
    """What a tree is asked about: a subtraject with what was done in it."""

    zorgtype: str
    diagnosis: str
    diagnosis_clusters: Sequence[str]
    activities: Sequence[Done]
    specialism: str = "0327"

    def value(self, parameter: int, wanted: str) -> int:
        """
        Return how often something is there: 1 or 0 for what there is one of, else the sum over the activities.

        :raises NotUnderstood: for a parameter that isn't known here
        """
        one = {SPECIALISM: self.specialism, ZORGTYPE: self.zorgtype, DIAGNOSIS: f"{self.specialism}.{self.diagnosis}"}
        if parameter in one:
            return int(one[parameter] == wanted)
        if parameter in DIAGNOSIS_CLUSTERS:
            return int(_at(self.diagnosis_clusters, parameter - DIAGNOSIS_CLUSTERS.start) == wanted)
        # 300 counts, 400 weighs by the first weight and 500 by the second; the rest is the same.
        weighed = parameter // 100 - 3
        place = ACTIVITY + parameter % 100
        if weighed not in (0, 1, 2) or (place != ACTIVITY and place not in ACTIVITY_CLUSTERS):
            raise NotUnderstood(f"parameter {parameter}")
        return sum(
            done.number * ((1, *done.weights)[weighed])
            for done in self.activities
            if wanted == (done.code if place == ACTIVITY else _at(done.clusters, place - ACTIVITY_CLUSTERS.start))
        )


@dataclass(frozen=True)
class Outcome:
    """The zorgproduct, and the questions that led to it with their answers."""

    product: str
    steps: tuple[tuple[str, bool], ...]


def walk(rules: Mapping[str, Any], start: str, case: Case) -> Outcome:
    """
    Return where a tree ends for this case.

    :raises NotUnderstood: when it asks what isn't known here, or doesn't end
    """
    number = start
    steps: list[tuple[str, bool]] = []
    while len(steps) < LONGEST:
        rule = rules.get(number)
        if rule is None:
            raise NotUnderstood(f"beslisregel {number}")
        holds = sum(_holds(test, case) for test in rule["tests"]) >= rule["needed"]
        steps.append((str(rule["words"]), holds))
        number, label = rule["yes" if holds else "no"]
        if label:
            return Outcome(label, tuple(steps))
    raise NotUnderstood("deze boom eindigt niet")


def _holds(test: Sequence[str], case: Case) -> bool:
    parameter, filtered, wanted, way, low, high, _about = test
    if filtered != EQUALS or way != BETWEEN:
        raise NotUnderstood(f"toetswijze {filtered}/{way}")
    return int(low) <= case.value(int(parameter), wanted) <= int(high)


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
