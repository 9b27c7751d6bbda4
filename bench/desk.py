"""
Fifty advisors of one insurer at work at the same moment: queue, dossiers, searching and leafing, ten requests a second.

Meant for `--requests 1000000`, of which 50,000 are open. Each request has its moment beforehand, and its time counts
from that moment: a server that falls behind makes all that wait slower, as it does for people.
"""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.roles import Role
from accounts.models import Membership, Organization, User
from accounts.services import factors
from authorizations import queries
from authorizations.models import AuthorizationRequest
from bench import table
from bench.house import House
from bench.viewer import PAGES, long_document
from portal.world import codes
from portal.world.people import PASSWORD, ZILVEREN_KRUIS, actor
from tests.chaos.browser import Browser
from tests.factories.logging_in import logged_in

ADVISORS, RATE = 50, 10
FIRST_TIME = "bladzijde, de eerste keer"
ADDRESS = "bureau{}@zk.example"
WITH_CASE = "kenmerk, tot het dossier er staat"
AIMS = {
    "werkvoorraad": (0.3, 0.8),
    "dossier": (0.3, 0.8),
    "naam met een tikfout": (0.3, 0.8),
    "kenmerk": (0.05, 0.05),
    WITH_CASE: (0.3, 0.8),
    "BSN": (0.05, 0.05),
    FIRST_TIME: (0.2, 0.8),
    "bladzijde, daarna": (0.02, 0.8),
}
"""Seconds: what nineteen of twenty may take, and ninety-nine of a hundred."""
SHARES = {
    "werkvoorraad": 34, "dossier": 34, "naam met een tikfout": 10, "kenmerk": 6, "BSN": 4,
    FIRST_TIME: 3, "bladzijde, daarna": 9,
}  # fmt: skip
VIEWS = ("", "?weergave=mijn", "?weergave=niemand", "?weergave=antwoord", "?soort=follow_up", "?termijn=gauw")


@dataclass(frozen=True)
class Case:
    """An open request that can be looked for."""

    reference: str
    surname: str
    bsn: str


class Work:
    """What there is to do, and what was measured of it."""

    def __init__(self, cases: list[Case], page: str) -> None:
        self.cases, self.page, self.chance = cases, page, random.Random(11)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.lock, self.asked = threading.Lock(), 1
        self.drawn = [1]

    def of(self, kind: str) -> Callable[[Browser], Any]:
        """Return one thing of this kind to do."""
        case, chance = self.chance.choice(self.cases), self.chance
        if kind == "werkvoorraad":
            return _getting(f"/beoordelen/{chance.choice(VIEWS)}")
        if kind == "dossier":
            return _getting(f"/beoordelen/{case.reference}/")
        if kind == "naam met een tikfout":
            return _getting(f"/beoordelen/?zoek={quote(mistyped(case.surname, chance))}&lijkt=ja")
        if kind == "kenmerk":
            return _getting(f"/beoordelen/?zoek={case.reference}")
        if kind == "BSN":
            return lambda browser: browser.post("/beoordelen/bsn/", {"bsn": case.bsn})
        if kind == FIRST_TIME and self.asked < PAGES:
            self.asked += 1
            return self.first(self.asked)
        return lambda browser: browser.get(self.page.format(chance.choice(self.drawn)))

    def first(self, number: int) -> Callable[[Browser], Any]:
        """Return a page to ask for that nobody has seen; once it was shown it can be asked for again."""

        def ask(browser: Browser) -> Any:
            answer = browser.get(self.page.format(number))
            self.drawn.append(number)
            return answer

        return ask

    def done(self, kind: str, took: float) -> None:
        """Keep how long something took."""
        with self.lock:
            self.times[kind].append(took)


