"""Ask for coulance: a draft with its claims and evidence, filed in whole. Bron: G-07."""

import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from authorizations.domain import coulance as rules
from authorizations.domain import references
from authorizations.domain.coulance import Claim, CoulanceStatus
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Limits
from authorizations.models import CoulanceClaim, CoulancePaper, CoulanceRequest
from authorizations.queries import coulance as found
from authorizations.services import lifecycle, notice_messages, notices, review
from kit import text
from papers.services import files, forgetting

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete
LIMITS = Limits()
DESK, OWN = "authorizations:review-coulance", "authorizations:coulance"


@dataclass(frozen=True)
class Paper:
    """A file to take in."""

    stream: BinaryIO
    name: str
    size: int | None


@dataclass(frozen=True)
class Change:
    """What is saved of a draft at once: its words, claims and papers to add, and those to take away."""

    ground: str
    explanation: str
    claims: Sequence[Claim] = ()
    papers: Sequence[Paper] = ()
    gone_claims: Collection[int] = field(default_factory=frozenset)
    gone_papers: Collection[int] = field(default_factory=frozenset)


def begin(*, insurer_id: int, creation_key: uuid.UUID, by: Actor, now: datetime) -> CoulanceRequest:
    """
    Begin a draft; the same key gives the same draft.

    :raises NotAllowed: for who doesn't file, and for a key that somebody else has used
    """
    notices.require_filer(by)
    if not accounts.insurers().filter(pk=insurer_id).exists():
        raise NotAllowed("Deze verzekeraar kennen wij niet.")
    begun = {
        "reference": references.coulance_reference(secrets.choice),
        "provider_id": by.organization_id,
        "insurer_id": insurer_id,
        "begun_by_id": by.user_id,
        "begun_at": now,
    }
    try:
        with transaction.atomic():
            return found.visible_to(by).get_or_create(creation_key=creation_key, defaults=begun)[0]
    except IntegrityError:
        raise NotAllowed("Deze pagina klopt niet meer. Open de pagina opnieuw.") from None


@transaction.atomic
def save(*, coulance_id: int, change: Change, by: Actor, now: datetime) -> CoulanceRequest:
    """
    Save a draft; all of it is kept, or nothing.

    :raises Incomplete: when a claim stands there already, there are too many, or a file is refused
    :raises NotAllowed: once it was filed, or for who doesn't file
    """
    coulance = _draft(coulance_id, by)
    coulance.ground = change.ground
    coulance.explanation = text.storable(change.explanation).strip()
    coulance.edited_at = now
    coulance.save(update_fields=["ground", "explanation", "edited_at"])
    _take_away(coulance, change)
    _add_claims(coulance, change.claims)
    _add_papers(coulance, change.papers, by=by, now=now)
    return coulance


@transaction.atomic
def submit(*, coulance_id: int, by: Actor, now: datetime) -> CoulanceRequest:
    """
    File it at the insurer.

    :raises Incomplete: naming everything that lacks
    :raises NotAllowed: when it was filed already, or for who doesn't file
    """
    coulance = _draft(coulance_id, by)
    if in_the_way := obstacles(coulance, now=now):
        raise Incomplete(in_the_way)
    coulance.status = CoulanceStatus.SUBMITTED.value
    coulance.filed_by_id, coulance.filed_at = by.user_id, now
    coulance.save(update_fields=["status", "filed_by", "filed_at"])
    notice_messages.tell_insurer(coulance, "coulance_filed", DESK, key="filed", now=now)
    return coulance


def obstacles(coulance: CoulanceRequest, *, now: datetime) -> list[Obstacle]:
    """Return everything that a draft lacks; `submit` refuses with the same."""
    claims = list(found.claims_of(coulance))
    papers = [(one.file.is_refused, one.file.is_waiting) for one in found.papers_of(coulance)]
    lacks = rules.obstacles_to_submit(
        ground=coulance.ground, explanation=coulance.explanation, claims=len(claims), papers=papers
    )
    today = timezone.localdate(now)
    not_handed_in = found.takes_not_handed_in(coulance.insurer_id, today=today)
    # The policy of the insurer may have changed since a claim was added.
    if not not_handed_in and any(claim.handed_in_on is None for claim in claims):
        message = "Deze verzekeraar neemt alleen declaraties die zijn ingediend. Haal de andere weg."
        lacks.append(Obstacle("not_handed_in", message, field="file"))
    return lacks


