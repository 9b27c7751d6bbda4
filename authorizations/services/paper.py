"""
Take in a request that came by post, and know who phones.

Staff of the insurer type a paper request over with the same steps, checklist and check as a zorgaanbieder; while they
do, the draft is the insurer's own. Once filed it is the zorgaanbieder's, with the day that it came in.

Bron: A-01, A-29, A-37; R-36.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from accounts.domain.actors import Actor
from accounts.services import providers
from authorizations import queries
from authorizations.domain import identifiers, references
from authorizations.domain import paper as rules
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.paper import AskedBy
from authorizations.domain.terms import DocumentKind, Kind
from authorizations.models import AuthorizationRequest, PolicyVersion
from authorizations.services import documents, drafts, lifecycle
from authorizations.services.prefill import Start
from authorizations.services.review import Incomplete
from kit.encrypted import fingerprint
from papers.services import files


@dataclass(frozen=True)
class Came:
    """What came by post: who asks, for which zorgaanbieder, when it came in, and the scan of it."""

    asked_by: AskedBy
    provider: Mapping[str, str]
    """AGB code, name and address; of an institution that the portal knows, only the code counts."""
    received_on: date | None
    stream: BinaryIO
    name: str
    size: int | None


@transaction.atomic
def register(
    *,
    came: Came,
    policy_version: PolicyVersion,
    kind: Kind,
    planned_start_on: date,
    contracted: bool,
    creation_key: uuid.UUID,
    by: Actor,
    now: datetime,
) -> AuthorizationRequest:
    """
    Begin the draft of a paper request, with its scan; the same key again gives the same draft.

    :raises Incomplete: naming what is wrong with the day, the zorgaanbieder or the scan
    :raises NotAllowed: for who isn't staff of this insurer, or when the policy isn't for this day or kind
    """
    if wrong := list(rules.obstacles(came.received_on, today=now.astimezone(AMSTERDAM).date())):
        raise Incomplete(wrong)
    try:
        provider = providers.ensure(**came.provider)
    except providers.NotAProvider as refusal:
        raise Incomplete([Obstacle("no_provider", str(refusal), field="provider_agb")]) from None
    if provider is None:
        message = "Deze AGB-code kennen wij nog niet. Vul ook de naam van de zorgaanbieder in."
        raise Incomplete([Obstacle("name_missing", message, field="provider_name")])
    begin = Start(kind)
    begin.set("plan", starts_on=planned_start_on.isoformat())
    reason = "De aanvraag kwam op papier." if contracted else ""
    begin.set("care", contracted=contracted, contract_reason=reason)
    draft = drafts.create(
        begin,
        by=by,
        policy_version=policy_version,
        creation_key=creation_key,
        now=now,
        received_on_paper=came.received_on,
        on_paper_by=came.asked_by.value,
        on_paper_for_id=provider.pk,
    )
    try:
        documents.add(
            authorization_id=draft.pk,
            stream=came.stream,
            name=came.name,
            size=came.size,
            kinds={DocumentKind.OVERIG},
            by=by,
            now=now,
        )
    except files.Refused as refusal:
        raise Incomplete([Obstacle("file_refused", str(refusal), field="scan")]) from None
    return draft


def who_phones(*, reference: str, bsn: str, birth_date: date, by: Actor, now: datetime) -> list[AuthorizationRequest]:
    """
    Return the requests of whom somebody on the telephone is said to be; none when the two facts don't fit together.

    With a number of a request: that one. With a BSN, found by its fingerprint: those of this insured. Which of the
    facts was wrong nobody is told. What was confirmed is written down with each request, for the insurer alone.

    Bron: A-01; R-24, R-36.
    """
    found = queries.visible_to(by).select_related("insured", "provider")
    if reference:
        found = found.filter(reference=references.normalise(reference))
    else:
        try:
            number = identifiers.bsn(bsn)
        except ValueError:
            return []
        found = found.filter(insured__bsn_hash=fingerprint(number, "bsn"))
    confirmed = [
        one
        for one in found.order_by("-submitted_at", "-id")[:20]
        if rules.is_confirmed(known=one.insured.birth_date, said=birth_date)
    ]
    for one in confirmed:
        lifecycle.record(one, "phoned", by=by, at=now, internal=True)
    return confirmed