def measure(house: House, *, quick: bool) -> None:
    """Let the advisors work and print how long they waited."""
    seconds, number = (20, 10) if quick else (240, ADVISORS)
    emails = _advisors(number)
    reference, document_id, _ = long_document()
    work = Work(_cases(), f"/aanvragen/{reference}/documenten/{document_id}/pagina/{{}}.webp")
    asked = {path: _queries(emails[0], path) for path in ("/beoordelen/", "/beoordelen/?zoek=Bakkre&lijkt=ja")}
    chance = random.Random(3)
    plan, moment = [], 0.0
    while moment < seconds:
        moment += chance.expovariate(RATE)
        plan.append((moment, chance.choices([*SHARES], [*SHARES.values()])[0]))
    with house.web():
        browsers = [Browser(house.address, email, PASSWORD) for email in emails]
        for browser in browsers:
            browser.log_in()
            browser.get("/beoordelen/")
        browsers[0].get(work.page.format(1))
        _work(work, browsers, plan)
    rows = [_row(kind, work.times[kind]) for kind in AIMS if work.times[kind]]
    total = AuthorizationRequest.objects.count()
    title = f"{number} adviseurs tegelijk bij {total} aanvragen, {len(plan) / moment:.1f} verzoeken per seconde (ms)"
    table.show(title, ("", "keer", "mediaan", "p95", "p99", ""), rows)
    table.show("Zoekvragen (SELECT)", ("bladzijde", "aantal"), list(asked.items()))


def mistyped(name: str, chance: random.Random) -> str:
    """Return this name with one letter wrong, too few, too many or swapped with the next."""
    place = chance.randrange(len(name) - 1)
    before, at, after = name[:place], name[place], name[place + 1 :]
    return chance.choice((before + after, before + at + name[place:], before + after[0] + at + after[1:]))


def _work(work: Work, browsers: list[Browser], plan: list[tuple[float, str]]) -> None:
    """Do everything at its moment; an advisor does one thing at a time, so a free one takes what comes."""
    free = list(browsers)
    lock = threading.Lock()
    began = time.perf_counter() + 1

    def one(moment: float, kind: str, act: Callable[[Browser], Any]) -> None:
        with lock:
            browser = free.pop(0)
        answer = act(browser)
        work.done(kind, time.perf_counter() - began - moment)
        if kind == "kenmerk":
            answer = browser.get(answer.location)
            work.done(WITH_CASE, time.perf_counter() - began - moment)
        assert answer.status == 200, f"{kind}: {answer.status}"
        with lock:
            free.append(browser)

    with ThreadPoolExecutor(len(browsers)) as pool:
        waiting = []
        for moment, kind in plan:
            act = work.of(kind)
            time.sleep(max(0.0, began + moment - time.perf_counter()))
            waiting.append(pool.submit(one, moment, kind, act))
        for each in waiting:
            each.result()


def _row(kind: str, times: list[float]) -> tuple[object, ...]:
    p99 = sorted(times)[max(0, -(-len(times) * 99 // 100) - 1)]
    aim95, aim99 = AIMS[kind]
    slow = "boven de grens" if table.p95(times) > aim95 or p99 > aim99 else ""
    return kind, len(times), table.ms(table.median(times)), table.ms(table.p95(times)), table.ms(p99), slow


def _getting(path: str) -> Callable[[Browser], Any]:
    return lambda browser: browser.get(path)


def _advisors(number: int) -> list[str]:
    """Return the addresses of so many advisors of the largest insurer; each can log in with a second step."""
    insurer = Organization.objects.get(name=ZILVEREN_KRUIS)
    password, now = make_password(PASSWORD), timezone.now()
    emails = [ADDRESS.format(one) for one in range(number)]
    for one, email in enumerate(emails):
        if accounts.user_by_email(email):
            continue
        user = User.objects.create(email=email, full_name=f"Bureau {one}", password=password)
        factors.give_app(user=user, secret=codes.secret_of(email))
        Membership.objects.create(
            user=user, organization=insurer, organization_kind=insurer.kind, role=Role.MEDISCH_ADVISEUR.value,
            started_at=now, started_by=user,
        )  # fmt: skip
    return emails


def _cases() -> list[Case]:
    """Return open requests of that insurer, drawn once."""
    found = queries.queue(actor("noor@zk.example")).select_related("insured").order_by("?")[:400]
    return [Case(one.reference, one.insured.surname, one.insured.bsn) for one in found]


def _queries(email: str, path: str) -> int:
    user = accounts.user_by_email(email)
    assert user
    client = Client(SERVER_NAME="localhost")
    logged_in(client, user)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return sum(query["sql"].startswith("SELECT") for query in asked)
