"""
Send the mail that was promised.

Between handing a mail over and hearing that it was taken there is a moment that nobody can close. Whoever dies in that
moment leaves the row `sending`; after the lease it becomes `uncertain`, for a person, and is never silently sent twice.

Bron: security.md section 6.3, item 5.
"""

import hashlib
import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from papers import queries
from papers.delivery.work import UNTROUBLED, failed
from papers.domain.states import MailState, WorkKind
from papers.domain.work import pause
from papers.models import Mail

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
TIMEOUT_SECONDS = 20
# The server said no: it has not taken the mail, so it may be offered again.
REFUSED_BY_SERVER = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)


class NotSent(Exception):
    """The mail surely didn't go; the cause says why."""


def send_next(*, now: datetime) -> bool:
    """Send the mail that waits longest; False when none waits."""
    mail = take(now=now)
    if mail is None:
        return False
    try:
        send(mail.pk, now=now)
    except NotSent as error:
        ready = {"state": MailState.READY.value, "next_attempt_at": now + pause(mail.attempts)}
        queries.mail_in(MailState.SENDING).filter(pk=mail.pk).update(**ready)
        failed(WorkKind.MAIL, mail.pk, error.__cause__ or error, now=now)
    except Exception as error:
        # Anything else, from a broken connection to a database that is away: nobody can tell whether it went.
        set_apart(mail.pk, why=type(error).__name__)
    return True


@transaction.atomic
def take(*, now: datetime) -> Mail | None:
    """Say that a mail is being sent, before anything is; what was left in that state too long is set apart."""
    due = queries.due(WorkKind.MAIL, now).select_for_update(skip_locked=True, no_key=True)
    for left in due.filter(state=MailState.SENDING.value):
        set_apart(left.pk, why="onderbroken")
    mail = due.filter(state=MailState.READY.value).first()
    if mail is None:
        return None
    mail.state, mail.attempts, mail.next_attempt_at = MailState.SENDING.value, mail.attempts + 1, now + LEASE
    mail.save(update_fields=["state", "attempts", "next_attempt_at"])
    return mail


@transaction.atomic
def send(mail_id: int, *, now: datetime) -> None:
    """
    Hand one mail over.

    :raises NotSent: when it surely didn't go; with any other error it may have gone
    """
    sending = queries.mail_in(MailState.SENDING).filter(pk=mail_id)
    # Not skip_locked: who looked for work at the moment that we took this row may hold it until it has looked on.
    mail = sending.select_for_update(no_key=True).first()
    if mail is None:
        return
    try:
        ready = message(mail)
        ready.message()  # put together once before anything goes out: a header that can't be is found here
        connection = get_connection(timeout=TIMEOUT_SECONDS)
        connection.open()
    except Exception as error:
        raise NotSent from error
    try:
        connection.send_messages([ready])
    except REFUSED_BY_SERVER as error:
        raise NotSent from error
    finally:
        connection.close()
    sending.update(state=MailState.SENT.value, sent_at=now, **UNTROUBLED)


def message(mail: Mail) -> EmailMessage:
    """Return the message; its Message-ID follows from the key, so that a mail server can tell a second copy."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip("<> ")
    headers = {
        "Message-ID": f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:40]}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(mail.subject, mail.body, sender, mail.to, headers=headers)


def set_apart(mail_id: int, *, why: str) -> None:
    """Nobody knows whether this mail went: a person decides."""
    queries.mail_in(MailState.SENDING).filter(pk=mail_id).update(
        state=MailState.UNCERTAIN.value, last_error=why[:200], next_attempt_at=None
    )
    logger.error("Onzeker of een e-mail verstuurd is: %s (%s)", mail_id, why)
