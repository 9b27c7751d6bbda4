"""Granting many requests after each other: what keeps one out that is ready otherwise."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from authorizations.domain.obstacles import Obstacle
from authorizations.domain.signals import Signal, SignalCode
from authorizations.domain.terms import WpnLevel

MOST = 50
"""So many are granted at once at most: who grants must still be able to look at each."""
SUMMARY = (
    "Wij kennen de gevraagde zorg toe. De aanvraag voldoet aan alle voorwaarden. "
    "Hieronder leest u per voorwaarde waarom."
)
NEWS = frozenset({SignalCode.URGENT})
"""What is told and asks for no other weighing: how soon a decision is due."""
FITTING = frozenset({WpnLevel.THREE, WpnLevel.FOUR})


def warnings(signals: Iterable[Signal], level: WpnLevel | None) -> list[Signal]:
    """
    Return the signals that ask for a look at this one request by itself.

    A WPN level that fits interdisciplinary treatment is told as a signal too, and warns of nothing.

    Bron: feature 46 ("simple cases"); domain.md section 5 (WPN).
    """
    return [
        signal
        for signal in signals
        if signal.code not in NEWS and not (signal.code is SignalCode.WPN and level in FITTING)
    ]


def obstacles(
    *,
    warned: Iterable[Signal],
    judged_by: Iterable[int],
    judged_at: datetime | None,
    added_at: Iterable[datetime],
    asks: int,
) -> Iterator[Obstacle]:
    """
    Return why this request is not for granting together with others, beside what stands in the way of any grant.

    `judged_by` is who gave each verdict, `asks` who would grant. Nobody opens the dossier again here, so that all of it
    was seen by this person before: own verdicts, and no document after the last of them.

    Bron: feature 46; R-19.
    """
    for label in dict.fromkeys(signal.code.label for signal in warned):
        yield Obstacle("stands_out", f"{label}: bekijk deze aanvraag apart.", "criteria")
    if any(person != asks for person in judged_by):
        yield Obstacle("judged_by_another", "Een collega gaf een van de oordelen. Bekijk ze eerst zelf.", "criteria")
    if judged_at is not None and any(moment > judged_at for moment in added_at):
        yield Obstacle("added_after", "Er kwam een document bij na uw laatste oordeel.", "document")
