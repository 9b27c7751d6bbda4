"""What the clock starts for the house as a whole."""

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone

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
def clear_sessions() -> None:
    """Forget the sessions that have ended, and how often somebody asked for something before yesterday."""
    call_command("clearsessions")
    limits.forget(timezone.now())
