"""Where someone has logged in, and how that ends."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import F

from accounts.models import User


def end_all(*, user_id: int) -> None:
    """
    End every session of this person with the next click, wherever it is.

    Each session holds a hash of the password and this number (`User._get_session_auth_hash`).
    """
    User.objects.filter(pk=user_id).update(session_round=F("session_round") + 1)


def forget_ended() -> None:
    """Take sessions that are no more off the lists of where people have logged in."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
