"""When to try again what failed."""

from datetime import timedelta

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
TRIES = 12


def pause(attempts: int) -> timedelta:
    """Return how long to wait after this many tries: doubling, up to an hour."""
    return min(FIRST_PAUSE * 2 ** (min(attempts, TRIES) - 1), LONGEST_PAUSE) if attempts > 0 else timedelta()


def is_stuck(attempts: int) -> bool:
    """Tell whether a person should look at it: it stays in the list until someone has."""
    return attempts >= TRIES
