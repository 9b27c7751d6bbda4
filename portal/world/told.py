"""What providers of the demo told insurers beside their requests: omzetplafonds and coulanceverzoeken."""

import io
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from weasyprint import CSS, HTML

from accounts.domain.actors import Actor
from authorizations.domain.coulance import CareKind, Claim, CoulanceGround, CoulanceOutcome, Verdict
from authorizations.domain.notices import Ceiling
from authorizations.models import CoulanceRequest
from authorizations.services import coulance, coulance_decisions, notices
from portal.world import people
from portal.world.pieces import STYLE

STORM = "Door een storm viel de stroom uit. De server met onze declaraties was 3 weken niet te gebruiken."
REPORT = """<html lang="nl"><title>Bericht over de storing</title><header><strong>Netbeheer Voorbeeld</strong></header>
<h1>Bericht over de storing</h1><p>Er was in uw pand 3 weken geen stroom. De oorzaak was een storm.</p></html>"""


def tell(now: datetime) -> None:
    """Tell of an omzetplafond that waits, one that was answered, and two coulanceverzoeken."""
    sanne, duin, team, desk = (
        people.actor(who)
        for who in ("sanne@esdoorn.example", "duin@duin.example", "team@zk.example", "balie@zk.example")
    )
    today, insurer_id = timezone.localdate(now), team.organization_id
    nearly = Ceiling(
        today.year, Decimal(1_250_000), Decimal(1_140_000), today + timedelta(days=24), "Graag overleg over de rest."
    )
    notices.tell(insurer_id=insurer_id, told=nearly, by=sanne, now=now - timedelta(days=2))
    reached_on = today - timedelta(days=9)
    reached = Ceiling(reached_on.year, Decimal(480_000), Decimal("481250.75"), reached_on)
    told = notices.tell(insurer_id=insurer_id, told=reached, by=duin, now=now - timedelta(days=8))
    notices.take(notice_id=told.pk, by=desk, now=now - timedelta(days=7))
    words = "Wij zien uw melding. Onze zorginkoper belt u deze week over nieuwe patiënten."
    notices.answer(notice_id=told.pk, words=words, by=desk, now=now - timedelta(days=6))

    _asked(sanne, insurer_id, today, "D-2041", "D-2042", now=now - timedelta(days=1))
    decided = _asked(duin, insurer_id, today, "F-88013", "F-88020", now=now - timedelta(days=12))
    coulance_decisions.take(coulance_id=decided.pk, by=desk, now=now - timedelta(days=10))
    first = decided.claims.order_by("id")[0].pk
    verdict = Verdict(
        CoulanceOutcome.PARTLY_GRANTED,
        "De eerste declaratie viel in de weken zonder stroom. De tweede was toen al te laat.",
        "Stuur een stuk waaruit blijkt waarom ook de tweede declaratie niet eerder kon.",
        frozenset({first}),
    )
    coulance_decisions.decide(coulance_id=decided.pk, verdict=verdict, by=desk, now=now - timedelta(days=9))


def _asked(by: Actor, insurer_id: int, today: date, *numbers: str, now: datetime) -> CoulanceRequest:
    begun = coulance.begin(insurer_id=insurer_id, creation_key=uuid.uuid4(), by=by, now=now)
    paper: bytes = HTML(string=REPORT).write_pdf(stylesheets=[CSS(string=STYLE)])
    opened, closed = today - timedelta(days=600), today - timedelta(days=240)
    claims = [
        Claim(number, CareKind.GGZ, opened, closed, handed_in, Decimal("1840.25"), "01")
        for number, handed_in in zip(numbers, (today - timedelta(days=20), None), strict=True)
    ]
    papers = [coulance.Paper(io.BytesIO(paper), "bericht-storing.pdf", len(paper))]
    change = coulance.Change(CoulanceGround.OVERMACHT.value, STORM, claims, papers)
    coulance.save(coulance_id=begun.pk, change=change, by=by, now=now)
    return coulance.submit(coulance_id=begun.pk, by=by, now=now)
