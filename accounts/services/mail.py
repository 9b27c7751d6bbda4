"""
Mail that this app asks for. It stands below the app that sends mail, so the roof of the house carries the wish there.
"""

from datetime import datetime

from django.dispatch import Signal

mail_wanted = Signal()
"""Sent inside the transaction with to, subject, body, key and now; the receiver writes the row of the mail."""


class NobodyListens(RuntimeError):
    """Raised when no receiver writes the mail down: then the mail would be lost without a word."""


def ask(*, to: list[str], subject: str, body: str, key: str, now: datetime) -> None:
    """
    Ask for a mail; a second call with the same key does nothing.

    :raises NobodyListens: when the portal has not connected a receiver
    """
    if not mail_wanted.send(sender=None, to=to, subject=subject, body=body, key=key, now=now):
        raise NobodyListens(
            "Niemand ontvangt accounts.services.mail.mail_wanted: verbind een ontvanger (portal/receivers.py)."
        )
