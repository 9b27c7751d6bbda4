"""A file of activities over many zorgtrajecten, a tenth of it wrong: brought over HTTP, read by the real worker."""

import random
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain.terms import Discipline, Indication
from authorizations.domain.traject_import import NEEDED, RowState, Stage
from authorizations.models import Subtraject, TrajectImport, Zorgactiviteit
from authorizations.services import subtrajects, traject_imports
from authorizations.services.subtrajects import Patient
from bench import table
from bench.house import House
from bench.uploads import FILER, resident
from kit import bell
from papers.domain.files import MEGABYTE
from portal.world.people import PASSWORD
from tests.chaos.browser import Browser
from tests.chaos.stage import helpers_of

PAGE = "/zorgtrajecten/inlezen/"
EACH = 100
"""Lines per zorgtraject, of which WRONG are wrong."""
WRONG = 10
AGO = 110
"""Days since the opening: with something done on ninety days in a row, nothing closes until it is applied."""
PATIENT = Patient(bsn="999996708", initials="K.", surname="Voorbeeld", birth_date=date(1981, 4, 2))


def measure(house: House, *, quick: bool) -> None:
    """Bring the file and follow the worker through its stages, with its memory all the while."""
    number = 50 if quick else 2_000
    user = accounts.user_by_email(FILER)
    by = user and accounts.actor_of(user)
    assert by
    now = timezone.now()
    numbers = _trajects(number, by=by, now=now)
    content = _file(numbers, today=timezone.localdate(now))
    took: dict[str, float] = {}
    with house.web() as web:
        browser = Browser(house.address, FILER, PASSWORD, patience=300)
        browser.log_in()
        began, before = time.perf_counter(), _web(web.process.pid)
        answer = browser.post(PAGE, {"choice": "goede"}, {"file": ("activiteiten.csv", content)})
        took["inlezen in de webserver"] = time.perf_counter() - began
        after = _web(web.process.pid)
        assert answer.status in (200, 302), f"{answer.status} {answer.text[:300]}"
    imported = TrajectImport.objects.latest("pk")
    assert imported.lines == number * EACH, imported.lines
    with house.worker(1) as worker:
        bell.ring(traject_imports.BELL)
        # What was rung for before, such as letters of the examples, comes first.
        while imported.counts == {}:
            time.sleep(0.1)
            imported.refresh_from_db()
        memory = _follow(imported, worker.process.pid, took)
        traject_imports.apply(import_id=imported.pk, by=by, now=timezone.now())
        memory = max(memory, _follow(imported, worker.process.pid, took))
    _as_it_should_be(imported, number)
    lines = imported.lines
    rows = [(name, f"{seconds:.1f}", f"{lines / seconds:,.0f}".replace(",", ".")) for name, seconds in took.items()]
    size = len(content) / MEGABYTE
    title = f"Een bestand van {lines:,} regels ({size:.1f} MB) over {number} zorgtrajecten".replace(",", ".")
    table.show(title, ("", "seconden", "regels/s"), rows)
    table.show(
        "Geheugen",
        ("", "MB"),
        [("webserver, vooraf", before), ("webserver, daarna", after), ("worker, hoogste", memory)],
    )


def _trajects(number: int, *, by: Actor, now: datetime) -> list[str]:
    """Begin so many zorgtrajecten, and return their numbers."""
    opened_on = timezone.localdate(now) - timedelta(days=AGO)
    version = queries.policy_version_on("zilveren-kruis-msr", opened_on)
    assert version and version.insurer_id
    mark = f"{time.time_ns() // 1_000_000 % 10**9:09d}"
    numbers = [f"{mark}X{one:05d}" for one in range(number)]
    for one in numbers:
        subtrajects.begin(
            number=one,
            insurer_id=version.insurer_id,
            policy_version=version,
            indication=Indication.OTHER,
            patient=PATIENT,
            opened_on=opened_on,
            by=by,
            now=now,
        )
    return numbers


def _file(numbers: list[str], *, today: date) -> bytes:
    chance = random.Random(20)
    lines = [line for number in numbers for line in _lines(number, today=today)]
    chance.shuffle(lines)
    return "\n".join([";".join(NEEDED), *lines]).encode()


def _lines(number: str, *, today: date) -> Iterator[str]:
    opened_on = today - timedelta(days=AGO)
    kinds = list(Discipline)
    for one in range(EACH - WRONG):
        yield f"{number};190961;{opened_on + timedelta(days=one)};{kinds[one % len(kinds)].value}"
    for one in range(WRONG):
        day = opened_on + timedelta(days=one)
        yield (
            f"{number};1,9E+05;{day};fysiotherapie",
            f"ZT404;190961;{day};fysiotherapie",
            f"{number};190961;{opened_on - timedelta(days=one + 1)};fysiotherapie",
            f"{number};190961;{today + timedelta(days=one + 2)};fysiotherapie",
            f"{number};190961;{day};fysio",
        )[one % 5]


def _follow(imported: TrajectImport, pid: int, took: dict[str, float]) -> int:
    """Wait until the worker is done with it; note how long each stage took, and return the most memory."""
    most, stage, began = 0, "", time.perf_counter()
    while True:
        imported.refresh_from_db()
        if imported.stage != stage:
            if stage and stage != Stage.READY:
                took[Stage(stage).label.lower()] = time.perf_counter() - began
                print(
                    f"  {took[Stage(stage).label.lower()]:4.0f} s  {Stage(stage).label.lower()}, {most} MB", flush=True
                )
            stage, began = imported.stage, time.perf_counter()
        if stage in (Stage.READY, Stage.DONE, Stage.CANCELLED):
            return most
        most = max([most, *(resident(one) for one in helpers_of(pid))])
        time.sleep(0.1)


def _as_it_should_be(imported: TrajectImport, number: int) -> None:
    """Know that what was measured was done."""
    good = number * (EACH - WRONG)
    assert imported.counts[RowState.APPLIED.value] == good, imported.counts
    assert imported.counts[RowState.WRONG.value] == number * WRONG, imported.counts
    done = Zorgactiviteit.objects.filter(zorgtraject__in=imported.effects.values("zorgtraject_id"))
    assert done.count() == good
    assert Subtraject.objects.filter(zorgtraject__in=imported.effects.values("zorgtraject_id")).count() == number


def _web(pid: int) -> int:
    return resident(pid) + sum(resident(one) for one in helpers_of(pid))
