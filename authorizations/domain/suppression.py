"""
Small numbers that stay hidden where everybody may read, also from who subtracts.

A number below five could point at one person. Hiding it alone doesn't help when the total and the other numbers stand
beside it: so another number, or the total, is left out as well. Bron: feature 70; features.md, "What none of them has",
14 (small numbers hidden).
"""

from collections.abc import Mapping

from authorizations.domain import figures
from kit.terms import Term

LEAST = 5
"""From so many on a number is shown. No source gives one; it is what Dutch public statistics of care often use."""


class Hidden(Term):
    """Why there is no number."""

    SMALL = "small", "minder dan 5"
    WITHHELD = "withheld", "weggelaten"


Cell = int | Hidden


def alone(number: int) -> Cell:
    """Return a number that nothing else adds up to."""
    return number if number >= LEAST else Hidden.SMALL


def table(numbers: Mapping[str, int]) -> tuple[dict[str, Cell], Cell]:
    """
    Return these numbers and their total as everybody may see them.

    Who knows all that is shown can't tell any hidden small number from another between 0 and 4: of each, all five
    stay possible. Numbers are left out from the smallest on, and when that isn't enough the total is.

    Bron: feature 70.
    """
    total = sum(numbers.values())
    small = [key for key, number in numbers.items() if number < LEAST]
    if total < LEAST:
        return dict.fromkeys(numbers, Hidden.SMALL), Hidden.SMALL
    if not small:
        return dict(numbers), total
    shown = {key: number for key, number in numbers.items() if number >= LEAST}
    withheld: list[str] = []
    for key in sorted(shown, key=lambda one: (shown[one], one)):
        withheld.append(key)
        room = sum(numbers[one] for one in small + withheld) - LEAST * len(withheld)
        if room >= LEAST - 1:
            hidden = dict.fromkeys(small, Hidden.SMALL) | dict.fromkeys(withheld, Hidden.WITHHELD)
            return {key: hidden.get(key, numbers[key]) for key in numbers}, total
    return {key: shown.get(key, Hidden.SMALL) for key in numbers}, Hidden.WITHHELD


def part(number: int, whole: Cell) -> Cell:
    """Return a number beside the whole that it is a part of: what remains isn't small either. Bron: feature 70."""
    if number < LEAST:
        return Hidden.SMALL
    return number if isinstance(whole, int) and whole - number >= LEAST else Hidden.WITHHELD


def share(part_: int, rest: int) -> Cell:
    """Return which percentage a part is, when neither the part nor the rest is small. Bron: feature 70."""
    percent = figures.percentage(part_, part_ + rest)
    return Hidden.WITHHELD if min(part_, rest) < LEAST or percent is None else percent


def percentile(counts: figures.Counts, wanted: int) -> Cell:
    """Return a percentile with at least five requests on either side of it, itself included. Bron: feature 70."""
    found = figures.percentile(counts, wanted)
    if found is None:
        return Hidden.WITHHELD
    below = sum(number for key, number in counts.items() if int(key) <= found)
    above = sum(number for key, number in counts.items() if int(key) >= found)
    return Hidden.WITHHELD if min(below, above) < LEAST else found
