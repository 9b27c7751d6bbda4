"""
Mail about what is told beside any request: that something waits in the portal, never what.

The mail is a row of the same transaction; its key makes a second call harmless.
"""

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import queries as accounts
from accounts.domain.roles import Role
from papers.services import mail


class Person(Protocol):
    """Somebody who can be written to."""

    email: str
    is_active: bool


class Told(Protocol):
    """What both sides follow: who filed it, and who has it at the insurer."""

    pk: int
    provider_id: int
    insurer_id: int

    @property
    def filed_by(self) -> Person | None: ...
    @property
    def taken_by(self) -> Person | None: ...


def tell_provider(told: Told, what: str, page: str, *, key: str, now: datetime) -> None:
    """Mail who filed it, or the filing colleagues when that account is gone."""
    filer = told.filed_by
    everybody = accounts.emails_of(told.provider_id, Role.INDIENER, Role.BEHANDELAAR)
    _send([filer.email] if filer and filer.is_active else everybody, told, what, page, key=key, now=now)


def tell_insurer(told: Told, what: str, page: str, *, key: str, now: datetime) -> None:
    """Mail who has it; the coördinatoren when nobody took it yet, or the medewerkers where there is none."""
    taker = told.taken_by
    if taker and taker.is_active:
        to = [taker.email]
    else:
        to = accounts.emails_of(told.insurer_id, Role.COORDINATOR) or accounts.emails_of(
            told.insurer_id, Role.MEDEWERKER
        )
    _send(to, told, what, page, key=key, now=now)


def _send(to: list[str], told: Told, what: str, page: str, *, key: str, now: datetime) -> None:
    if not to:
        return
    link = settings.PORTAL_URL + reverse(page, args=[told.pk])
    written = render_to_string(f"authorizations/mail/{what}.txt", {"link": link, "now": now})
    subject, _, body = written.strip().partition("\n")
    mail.queue(to=to, subject=subject.strip(), body=body.strip() + "\n", key=f"{what}:{told.pk}:{key}", now=now)
