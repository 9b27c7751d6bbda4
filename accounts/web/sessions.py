"""Sessions in the database that end by themselves: after a time without a click, and after a working day."""

import time

from django.contrib.sessions.backends import db
from django.http import HttpRequest

from accounts.domain.actors import Actor
from accounts.domain.sessions import LIMITS

IDLE, ENDS = "idle_seconds", "ends_at"


class SessionStore(db.SessionStore):
    """
    A session that knows its own limits; the cookie still goes when the browser closes.

    A request that nobody clicked for (`is_clicked` is False) doesn't lengthen it.
    """

    is_clicked = True

    def save(self, must_create: bool = False) -> None:
        if self.is_clicked or must_create:
            super().save(must_create)

    @property
    def idle_seconds(self) -> int:
        """How long it lasts without a click."""
        return int(self.get(IDLE) or super().get_session_cookie_age())

    @property
    def seconds_left(self) -> int:
        """How long it lasts at most, whatever is clicked."""
        ends = self.get(ENDS)
        return self.idle_seconds if ends is None else max(0, int(ends - time.time()))

    def get_session_cookie_age(self) -> int:
        return min(self.idle_seconds, self.seconds_left)


def limit(request: HttpRequest, actor: Actor, began_at: float, now: float) -> bool:
    """Hold a session to the limits of this person's side; say whether it still lasts."""
    limits = LIMITS[actor.organization_kind]
    wanted = {IDLE: int(limits.idle.total_seconds()), ENDS: began_at + limits.whole.total_seconds()}
    if any(request.session.get(key) != value for key, value in wanted.items()):
        request.session.update(wanted)
    return now < wanted[ENDS]
