"""Tell people by mail what happened with a questionnaire; routed by the kind of provider where the insurer says so."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import queries as accounts
from accounts.domain.roles import Role
from contracting.models import Questionnaire
from contracting.queries import desks
from kit import tenancy
from papers.services import mail


def of_submission(made: Questionnaire, *, now: datetime) -> None:
    """Confirm to the provider for which year it counts, and bring it to whom it is for. Bron: A-26, A-27."""
    subject = f"Vragenlijst ontvangen voor contractjaar {made.for_year}"
    _send(made, to=accounts.emails_of(made.provider_id, Role.ORGANISATIEBEHEERDER), what="received", subject=subject,
          now=now)  # fmt: skip
    subject = f"Nieuwe vragenlijst voor contractjaar {made.for_year}"
    # The desk is the insurer's own business: who submits doesn't see it (portal/tenancy/registry.py).
    with tenancy.as_system("routing"):
        desk = desks.address_for(made.insurer_id, made.kind)
    to = [*accounts.emails_of(made.insurer_id, Role.BEHEERDER), *([desk] if desk else [])]
    _send(made, to=to, what="submitted", subject=subject, now=now)


def of_outcome(made: Questionnaire, *, now: datetime) -> None:
    """Tell the provider that the outcome is there; what it is stands on the page and in the letter."""
    to = accounts.emails_of(made.provider_id, Role.ORGANISATIEBEHEERDER)
    _send(made, to=to, what="decided", subject="Uw vragenlijst is beoordeeld", now=now)


def _send(made: Questionnaire, *, to: list[str], what: str, subject: str, now: datetime) -> None:
    link = reverse("contracting:questionnaire", args=[made.pk])
    context = {"made": made, "address": f"{settings.PORTAL_URL}{link}"}
    mail.queue(
        to=to,
        subject=subject,
        body=render_to_string(f"contracting/mail/{what}.txt", context),
        key=f"questionnaire-{made.pk}-{what}",
        now=now,
    )
