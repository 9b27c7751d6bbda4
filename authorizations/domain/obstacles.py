"""Why something isn't possible yet, as every app of this house says it."""

from kit.obstacles import Obstacle

__all__ = ["Obstacle"]
