"""The pages of one long document over HTTP: asked for before anybody made them, and once they are there."""

import random
import time
from io import BytesIO

import weasyprint
from django.utils import timezone

from accounts import queries as accounts
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest
from authorizations.services import documents
from bench import table
from bench.house import House
from papers.models import File, PageImage
from portal.world.people import PASSWORD
from tests.chaos.browser import Browser

READER, FILER = "noor@zk.example", "jansen@esdoorn.example"
PAGES = 100
FIRST, AFTER = 0.2, 0.02
"""What a page of a document may take, in seconds, nineteen of twenty times."""
LEAFING = 0.3
"""So many seconds someone at least looks at a page before asking for the next one."""
WORDS = ("behandeling", "pijn", "revalidatie", "verslag", "psycholoog", "oefening", "doel", "onderzoek", "advies")


def measure(house: House, *, quick: bool) -> None:
    """Ask for pages that nobody made, one after another, and then for pages that are there."""
    number, rounds = (20, 60) if quick else (PAGES, 400)
    reference, document_id, file_id = long_document()
    page = f"/aanvragen/{reference}/documenten/{document_id}/pagina/{{}}.webp"
    case = f"/beoordelen/{reference}/?doc=1&p={{}}"
    with house.web():
        browser = Browser(house.address, READER, PASSWORD)
        browser.log_in()
        browser.get("/beoordelen/")
        order = random.Random(7).sample(range(1, PAGES + 1), number)
        first = [_timed(browser, page.format(one), after=LEAFING) for one in order]
        after = [_timed(browser, page.format(order[turn % number])) for turn in range(rounds)]
        whole = [_timed(browser, case.format(order[turn % number])) for turn in range(rounds // 4)]
    made = PageImage.objects.filter(file_id=file_id).count()
    assert made == number, f"{made} bladzijden getekend"
    rows = [
        ("afbeelding van een bladzijde, de eerste keer", *_row(first), _slow(first, FIRST)),
        ("afbeelding van een bladzijde, daarna", *_row(after), _slow(after, AFTER)),
        ("de bladzijde van de beoordelaar eromheen", *_row(whole), _slow(whole, 0.3)),
    ]
    table.show(f"Een pdf van {PAGES} bladzijden, over HTTP (ms)", ("", "keer", "snelste", "mediaan", "p95", ""), rows)


def _row(times: list[float]) -> tuple[int, str, str, str]:
    return len(times), table.ms(min(times)), table.ms(table.median(times)), table.ms(table.p95(times))


def _slow(times: list[float], budget: float) -> str:
    return "boven de grens" if table.p95(times) > budget else ""


def _timed(browser: Browser, path: str, *, after: float = 0) -> float:
    time.sleep(after)
    began = time.perf_counter()
    answer = browser.get(path)
    took = time.perf_counter() - began
    assert answer.status == 200, f"{path}: {answer.status}"
    return took


def long_document() -> tuple[str, int, object]:
    """Add the long document to a request that waits, and return where it stands."""
    user, reader = accounts.user_by_email(FILER), accounts.user_by_email(READER)
    actor, advisor = user and accounts.actor_of(user), reader and accounts.actor_of(reader)
    assert actor and advisor
    now = timezone.now()
    waiting = AuthorizationRequest.objects.filter(
        provider_id=actor.organization_id, insurer_id=advisor.organization_id, status=Status.SUBMITTED.value
    ).order_by("pk")
    authorization = waiting[0]
    content = _pdf()
    document = documents.add(
        authorization_id=authorization.pk,
        stream=BytesIO(content),
        name="verslag.pdf",
        size=len(content),
        kinds=[],
        by=actor,
        now=now,
    )
    PageImage.objects.filter(file_id=document.file_id).delete()
    File.objects.filter(pk=document.file_id).update(pages_made_at=None)
    return authorization.reference, document.pk, document.file_id


def _pdf() -> bytes:
    """Return a report of a hundred full pages."""
    chance = random.Random(1)
    text = "".join(
        f"<section><h1>Bladzijde {page}</h1>"
        + "".join(f"<p>{' '.join(chance.choices(WORDS, k=90))}.</p>" for _ in range(5))
        + "</section>"
        for page in range(1, PAGES + 1)
    )
    style = "<style>@page { size: A4; margin: 2cm } section { break-after: page }</style>"
    made: bytes = weasyprint.HTML(string=style + text).write_pdf()
    return made
