"""
Decide on a coulanceverzoek, with a letter. A person does, and never a rule.

Bron: G-07; R-19 (nobody decides on a request of an institution worked for).
"""

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations.domain import coulance as rules
from authorizations.domain import words
from authorizations.domain.contact import ContactSubject, in_letter
from authorizations.domain.coulance import CoulanceOutcome, Verdict
from authorizations.domain.obstacles import Obstacle
from authorizations.models import CoulanceClaim, CoulanceRequest
from authorizations.queries import contacts
from authorizations.queries import coulance as found
from authorizations.services import coulance as asking
from authorizations.services import notice_messages
from papers.services import letters as papers

NotAllowed = asking.NotAllowed
Incomplete = asking.Incomplete
TEMPLATE = "authorizations/letters/coulance.html"
LETTER = "coulance"


@transaction.atomic
def take(*, coulance_id: int, by: Actor, now: datetime) -> CoulanceRequest:
    """Take it up. :raises NotAllowed: when somebody was sooner, or it is of an institution worked for"""
    coulance = asking.moved(coulance_id, "take", by)
    _require_stranger(coulance, by)
    coulance.taken_by_id, coulance.taken_at = by.user_id, now
    coulance.save(update_fields=["status", "taken_by", "taken_at"])
    return coulance


@transaction.atomic
def release(*, coulance_id: int, by: Actor, now: datetime) -> CoulanceRequest:
    """Put it back, for a colleague. :raises NotAllowed: when it isn't with this person"""
    coulance = asking.moved(coulance_id, "release", by)
    _require_own(coulance, by)
    coulance.taken_by_id = coulance.taken_at = None
    coulance.save(update_fields=["status", "taken_by", "taken_at"])
    return coulance


@transaction.atomic
def decide(*, coulance_id: int, verdict: Verdict, by: Actor, now: datetime) -> CoulanceRequest:
    """
    Grant coulance for all claims, for some of them, or deny it; the provider gets a letter and mail that it is there.

    :raises Incomplete: naming everything that the decision lacks
    :raises NotAllowed: when it isn't with this person, or was decided already
    """
    name = rules.STEP_OF.get(verdict.outcome or CoulanceOutcome.DENIED, "deny")
    coulance = asking.moved(coulance_id, name, by)
    _require_own(coulance, by)
    _require_stranger(coulance, by)
    claims = list(found.claims_of(coulance))
    if in_the_way := obstacles(verdict, claims):
        raise Incomplete(in_the_way)
    granted = rules.granted_of(verdict, [claim.pk for claim in claims])
    for claim in claims:
        claim.granted = claim.pk in granted
    CoulanceClaim.objects.bulk_update(claims, ["granted"])
    coulance.motivation = verdict.motivation.strip()
    coulance.next_step = "" if verdict.outcome is CoulanceOutcome.GRANTED else verdict.next_step.strip()
    coulance.closed_by_id, coulance.closed_at = by.user_id, now
    coulance.letter_id = _letter(coulance, claims, by=by, now=now)
    coulance.save(update_fields=["status", "motivation", "next_step", "closed_by", "closed_at", "letter"])
    notice_messages.tell_provider(coulance, "coulance_decided", asking.OWN, key="decided", now=now)
    return coulance


def obstacles(verdict: Verdict, claims: list[CoulanceClaim]) -> list[Obstacle]:
    """Return what this decision lacks; `decide` refuses with the same."""
    return rules.obstacles_to_decide(verdict, [claim.pk for claim in claims])


def _require_own(coulance: CoulanceRequest, by: Actor) -> None:
    if coulance.taken_by_id != by.user_id and not by.has(Role.COORDINATOR):
        raise NotAllowed("Een collega heeft dit verzoek opgepakt. Alleen die collega of een coördinator kan dit doen.")


def _require_stranger(coulance: CoulanceRequest, by: Actor) -> None:
    if coulance.provider_id in by.works_for:
        raise NotAllowed("U werkt ook bij deze zorgaanbieder. Een collega moet dit verzoek beoordelen.")


def _letter(coulance: CoulanceRequest, claims: list[CoulanceClaim], *, by: Actor, now: datetime) -> int:
    today, provider = timezone.localdate(now), coulance.provider
    known = (contact for _, contact in contacts.on(today, insurer_id=coulance.insurer_id))
    context = {
        "insurer_name": coulance.insurer.name,
        "address": [provider.name, provider.street, f"{provider.postcode}  {provider.city}".strip()],
        "marks": [("Datum", words.day(today)), ("Kenmerk", coulance.reference), ("AGB-code", provider.agb_code)],
        "contact": in_letter(known, ContactSubject.CLAIM, ContactSubject.REQUEST),
        "coulance": coulance,
        "granted": [(claim, words.euros(claim.amount)) for claim in claims if claim.granted],
        "refused": [(claim, words.euros(claim.amount)) for claim in claims if not claim.granted],
        "decided_by": by.name,
    }
    html = render_to_string(TEMPLATE, context)
    title = f"Besluit over uw coulanceverzoek {coulance.reference}"
    return papers.create(kind=LETTER, title=title, html=html, now=now).pk
