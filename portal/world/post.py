"""What came to the insurer of the demo by post: a request on paper, and a machtiging of another insurer."""

import uuid
from datetime import datetime, timedelta
from io import BytesIO

from django.utils import timezone

from authorizations import queries
from authorizations.domain.paper import AskedBy
from authorizations.domain.taken_over import Told
from authorizations.domain.terms import DocumentKind, Indication
from authorizations.services import intake, paper, taken_over
from portal.world import people, pieces, walk


def tell(now: datetime) -> None:
    """Tell of a paper request that waits at the desk, and of a machtiging that a patient took along."""
    _on_paper(now)
    _taken_over(now)


def _on_paper(now: datetime) -> None:
    balie, today = people.actor("balie@zk.example"), timezone.localdate(now)
    content = walk.application(today=today, person=5)
    assert content.plan.starts_on  # noqa: S101
    version = queries.policy_version_on(walk.ZK, content.plan.starts_on)
    assert version  # noqa: S101
    scan = pieces.piece(DocumentKind.BEHANDELPLAN, today)
    draft = paper.register(
        came=paper.Came(
            asked_by=AskedBy.PROVIDER,
            provider={
                "agb_code": "22009901",
                "name": "Revalidatiepraktijk De Berk",
                "street": "Voorbeeldlaan 3",
                "postcode": "1234 AB",
                "city": "Voorbeeldstad",
            },
            received_on=today - timedelta(days=4),
            stream=BytesIO(scan),
            name="aanvraag op papier.pdf",
            size=len(scan),
        ),
        policy_version=version,
        kind=content.kind,
        planned_start_on=content.plan.starts_on,
        contracted=False,
        creation_key=uuid.uuid4(),
        by=balie,
        now=now,
    )
    draft = walk.fill(draft, content, by=balie, now=now)
    walk.add_documents(draft, by=balie, now=now)
    draft.refresh_from_db()
    intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=balie, now=now)


def _taken_over(now: datetime) -> None:
    sanne, today, insured = people.actor("sanne@esdoorn.example"), timezone.localdate(now), walk.insured(1)
    version = queries.policy_version_on(walk.ZK, today)
    assert version and insured.birth_date  # noqa: S101
    letter = pieces.piece(DocumentKind.BRIEVEN_EERSTE_LIJN, today - timedelta(days=50))
    taken_over.register(
        provider_id=sanne.organization_id,
        policy_version=version,
        told=Told(
            number="2026AZ0077",
            from_insurer="Verzonnen Zorgverzekeraar",
            from_uzovi="",
            bsn=insured.bsn,
            birth_date=insured.birth_date,
            starts_on=today - timedelta(days=45),
            ends_on=today + timedelta(days=75),
        ),
        initials=insured.initials,
        surname=insured.surname,
        indication=Indication.CHRONIC_PAIN,
        evidence=taken_over.Evidence(BytesIO(letter), "machtiging.pdf", len(letter)),
        by=sanne,
        now=now,
    )
