"""What activities from a file or a program do to the subtrajecten of one zorgtraject, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from authorizations.domain import words
from authorizations.domain.subtrajects import Change


@dataclass(frozen=True)
class Effect:
    """What happens to a subtraject, in words."""

    change: Change
    words: str


def effects(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Effect]:
    """
    Return what differs between the subtrajecten of one zorgtraject before and after, in the order of their opening.

    Bron: R-08 (a late activity may reopen or move; what was declared is for a person), R-12.
    """
    was = {row["opened_on"]: row for row in before}
    now = {row["opened_on"]: row for row in after}
    found = []
    for opened_on in sorted(was.keys() | now.keys()):
        effect = _effect(opened_on, was.get(opened_on), now.get(opened_on))
        found += [Effect(change, f"Subtraject van {_day(opened_on)}: {told}") for change, told in effect]
    return found


def _effect(opened_on: str, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> list[tuple[Change, str]]:
    if now is None:
        return [(Change.GONE, "vervalt. De activiteiten horen bij het vorige subtraject.")]
    if was is None:
        told = "gesloten op" if now["closed_on"] else "sluit op"
        return [(Change.OPENED, f"vervolg opent, {told} {_day(now['closes_on'])}.")]
    if now["to_correct"] and not was["to_correct"]:
        return [(Change.TO_CORRECT, "is al gedeclareerd. Iemand moet de declaratie corrigeren.")]
    if was["closed_on"] and not now["closed_on"]:
        told = f"heropent. Het was gesloten op {_day(was['closed_on'])} en sluit nu op {_day(now['closes_on'])}."
        return [(Change.REOPENED, told)]
    if was["closes_on"] != now["closes_on"] or was["closed_on"] != now["closed_on"]:
        moved = was["closes_on"] != now["closes_on"]
        told = f"sluit niet op {_day(was['closes_on'])} maar op {_day(now['closes_on'])}."
        return [(Change.MOVED, told if moved else f"sluit op {_day(now['closes_on'])}.")]
    return []


def _day(iso: str) -> str:
    return words.day(date.fromisoformat(iso))
