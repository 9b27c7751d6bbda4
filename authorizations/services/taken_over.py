"""
Register a machtiging that another insurer gave, remove one that was registered wrongly, and let it count as a title.

Bron: Zvw art. 14 lid 5 (the new insurer respects it for its period and asks for no other).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import identifiers, words
from authorizations.domain import taken_over as rules
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.taken_over import Told
from authorizations.domain.terms import Indication
from authorizations.models import PolicyVersion, TakenOver, TrajectInsured, Zorgtraject
from authorizations.queries import titles
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.review import Incomplete
from kit import refusals, text
from papers.services import files

REGISTERERS = queries.STAFF_ROLES | queries.FILING_ROLES


@dataclass(frozen=True)
class Evidence:
    """The file that proves it, as it came in."""

    stream: BinaryIO
    name: str
    size: int | None


def register(
    *,
    provider_id: int,
    policy_version: PolicyVersion,
    told: Told,
    initials: str,
    surname: str,
    indication: Indication,
    evidence: Evidence,
    by: Actor,
    now: datetime,
) -> TakenOver:
    """
    Write down a machtiging of another insurer, with its evidence; all of it is kept, or nothing.

    :raises Incomplete: naming everything that is wrong, also a file that is no good
    :raises NotAllowed: for who may not, or when it is there already
    """
    _require_who_may(by, provider_id=provider_id, insurer_id=policy_version.insurer_id)
    policy = queries.policy(policy_version)
    told = replace(told, from_insurer=text.storable(told.from_insurer).strip())
    if wrong := rules.obstacles(told, own_insurer=policy.insurer.name, today=now.astimezone(AMSTERDAM).date()):
        raise Incomplete(wrong)
    insurer_id, starts_on, ends_on = policy_version.insurer_id, told.starts_on, told.ends_on
    assert insurer_id and starts_on and ends_on  # noqa: S101 (the rule saw to it, and who may)
    try:
        with transaction.atomic():
            try:
                file = files.receive(
                    stream=evidence.stream,
                    name=evidence.name,
                    size=evidence.size,
                    by_user_id=by.user_id,
                    now=now,
                    limit=policy.limits.file_megabytes * 1024 * 1024,
                )
            except files.Refused as refusal:
                raise Incomplete([Obstacle("file_refused", str(refusal), field="evidence")]) from None
            return TakenOver.objects.create(
                provider_id=provider_id,
                insurer_id=insurer_id,
                policy_version=policy_version,
                number=rules.number(told.number),
                from_insurer=told.from_insurer,
                from_uzovi=told.from_uzovi and identifiers.uzovi(told.from_uzovi),
                starts_on=starts_on,
                ends_on=ends_on,
                indication=indication.value,
                declaratie_code=told.declaratie_code and identifiers.declaratiecode(told.declaratie_code),
                bsn=identifiers.bsn(told.bsn),
                birth_date=told.birth_date,
                initials=text.storable(initials).strip(),
                surname=text.storable(surname).strip(),
                evidence_id=file.pk,
                registered_by_id=by.user_id,
                registered_at=now,
            )
    except IntegrityError as error:
        raise NotAllowed(refusals.said(error, TakenOver)) from None


@transaction.atomic
def remove(*, title_id: int, reason: str, by: Actor, now: datetime) -> None:
    """
    Take away one that was registered wrongly; it stays to be seen in the database, and counts no more from now on.

    :raises NotAllowed: for who may not, without a reason, twice, or while a declared subtraject falls under it
    """
    title = titles.visible_to(by).select_for_update(of=("self",)).filter(pk=title_id).first()
    if title is None:
        raise NotAllowed("Deze machtiging is er niet.")
    _require_who_may(by, provider_id=title.provider_id, insurer_id=title.insurer_id)
    reason = text.storable(reason).strip()
    if title.removed_at:
        raise NotAllowed("Deze machtiging is al verwijderd.")
    if not reason:
        raise NotAllowed("Leg uit waarom u deze machtiging verwijdert.")
    if title.subtrajects.exists():
        raise NotAllowed("Onder deze machtiging valt een subtraject. Koppel dat subtraject eerst los.")
    title.removed_by_id, title.removed_at, title.removed_because = by.user_id, now, reason
    title.save(update_fields=["removed_by", "removed_at", "removed_because"])


def require_that_it_fits(title: TakenOver, traject: Zorgtraject, insured: TrajectInsured, opened_on: date) -> None:
    """
    Let a subtraject fall under it only when it is for this patient, institution, insurer, indication and day.

    :raises NotAllowed: saying what differs
    """
    if title.removed_at:
        raise NotAllowed("Deze machtiging is verwijderd. Controleer het nummer van de machtiging.")
    if (title.provider_id, title.insurer_id) != (traject.provider_id, traject.insurer_id):
        raise NotAllowed("Deze machtiging is van een andere verzekeraar of zorgaanbieder. Controleer welke.")
    if title.indication != traject.indication:
        granted_for = title.get_indication_display().lower()
        raise NotAllowed(f"Deze machtiging is voor een andere indicatie: {granted_for}. Controleer welke klopt.")
    if title.bsn_hash != insured.bsn_hash:
        raise NotAllowed("Deze machtiging is van een andere patiënt. Controleer het nummer van de machtiging.")
    if not rules.holds_on(title.starts_on, title.ends_on, opened_on):
        holds = f"Deze machtiging geldt van {words.day(title.starts_on)} tot en met {words.day(title.ends_on)}."
        raise NotAllowed(f"{holds} Het subtraject opent op een andere dag: {words.day(opened_on)}.")


def _require_who_may(by: Actor, *, provider_id: int, insurer_id: int | None) -> None:
    own = provider_id if by.is_provider else insurer_id
    if own != by.organization_id or not by.roles & REGISTERERS:
        raise NotAllowed(
            "Alleen wie aanvraagt bij de zorgaanbieder of werkt bij de verzekeraar legt een machtiging vast."
        )
