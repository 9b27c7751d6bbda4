"""Why something isn't possible yet: said by a rule, shown on the page, and the reason a service refuses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way: a code for programs, words for people, and the field to mend it in."""

    code: str
    message: str
    field: str = ""
