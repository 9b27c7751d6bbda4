"""What one app asks for and another does: here the two meet, for neither may know the other."""

from datetime import datetime
from typing import Any

from accounts.services import mail as asked
from papers.services import mail


def connect() -> None:
    """Connect each signal to who can do it."""
    asked.mail_wanted.connect(queue_mail, dispatch_uid="portal.queue_mail")


def queue_mail(*, to: list[str], subject: str, body: str, key: str, now: datetime, **_signal: Any) -> None:
    """Write down the mail that accounts asks for; the worker sends it."""
    mail.queue(to=to, subject=subject, body=body, key=key, now=now)
