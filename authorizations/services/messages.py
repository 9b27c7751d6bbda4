"""
Tell people by mail that something happened, with a link and never with medical content.

The mail is a row of the same transaction; the worker sends it. Its key makes a second call harmless.
"""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import OrganizationKind, Role
from authorizations.models import AuthorizationRequest, Decision, Document, Heroverweging
from papers.services import mail


def tell_provider(authorization: AuthorizationRequest, what: str, *, key: str, now: datetime, **context: Any) -> None:
    """Mail who filed the request, or the filing colleagues when that account is gone. `what` names the template."""
    filer = authorization.submitted_by
    to = (
        [filer.email]
        if filer and filer.is_active and not authorization.received_on_paper
        else accounts.emails_of(authorization.provider_id, Role.INDIENER, Role.BEHANDELAAR)
    )
    link = reverse("authorizations:request-detail", args=[authorization.reference])
    _send(
        to,
        what,
        key=f"{what}:{authorization.reference}:{key}",
        link=link,
        now=now,
        authorization=authorization,
        **context,
    )


def tell_who_added(document: Document, what: str, *, now: datetime) -> None:
    """Mail who added this document, or the filing colleagues when that account is gone."""
    authorization, person = document.authorization, document.added_by
    filers = accounts.emails_of(authorization.provider_id, Role.INDIENER, Role.BEHANDELAAR)
    link = reverse("authorizations:request-detail", args=[authorization.reference])
    _send(
        [person.email] if person.is_active else filers,
        what,
        key=f"{what}:{authorization.reference}:{document.pk}",
        link=link,
        now=now,
        authorization=authorization,
    )


def tell_advisor(authorization: AuthorizationRequest, what: str, *, key: str, now: datetime, **context: Any) -> None:
    """Mail the assigned advisor; the coordinators when nobody took the request yet."""
    advisor = authorization.assigned_to
    if advisor and advisor.is_active:
        to = [advisor.email]
    else:
        to = accounts.emails_of(authorization.insurer_id, Role.COORDINATOR)
    _tell_insurer(authorization, to, what, key=key, now=now, **context)


def tell_of_division(advisor_id: int, *, key: str, now: datetime) -> None:
    """Mail this advisor that there are requests on the desk: one mail for all that were moved together."""
    link = f"{reverse('authorizations:review-queue')}?weergave=mijn"
    to = [accounts.user(advisor_id).email]
    _send(to, "assigned_many", key=f"assigned_many:{advisor_id}:{key}", link=link, now=now)


def tell_of_returned(insurer_id: int, number: int, *, key: str, now: datetime) -> None:
    """Mail the coordinators how many requests came back from who isn't there, or else the medisch adviseurs."""
    to = accounts.emails_of(insurer_id, Role.COORDINATOR) or accounts.emails_of(insurer_id, Role.MEDISCH_ADVISEUR)
    link = f"{reverse('authorizations:review-queue')}?weergave=niemand"
    _send(to, "come_back", key=f"come_back:{insurer_id}:{key}", link=link, now=now, number=number)


def tell_coordinators(
    authorization: AuthorizationRequest, what: str, *, key: str, now: datetime, **context: Any
) -> None:
    """Mail the coordinators of the insurer."""
    to = accounts.emails_of(authorization.insurer_id, Role.COORDINATOR)
    _tell_insurer(authorization, to, what, key=f"{key}:coordinator", now=now, **context)


def tell_second_advisors(authorization: AuthorizationRequest, *, by: Actor, key: str, now: datetime) -> None:
    """Mail the other medisch adviseurs that a second one is wanted."""
    to = accounts.emails_of(authorization.insurer_id, Role.MEDISCH_ADVISEUR)
    others = [address for address in to if address != by.email]
    _tell_insurer(authorization, others, "second_review", key=key, now=now)


def tell_proposer(decision: Decision, what: str, *, key: str, now: datetime) -> None:
    """Mail the medisch adviseur who proposed this decision."""
    _tell_insurer(decision.authorization, [decision.proposed_by.email], what, key=key, now=now)


def tell_third(authorization: AuthorizationRequest, advisor_id: int, *, key: str, now: datetime) -> None:
    """Mail the medisch adviseur who was named to decide where two differ."""
    _tell_insurer(authorization, [accounts.user(advisor_id).email], "third_named", key=key, now=now)


def tell_of_heroverweging(heroverweging: Heroverweging, what: str, *, key: str, now: datetime) -> None:
    """Mail the advisor who has this heroverweging; the coordinators when nobody took it yet."""
    authorization, advisor = heroverweging.authorization, heroverweging.assigned_to
    is_there = advisor is not None and advisor.is_active
    to = [advisor.email] if advisor and is_there else accounts.emails_of(authorization.insurer_id, Role.COORDINATOR)
    link = reverse("authorizations:review-heroverweging", args=[authorization.reference])
    key = f"{what}:{authorization.reference}:{key}"
    _send(to, what, key=key, link=link, now=now, authorization=authorization)


def tell_of_subtrajects(organization_id: int, what: str, days: dict[date, int], *, key: str, now: datetime) -> None:
    """
    Mail those who work on it how many subtrajecten close on which day ("near"), or did so in the night ("closed").

    One mail for all of an organisation, and no number of anybody's.
    """
    provider = accounts.organization(organization_id).kind == OrganizationKind.PROVIDER
    roles = (Role.INDIENER, Role.BEHANDELAAR) if provider else (Role.MEDISCH_ADVISEUR, Role.COORDINATOR)
    _send(
        accounts.emails_of(organization_id, *roles),
        f"subtrajects_{what}",
        key=f"subtrajects_{what}:{organization_id}:{key}",
        link=reverse("authorizations:trajects" if what == "closed" else "authorizations:trajects-near"),
        now=now,
        days=sorted(days.items()),
        total=sum(days.values()),
    )


def _tell_insurer(
    authorization: AuthorizationRequest, to: list[str], what: str, *, key: str, now: datetime, **context: Any
) -> None:
    link = reverse("authorizations:review-detail", args=[authorization.reference])
    _send(
        to,
        what,
        key=f"{what}:{authorization.reference}:{key}",
        link=link,
        now=now,
        authorization=authorization,
        **context,
    )


def _send(to: list[str], what: str, *, key: str, link: str, now: datetime, **context: Any) -> None:
    if not to:
        return
    text = render_to_string(
        f"authorizations/mail/{what}.txt", {"link": settings.PORTAL_URL + link, "now": now, **context}
    )
    subject, _, body = text.strip().partition("\n")
    mail.queue(to=to, subject=subject.strip(), body=body.strip() + "\n", key=key, now=now)
