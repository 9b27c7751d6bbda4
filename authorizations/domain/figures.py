"""
The figures of the desk: what is counted per day, and what follows from such counts.

A day holds what came in and what was closed on it. Everything about a request is counted on the day it was closed, so
that a figure never changes afterwards, and counts of days may be added up to any period.

Bron: features 69 and 70; features.md, "What none of them has", 6 and 14.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from authorizations.domain.lifecycle import Turn
from kit.terms import Term


class Measure(Term):
    """What is counted. The key beside it says of what: an outcome, a criterion, a number of werkdagen."""

    RECEIVED = "received", "Ontvangen aanvragen"
    OUTCOME = "outcome", "Afgeronde aanvragen, per uitkomst"
    FIRST_TIME_RIGHT = "first_time", "Besloten aanvragen, in één keer goed"
    QUESTION = "question", "Aanvragen met een vraag, per criterium"
    DENIED_FOR = "denied_for", "Afgewezen aanvragen, per criterium waaraan niet is voldaan"
    SECOND_REVIEW = "second", "Tweede beoordelingen"
    AGREEMENT = "agreement", "Blinde tweede oordelen, per criterium en per paar van oordelen"
    RECONSIDERED = "reconsidered", "Heroverwegingen, per uitkomst"
    INSURER_TIME = "insurer", "Besloten aanvragen, per aantal werkdagen van de verzekeraar"
    PROVIDER_TIME = "provider", "Besloten aanvragen, per aantal werkdagen van de zorgaanbieder"
    PATIENT_TIME = "patient", "Besloten aanvragen, per aantal werkdagen dat de patiënt wachtte"


TIMES = {
    Measure.INSURER_TIME: Turn.INSURER.label,
    Measure.PROVIDER_TIME: Turn.PROVIDER.label,
    Measure.PATIENT_TIME: "Hele wachttijd van de patiënt",
}
"""Whose clock each of these is, in words. Bron: R-18; features.md, "What none of them has", 2."""
YES, NO = "ja", "nee"
CONFIRMED, RETURNED = "bevestigd", "teruggegeven"
FEW = 10
"""Below so many pairs a kappa says nothing: one other verdict would turn it round. A choice of our own."""

Counts = Mapping[str, int]
"""How often each key of one measure was counted."""


def percentile(counts: Counts, share: int) -> int | None:
    """
    Return the number of werkdagen within which at least `share` percent was done; None when nothing was.

    It is a number that really occurred (nearest rank), so that it never lies between two werkdagen. The median is 50.

    Bron: feature 69 (median and p90).
    """
    total = sum(counts.values())
    passed = 0
    for days, number in sorted((int(key), number) for key, number in counts.items()):
        passed += number
        if passed * 100 >= total * share:
            return days
    return None


def percentage(part: int, whole: int) -> int | None:
    """Return the part as a whole percentage, half upwards; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def quarter(day: date) -> tuple[date, date]:
    """Return the first day of the quarter of a day, and that of the next quarter."""
    month = (day.month - 1) // 3 * 3 + 1
    last = month == 10
    return date(day.year, month, 1), date(day.year + last, 1 if last else month + 3, 1)


Pairs = Mapping[tuple[str, str], int]
"""How often the first and the second gave these two verdicts."""


def pair_key(criterion: str, first: str, second: str) -> str:
    """Return under which key a pair of verdicts on a criterion is counted."""
    return f"{criterion} {first} {second}"


def pairs(counts: Counts) -> dict[str, dict[tuple[str, str], int]]:
    """Return what was counted of pairs of verdicts, per criterion."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for key, number in counts.items():
        criterion, first, second = key.split(" ")
        found.setdefault(criterion, {})[first, second] = number
    return found


def same(given: Pairs) -> int:
    """Return how often both gave the same verdict."""
    return sum(number for (first, second), number in given.items() if first == second)


def kappa(given: Pairs) -> Fraction | None:
    """
    Return Cohen's kappa: how much more often two agree than by chance, 1 for always and 0 for no more than that.

    None of nothing, and when chance alone would make them agree always: both only ever gave one and the same verdict.

    Bron: features.md, "What none of them has", 6; J. Cohen, Educational and Psychological Measurement 20 (1960) 37-46.
    """
    total = sum(given.values())
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for (first, second), number in given.items():
        firsts[first] += number
        seconds[second] += number
    chance = sum(firsts[verdict] * seconds[verdict] for verdict in firsts)
    if total * total == chance:
        return None
    return Fraction(same(given) * total - chance, total * total - chance)
