"""Pages at 200,000 requests: how long they take over HTTP, and how many queries they need."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.db.models import Count, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.roles import OrganizationKind, Role
from accounts.models import Membership, Organization, User
from authorizations import queries
from authorizations.models import AuthorizationRequest, Insured
from bench import table
from bench.house import House
from portal.world.people import PASSWORD
from tests.chaos.browser import Browser
from tests.factories.logging_in import logged_in

BUDGET = 0.3
"""What a page may take, in seconds, nineteen of twenty times."""
FILER, ADVISOR, COORDINATOR = "jansen@esdoorn.example", "noor@zk.example", "team@zk.example"
FEW = {FILER: "klein@aanbieder.example", ADVISOR: "klein@verzekeraar.example", COORDINATOR: "team@verzekeraar.example"}
"""Who reads the same pages where there is the least to read."""


@dataclass(frozen=True)
class Page:
    """A page that is measured: who reads it, and at which addresses."""

    name: str
    who: str
    addresses: Callable[["Sample"], Iterator[str]]


class Sample:
    """Draws what somebody of this organisation could look for."""

    def __init__(self, email: str, seed: int = 7) -> None:
        user = accounts.user_by_email(email)
        actor = user and accounts.actor_of(user)
        assert actor, email
        self.actor, self.chance = actor, random.Random(seed)
        self.kept: dict[str, list[str]] = {}

    def case(self, status: str) -> str:
        """Return the number of a request of this organisation with this status."""
        return self._one_of(status, queries.visible_to(self.actor).filter(status=status))

    def own_case(self) -> str:
        """Return the number of a request that this person is reviewing: only who has it decides."""
        mine = queries.visible_to(self.actor).filter(status="in_review", assigned_to=self.actor.user_id)
        return self._one_of("own", mine)

    def _one_of(self, name: str, requests: QuerySet[AuthorizationRequest]) -> str:
        if name not in self.kept:
            self.kept[name] = list(requests.order_by("?").values_list("reference", flat=True)[:200])
        return self.chance.choice(self.kept[name] or ["MA-000000000"])

    def surname(self) -> str:
        """Return part of the name of an insured of this organisation."""
        own = queries.visible_to(self.actor)
        insured = Insured.objects.filter(authorization__in=own[self.chance.randrange(50) :][:1]).first()
        return insured.surname[: self.chance.randrange(4, 9)] if insured else "Bakker"

    def deep(self) -> str:
        """Return the cursor of a line near the end of the queue."""
        dated = queries.queue(self.actor).filter(due_on__isnull=False)
        place = int(dated.count() * self.chance.uniform(0.7, 0.95))
        line = dated.values("due_on", "id")[place : place + 1].first()
        return f"{line['due_on'].isoformat()}_{line['id']}" if line else ""

    def deep_decided(self) -> str:
        """Return the cursor of a line far down the list of decided requests."""
        closed = queries.closed(self.actor)
        line = closed.values("closed_at", "id")[int(closed.count() * 0.8) :].first()
        return f"{line['closed_at'].isoformat()}_{line['id']}" if line else ""


def always(path: str) -> Callable[[Sample], Iterator[str]]:
    """Return the same address each time."""

    def addresses(sample: Sample) -> Iterator[str]:
        while True:
            yield path

    return addresses


def drawn(path: str, draw: Callable[[Sample], str], number: int = 10) -> Callable[[Sample], Iterator[str]]:
    """Return an address with something else in it each time."""

    def addresses(sample: Sample) -> Iterator[str]:
        found = [path.format(quote(draw(sample))) for _ in range(number)]
        while True:
            yield sample.chance.choice(found)

    return addresses


OPEN, DECIDED = "waiting_for_provider", "granted"
PAGES = (
    Page("dashboard", FILER, always("/aanvragen/")),
    Page("lijst in behandeling", FILER, always("/aanvragen/?lijst=beoordeling")),
    Page("lijst afgerond", FILER, always("/aanvragen/?lijst=afgerond")),
    Page("lijst afgerond, bladzijde 200", FILER, always("/aanvragen/?lijst=afgerond&pagina=200")),
    Page("zoeken op naam", FILER, drawn("/aanvragen/?q={}", Sample.surname)),
    Page("zoeken op nummer", FILER, drawn("/aanvragen/?q={}", lambda sample: sample.case(DECIDED))),
    Page("nieuwe aanvraag", FILER, always("/aanvragen/nieuw/")),
    Page("aanvraag, lopend", FILER, drawn("/aanvragen/{}/", lambda sample: sample.case(OPEN))),
    Page("aanvraag, besloten", FILER, drawn("/aanvragen/{}/", lambda sample: sample.case(DECIDED))),
    Page("concept, documenten", FILER, drawn("/aanvragen/{}/documenten/", lambda sample: sample.case("draft"))),
    Page("concept, controle", FILER, drawn("/aanvragen/{}/controle/", lambda sample: sample.case("draft"))),
    Page("werkvoorraad", ADVISOR, always("/beoordelen/")),
    Page("werkvoorraad, diep", ADVISOR, drawn("/beoordelen/?na={}", Sample.deep)),
    Page("werkvoorraad, chronische pijn", ADVISOR, always("/beoordelen/?indicatie=chronic_pain")),
    Page("werkvoorraad, spoed", ADVISOR, always("/beoordelen/?spoed=ja")),
    Page("werkvoorraad, van mij", ADVISOR, always("/beoordelen/?weergave=mijn")),
    Page("werkvoorraad, te laat", ADVISOR, always("/beoordelen/?weergave=telaat")),
    Page("werkvoorraad, wij aan zet", ADVISOR, always("/beoordelen/?aanzet=insurer&termijn=gauw")),
    Page("werkvoorraad, op beleid", ADVISOR, always("/beoordelen/?beleid=zilveren-kruis-msr")),
    Page("alles, zoeken op naam", ADVISOR, drawn("/beoordelen/?zoek={}", Sample.surname)),
    Page("besloten", ADVISOR, always("/beoordelen/besloten/")),
    Page("besloten, diep", ADVISOR, drawn("/beoordelen/besloten/?na={}", Sample.deep_decided)),
    Page("besloten, zoeken op naam", ADVISOR, drawn("/beoordelen/besloten/?zoek={}", Sample.surname)),
    Page("beoordelen, lopend", ADVISOR, drawn("/beoordelen/{}/", lambda sample: sample.case(OPEN))),
    Page("beoordelen, besloten", ADVISOR, drawn("/beoordelen/{}/", lambda sample: sample.case(DECIDED))),
    Page("besluiten", ADVISOR, drawn("/beoordelen/{}/besluit/", Sample.own_case)),
    Page("status voor de coördinator", COORDINATOR, drawn("/beoordelen/{}/", lambda sample: sample.case(OPEN))),
    Page("verdeling van het werk", COORDINATOR, always("/beoordelen/verdeling/")),
    Page("post", ADVISOR, always("/beoordelen/post/")),
    Page("gezondheid", ADVISOR, always("/gezondheid/")),
)


def measure(house: House, *, quick: bool) -> None:
    """Measure every page and print the table."""
    rounds = 10 if quick else 60
    _small_ones()
    samples = {email: Sample(email) for email in (*FEW, *FEW.values())}
    asked = {page.name: _queries(page, page.who, samples[page.who]) for page in PAGES}
    asked_few = {page.name: _queries(page, FEW[page.who], samples[FEW[page.who]]) for page in PAGES}
    with house.web():
        browsers = {email: Browser(house.address, email, PASSWORD) for email in FEW}
        for browser in browsers.values():
            browser.log_in()
        for _ in range(3):
            for page in PAGES:
                browsers[page.who].get(next(page.addresses(samples[page.who])))
        rows = [_row(page, browsers[page.who], samples[page.who], rounds, asked, asked_few) for page in PAGES]
    title = f"Bladzijden bij {AuthorizationRequest.objects.count()} aanvragen, {rounds} keer, over HTTP (ms)"
    table.show(title, ("bladzijde", "mediaan", "p95", "kB", "zoekvragen", "idem, klein", ""), rows)


def _row(
    page: Page, browser: Browser, sample: Sample, rounds: int, asked: dict[str, int], asked_few: dict[str, int]
) -> tuple[Any, ...]:
    addresses, times, size = page.addresses(sample), [], 0
    for _ in range(rounds):
        path = next(addresses)
        began = time.perf_counter()
        answer = browser.get(path)
        times.append(time.perf_counter() - began)
        # /gezondheid/ says 503 here: no worker runs.
        assert answer.status == 200 or path == "/gezondheid/", f"{path}: {answer.status} {answer.location}"
        size = len(answer.body)
    slow = "boven de grens" if table.p95(times) > BUDGET else ""
    few, many = asked_few[page.name], asked[page.name]
    words = slow or ("meer vragen bij meer rijen" if few and many > few else "")
    return page.name, table.ms(table.median(times)), table.ms(table.p95(times)), size // 1024, many, few or "", words


def _queries(page: Page, email: str, sample: Sample) -> int:
    """Return how many queries the page takes, once what a process reads only once is read; 0 when it isn't there."""
    user = accounts.user_by_email(email)
    assert user
    client = Client(SERVER_NAME="localhost")
    logged_in(client, user)
    path = next(page.addresses(sample))
    answer = client.get(path)
    assert answer.status_code in (200, 302, 404, 503), f"{path}: {answer.status_code}"
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked) if answer.status_code in (200, 503) else 0


def _small_ones() -> None:
    """Give the smallest provider and insurer that have something to read somebody who reads it."""
    now = timezone.now()
    for kind, column, people in (
        (OrganizationKind.PROVIDER, "provider_id", {FEW[FILER]: Role.BEHANDELAAR}),
        (
            OrganizationKind.INSURER,
            "insurer_id",
            {FEW[ADVISOR]: Role.MEDISCH_ADVISEUR, FEW[COORDINATOR]: Role.COORDINATOR},
        ),
    ):
        counted = AuthorizationRequest.objects.values(column).annotate(number=Count("pk")).filter(number__gte=20)
        smallest = Organization.objects.get(pk=counted.order_by("number")[0][column])
        for email, role in people.items():
            user, made = User.objects.get_or_create(email=email, defaults={"full_name": "K. Klein"})
            if made:
                Membership.objects.create(
                    user=user, organization=smallest, organization_kind=kind.value, role=role.value, started_at=now,
                    started_by=user,
                )  # fmt: skip
