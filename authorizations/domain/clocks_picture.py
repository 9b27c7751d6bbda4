"""The twin clocks as a drawing: a lane per party and one for the whole wait, in whole units. No colours here."""

from dataclasses import dataclass, field

from authorizations.domain.clocks import Clocks, told
from authorizations.domain.drawing import Bar
from authorizations.domain.lifecycle import Turn

WIDTH, HEIGHT = 480, 60


@dataclass(frozen=True)
class ClocksPicture:
    """Who was at turn when, lane by lane, and the same in words for who doesn't see it."""

    told: str
    insurer: list[Bar] = field(default_factory=list)
    provider: list[Bar] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT


def draw(clocks: Clocks) -> ClocksPicture:
    """
    Return the drawing: as wide as the patient's wait, each stretch in the lane of who was at turn.

    Bron: features.md, "What none of them has", 2; R-18.
    """
    picture = ClocksPicture(told(clocks))
    first = clocks.intervals[0].started_at
    # A request that was filed this very moment has no length yet.
    whole = max((clocks.ended_at - first).total_seconds(), 1)
    for one in clocks.intervals:
        x = round(WIDTH * (one.started_at - first).total_seconds() / whole)
        end = round(WIDTH * (one.ended_at - first).total_seconds() / whole)
        lane = picture.provider if one.turn is Turn.PROVIDER else picture.insurer
        lane.append(Bar(min(x, WIDTH - 2), max(end - x, 2)))
    return picture
