"""
What came out of a file, counted: how often each outcome occurs, and in which column rows fail.

A column whose values are mostly different, such as a date, says nothing when counted: it is left out as soon as that
shows. Bron: checks.md (the result columns; that they are counted is our own).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

MOST_VALUES = 20
EMPTY = "leeg"
OTHER = "rij"


class Tally:
    """Counts that grow row by row, and go on from what was counted before."""

    def __init__(self, gives: Sequence[str], before: Mapping[str, Any]) -> None:
        columns = before.get("columns", {})
        self._gives = gives
        # Nothing instead of counts: this column has too many different values.
        self._columns = [None if columns.get(name, {}) is None else Counter(columns.get(name, {})) for name in gives]
        self._faults = Counter(before.get("faults", {}))

    def add(self, results: Sequence[str], fault: str) -> None:
        """Count one row: its result columns, or the column because of which there are none."""
        if fault:
            column = fault.partition(":")[0]
            self._faults[column if column in self._faults or len(self._faults) < MOST_VALUES else OTHER] += 1
            return
        for at, value in enumerate(results):
            counted = self._columns[at]
            if counted is None:
                continue
            counted[value] += 1
            if len(counted) > MOST_VALUES:
                self._columns[at] = None

    def kept(self) -> dict[str, Any]:
        """Return the counts to go on from."""
        columns = {
            name: None if counted is None else dict(counted)
            for name, counted in zip(self._gives, self._columns, strict=True)
        }
        return {"columns": columns, "faults": dict(self._faults)}


def outcomes(gives: Sequence[str], tally: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return per result column that can be counted how often each value occurs, the most frequent first."""
    columns = tally.get("columns", {})
    return [(name, _ranked(columns[name])) for name in gives if columns.get(name)]


def faults(tally: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return how often rows fail because of each column, the most frequent first."""
    return _ranked(tally.get("faults", {}))


def _ranked(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(((value or EMPTY, number) for value, number in counted.items()), key=lambda one: (-one[1], one[0]))