@transaction.atomic
def discard(*, coulance_id: int, by: Actor) -> None:
    """Throw a draft away with its papers. :raises NotAllowed: once it was filed"""
    coulance = _draft(coulance_id, by)
    gone = list(CoulancePaper.objects.filter(coulance=coulance).values_list("file_id", flat=True))
    CoulancePaper.objects.filter(coulance=coulance).delete()
    CoulanceClaim.objects.filter(coulance=coulance).delete()
    coulance.delete()
    forgetting.files(gone)


@transaction.atomic
def withdraw(*, coulance_id: int, by: Actor, now: datetime) -> CoulanceRequest:
    """Take it back before there is a decision. :raises NotAllowed: afterwards, or for who doesn't file"""
    coulance = moved(coulance_id, "withdraw", by)
    coulance.closed_by_id, coulance.closed_at = by.user_id, now
    coulance.save(update_fields=["status", "closed_by", "closed_at"])
    notice_messages.tell_insurer(coulance, "coulance_withdrawn", DESK, key="withdrawn", now=now)
    return coulance


def moved(coulance_id: int, name: str, by: Actor) -> CoulanceRequest:
    """Return the request, locked, after this step; not yet saved. :raises NotAllowed: when it can't be taken"""
    return notices.moved(found.visible_to(by), coulance_id, name, steps=rules.COULANCE_STEPS, by=by)


def _draft(coulance_id: int, by: Actor) -> CoulanceRequest:
    notices.require_filer(by)
    coulance: CoulanceRequest = found.visible_to(by).select_for_update(of=("self",)).get(pk=coulance_id)
    if not coulance.is_draft:
        raise NotAllowed("Dit coulanceverzoek is al ingediend. Het is niet meer te wijzigen.")
    return coulance


def _take_away(coulance: CoulanceRequest, change: Change) -> None:
    CoulanceClaim.objects.filter(coulance=coulance, pk__in=change.gone_claims).delete()
    papers = CoulancePaper.objects.filter(coulance=coulance, pk__in=change.gone_papers)
    gone = list(papers.values_list("file_id", flat=True))
    papers.delete()
    forgetting.files(gone)


def _add_claims(coulance: CoulanceRequest, claims: Sequence[Claim]) -> None:
    there = set(found.claims_of(coulance).values_list("number", flat=True))
    if twice := rules.twice([claim.number for claim in claims], there):
        message = f"Deze declaratie staat er al: {', '.join(twice[:5])}. Haal haar weg of kies een ander nummer."
        raise Incomplete([Obstacle("claim_twice", message, field="claims")])
    if len(there) + len(claims) > rules.MOST_CLAIMS:
        message = f"Er passen {rules.MOST_CLAIMS} declaraties in een verzoek. Maak er meer verzoeken van."
        raise Incomplete([Obstacle("too_many_claims", message, field="claims")])
    CoulanceClaim.objects.bulk_create(
        CoulanceClaim(
            coulance=coulance,
            number=claim.number,
            care=claim.care.value,
            opened_on=claim.opened_on,
            closed_on=claim.closed_on,
            handed_in_on=claim.handed_in_on,
            amount=claim.amount,
            code=claim.code,
        )
        for claim in claims
    )


def _add_papers(coulance: CoulanceRequest, papers: Sequence[Paper], *, by: Actor, now: datetime) -> None:
    there = CoulancePaper.objects.filter(coulance=coulance).count()
    if there + len(papers) > rules.MOST_PAPERS:
        message = f"Er passen {rules.MOST_PAPERS} stukken in een verzoek."
        raise Incomplete([Obstacle("too_many_files", message, field="papers")])
    refused = []
    for paper in papers:
        try:
            file = files.receive(
                stream=paper.stream, name=paper.name, size=paper.size, by_user_id=by.user_id, now=now,
                limit=LIMITS.file_megabytes * 1024 * 1024,
            )  # fmt: skip
        except files.Refused as refusal:
            refused.append(Obstacle("file_refused", str(refusal), field="papers"))
            continue
        CoulancePaper.objects.create(coulance=coulance, file_id=file.pk, added_by_id=by.user_id, added_at=now)
    if refused:
        raise Incomplete(refused)
