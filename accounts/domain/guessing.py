"""How often somebody may be wrong about a password, and how long it then rests."""

from datetime import timedelta

MINUTES_PER_TIER = ((10, timedelta(minutes=30)), (5, timedelta(minutes=5)))
EACH = 5
FORGOTTEN = timedelta(hours=24)
"""After a day without a mistake the count begins anew."""
SPRAYED, SPRAYING = 40, timedelta(minutes=10)
"""So many accounts tried from one address within this time: somebody goes round the doors."""
STRANGE, STRANGELY = 100, timedelta(hours=1)
"""So many mistakes on one account from unknown devices: then only devices that were inside before go on."""


def rests_for(wrong: int) -> timedelta | None:
    """
    Return how long it rests after so many mistakes; None when it goes on.

    Bron: security.md section 4.3: 5 wrong 5 minutes, 10 wrong 30 minutes, and every 5 after that.
    """
    if wrong % EACH:
        return None
    return next((rest for count, rest in MINUTES_PER_TIER if wrong >= count), None)
