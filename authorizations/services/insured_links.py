"""
Give an insured a link to see how a request stands, end it, and show what it leads to.

Bron: R-36; features.md, "what none of them has" 13.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import insured_links as rules
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.insured_links import Stand
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest, InsuredLink
from authorizations.queries import insured_links as links
from authorizations.services.lifecycle import NotAllowed
from kit import tenancy

MAKERS = queries.STAFF_ROLES | queries.FILING_ROLES
SHOWING = "insured"
"""The part of the portal that may look up a link before anybody knows whose it is (portal/tenancy/registry.py)."""


@dataclass(frozen=True)
class Shown:
    """What a code leads to: the dossiers, for the log, and what its page says; None when it shows nothing."""

    references: tuple[str, ...] = ()
    stand: Stand | None = None
    link: InsuredLink | None = None


@transaction.atomic
def make(*, authorization_id: int, days: int, by: Actor, now: datetime) -> tuple[InsuredLink, str]:
    """
    Make a link and return it with its code, which is nowhere else; an earlier link of this request ends.

    :raises NotAllowed: for who may not, or for another number of days than there is to choose
    """
    authorization = _to_change(authorization_id, by)
    if days not in rules.DAYS:
        raise NotAllowed("Kies hoe lang de link werkt.")
    _end(authorization, by, now)
    code = rules.new_code(secrets.choice)
    link = InsuredLink.objects.create(
        authorization=authorization,
        organization_id=by.organization_id,
        code_hash=rules.hash_of(code),
        made_at=now,
        made_by_id=by.user_id,
        ends_on=rules.last_day(days, today=now.astimezone(AMSTERDAM).date()),
    )
    return link, code


@transaction.atomic
def revoke(*, authorization_id: int, by: Actor, now: datetime) -> None:
    """
    End the link of this request, whoever made it; none is fine.

    :raises NotAllowed: for who may not
    """
    _end(_to_change(authorization_id, by), by, now)


def look(*, typed: str, now: datetime) -> Shown:
    """
    Return what this code shows to whoever has it.

    The link is looked up as that part of the portal; its request as the organisation that made the link.
    """
    code = rules.read(typed)
    with tenancy.as_system(SHOWING):
        link = links.with_hash(rules.hash_of(code)) if code else None
    if link is None:
        return Shown()
    with tenancy.acting(tenancy.Context(link.organization_id)):
        filed = list(links.in_turn(link.authorization_id))
    references = tuple(one.reference for one in filed)
    today = now.astimezone(AMSTERDAM).date()
    if not filed or not rules.works(revoked=link.revoked_at is not None, ends_on=link.ends_on, today=today):
        return Shown(references)
    last = filed[-1]
    stand = rules.stand(
        received_on=filed[0].submitted_at.astimezone(AMSTERDAM).date(),
        status=Status(last.status),
        closed_on=last.closed_at.astimezone(AMSTERDAM).date() if last.closed_at else None,
    )
    return Shown(references, stand, link)


def _to_change(authorization_id: int, by: Actor) -> AuthorizationRequest:
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    if not by.roles & MAKERS or not links.linkable_by(by).filter(pk=authorization.pk).exists():
        raise NotAllowed("Een link maakt alleen wie bij de zorgaanbieder of de verzekeraar aan deze aanvraag werkt.")
    return authorization


def _end(authorization: AuthorizationRequest, by: Actor, now: datetime) -> None:
    InsuredLink.objects.filter(authorization=authorization, revoked_at=None).update(
        revoked_at=now, revoked_by_id=by.user_id
    )
