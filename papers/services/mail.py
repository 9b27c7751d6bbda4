"""Promise a mail: the row is written with whatever caused it, the worker sends it."""

import logging
from datetime import datetime

from django.db import transaction

from kit import bell, tenancy
from papers.domain.states import MailState
from papers.models import Mail

logger = logging.getLogger(__name__)


class NotAllowed(Exception):
    """The mail isn't in a state in which this can be said of it. The message is for people."""


@transaction.atomic
def queue(*, to: list[str], subject: str, body: str, key: str, now: datetime) -> None:
    """
    Queue one message. The key says what it is about, once: a second call with the same key does nothing.

    Nobody to write to is no error: an organisation may be without people for a while.
    """
    recipients = sorted({address.strip() for address in to if address.strip()})
    if not recipients:
        logger.warning("Geen ontvanger voor een e-mail.")
        return
    mail = Mail(to=recipients, subject=" ".join(subject.split())[:200], body=body, key=key, created_at=now)
    # No organisation reads mail or writes any but through here; so there is nothing to ask back of the row.
    with tenancy.as_system("mail"):
        Mail.objects.bulk_create([mail], ignore_conflicts=True)
    bell.ring("papers.tasks.send_mail")


@transaction.atomic
def accept_as_sent(*, mail_id: int, now: datetime) -> None:
    """
    Say of an uncertain mail that it did arrive (a person looked, or asked the one it was for).

    :raises NotAllowed: when it isn't uncertain
    """
    uncertain = Mail.objects.filter(pk=mail_id, state=MailState.UNCERTAIN.value)
    if not uncertain.update(state=MailState.SENT.value, sent_at=now, gave_up_at=None):
        raise NotAllowed("Deze e-mail is niet onzeker.")
