"""Why something isn't possible yet: said by a rule, shown above the button, and the reason a service refuses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way: a code for programs, words for people, and where to mend it."""

    code: str
    message: str
    step: str = ""
    field: str = ""
    row: int | None = None
