"""Sessions in the database that end by themselves: after a time without a click, and after a working day."""

import time
from typing import Any

from django.contrib.sessions.backends import db
from django.http import HttpRequest

from accounts.domain.actors import Actor
from accounts.domain.sessions import LIMITS

IDLE, ENDS = "idle_seconds", "ends_at"
AS_GOOD_AS_NOW = 15
"""Seconds after a click in which the next one isn't written down: who leafs through a document clicks often."""


class SessionStore(db.SessionStore):
    """
    A session that knows its own limits; the cookie still goes when the browser closes.

    A request that nobody clicked for (`is_clicked` is False) doesn't lengthen it.
    """

    is_clicked = True
    written_until = 0.0

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        if row is None:
            return {}
        self.written_until = row.expire_date.timestamp()
        found: dict[str, Any] = self.decode(row.session_data)
        return found

    def save(self, must_create: bool = False) -> None:
        if must_create or (self.is_clicked and (self.modified or not self._was_just_written())):
            super().save(must_create)

    def _was_just_written(self) -> bool:
        return self.written_until > time.time() + self.get_session_cookie_age() - AS_GOOD_AS_NOW

    @property
    def idle_seconds(self) -> int:
        """How long it lasts without a click."""
        return int(self.get(IDLE) or super().get_session_cookie_age())

    @property
    def promised_seconds(self) -> int:
        """How long a page may say that it lasts without a click: this click need not be written down."""
        return self.idle_seconds - AS_GOOD_AS_NOW

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
