"""What the clock starts for the house as a whole."""

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.services import guessing, sessions
from audit.services import sealing
from papers import queries
from papers.services import mail
from portal import health, limits


@shared_task
def heartbeat() -> None:
    """Show that the clock rings and the worker hears it."""
    health.beat(timezone.now())


@shared_task
def daily_failures() -> None:
    """Mail whoever keeps the portal running what is stuck; on a day without failures there is no mail."""
    now = timezone.now()
    stuck = queries.stuck_work()
    if not stuck:
        return
    body = render_to_string("portal/mail/failures.txt", {"stuck": stuck, "address": settings.PORTAL_URL})
    mail.queue(
        to=[settings.OPERATIONS_EMAIL],
        subject=f"Machtigingsportaal: {len(stuck)} vastgelopen",
        body=body,
        key=f"failures-{timezone.localdate(now)}",
        now=now,
    )


@shared_task
def daily_anchor() -> None:
    """Mail the newest seal on the log: kept there, it shows later whether somebody cut off the tail."""
    head = sealing.head()
    if head is None:
        return
    now = timezone.now()
    mail.queue(
        to=[settings.OPERATIONS_EMAIL],
        subject=f"Machtigingsportaal: zegel {head.number} van het logboek",
        body=render_to_string("portal/mail/anchor.txt", {"anchor": head.anchor, "last_id": head.last_id}),
        key=f"anchor-{timezone.localdate(now)}",
        now=now,
    )


@shared_task
def clear_sessions() -> None:
    """Forget the sessions that have ended, wrong passwords of long ago, and what was asked before yesterday."""
    call_command("clearsessions")
    sessions.forget_ended()
    guessing.forget_old(now=timezone.now())
    limits.forget(timezone.now())
