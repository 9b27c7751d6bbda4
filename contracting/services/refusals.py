"""How a service says no."""

from collections.abc import Sequence

from kit.obstacles import Obstacle


class NotAllowed(Exception):
    """This can't be done (now); the text says why, in words for people."""


class Incomplete(NotAllowed):
    """Something lacks or is wrong: all of it is named."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(" ".join(obstacle.message for obstacle in obstacles))
        self.obstacles = list(obstacles)
