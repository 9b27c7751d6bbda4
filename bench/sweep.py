"""The night at a million open subtrajecten: closing what is due, what others wait for it, and the toets on a file."""

import csv
import os
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.utils import timezone

from accounts.domain.roles import OrganizationKind
from accounts.models import Organization, User
from authorizations.domain.subtrajects import Change
from authorizations.models import PolicyVersion
from authorizations.services import closing
from bench import table
from bench.house import House
from portal.tenancy.owner import as_owner

ROWS, LINES = 1_000_000, 1_000_000
QUICK_ROWS, QUICK_LINES = 20_000, 20_000
DUE_EVERY = 33
"""One in so many is due: 30,303 of a million."""
EACH = 5
"""Activities per subtraject."""
TABLES = "zorgtraject, subtraject, zorgactiviteit, subtrajectevent, closingnotice, subtrajectwarning"
FILL = """
INSERT INTO authorizations_zorgtraject
    (id, provider_id, insurer_id, policy_version_id, number, indication, privacyverklaring, diagnosis, registered_by_id,
     registered_at)
SELECT n, (%(providers)s::bigint[])[1 + n %% cardinality(%(providers)s::bigint[])], %(insurer)s, %(policy)s, 'ZT' || n,
       CASE WHEN n %% 5 < 3 THEN 'chronic_pain' ELSE 'other' END, false, '', %(user)s, now()
FROM generate_series(1::bigint, %(rows)s) AS n;

-- One in so many is due, on one of three days: a weekend and the Friday before it.
INSERT INTO authorizations_subtraject
    (id, zorgtraject_id, zorgtype, opened_on, idle_on, closes_on, closes_by, closed_by)
SELECT n, n, '11', ends - 90, ends, ends, '42_dagen', ''
FROM (SELECT n, %(today)s::date + CASE WHEN n %% %(every)s = 0 THEN -1 - (n %% 3)::int
                                       WHEN n %% 10 = 0 THEN (n %% 42)::int ELSE 36 + (n %% 7)::int END AS ends
      FROM generate_series(1::bigint, %(rows)s) AS n) AS made;

INSERT INTO authorizations_zorgactiviteit
    (zorgtraject_id, code, performed_on, profile_class, units, discipline, registered_by_id, registered_at,
     removed_because)
SELECT id, '190961', closes_on - 42 - part * 9, 14, 6, 'fysiotherapie', %(user)s, now(), ''
FROM authorizations_subtraject, generate_series(0, %(each)s - 1) AS part;

SELECT setval(pg_get_serial_sequence('authorizations_zorgtraject', 'id'), %(rows)s),
       setval(pg_get_serial_sequence('authorizations_subtraject', 'id'), %(rows)s);
"""
# The same changes as a person with psql would make them: everything at once, and everybody waits.
BY_HAND = """
WITH closed AS (
    UPDATE authorizations_subtraject SET closed_on = closes_on, closed_by = closes_by, closed_at = %(now)s
    WHERE closed_on IS NULL AND closes_on <= %(judged_on)s
    RETURNING zorgtraject_id, opened_on, closed_on, closed_by
), told AS (
    INSERT INTO authorizations_subtrajectevent (zorgtraject_id, opened_on, change, closed_on, closed_by, reason, at)
    SELECT zorgtraject_id, opened_on, %(change)s, closed_on, closed_by, '', %(now)s FROM closed
)
INSERT INTO authorizations_closingnotice (organization_id, closed_on, number)
SELECT provider_id, closed_on, count(*)
FROM closed JOIN authorizations_zorgtraject AS traject ON traject.id = closed.zorgtraject_id
GROUP BY provider_id, closed_on
"""
AGAIN = """
UPDATE authorizations_subtraject SET closed_on = NULL, closed_by = '', closed_at = NULL WHERE closed_on IS NOT NULL;
TRUNCATE authorizations_subtrajectevent, authorizations_closingnotice;
"""


def measure(house: House, *, quick: bool) -> None:
    """Fill the tables of zorgtrajecten, measure the night, and empty them again; then the toets on a file."""
    rows = QUICK_ROWS if quick else ROWS
    due = rows // DUE_EVERY
    now = timezone.now()
    judged_on = timezone.localdate(now) - timedelta(days=1)
    _emptied()
    began = time.perf_counter()
    _fill(rows, today=judged_on + timedelta(days=1))
    print(f"\n{rows} open subtrajecten, {rows * EACH} activiteiten, vullen {time.perf_counter() - began:.0f} s")
    hand, sweep, again, grown = [], [], [], []
    waited: list[float] = []
    values = {"now": now, "judged_on": judged_on, "change": Change.CLOSED.value}
    for _ in range(1 if quick else 3):
        hand.append(table.timed(lambda: _execute(BY_HAND, values))[0])
        _reset(due)
        before = _resident()
        with _peak() as peak:
            took, closed = table.timed(lambda: closing.close_due(judged_on=judged_on, now=now))
        assert closed == due, (closed, due)
        sweep.append(took)
        grown.append(max(0, peak[0] - before))
        again.append(table.timed(lambda: closing.close_due(judged_on=judged_on, now=now))[0])
        _reset(due)
        with _writers(house, due) as found:
            closing.close_due(judged_on=judged_on, now=now)
        waited += found
        _reset(due)
    warned = table.timed(lambda: closing.warn(now=now))
    _show(due, hand, sweep, again, grown, waited, warned)
    _emptied()
    _file(QUICK_LINES if quick else LINES, house.folder)


def _show(
    due: int,
    hand: list[float],
    sweep: list[float],
    again: list[float],
    grown: list[int],
    waited: list[float],
    warned: tuple[float, int],
) -> None:
    table.show(
        f"De nacht: {due} subtrajecten sluiten",
        ("wat", "uitkomst"),
        [
            ("met de hand, in 1 opdracht (mediaan, s)", f"{table.median(hand):.2f}"),
            ("door het portaal (mediaan, s)", f"{table.median(sweep):.2f}"),
            ("verhouding", f"{table.median(sweep) / table.median(hand):.2f}"),
            ("een tweede keer (langste, ms)", table.ms(max(again))),
            ("geheugen erbij (meeste, MB)", f"{max(grown) / 1024**2:.1f}"),
            (f"wie zelf iets vastlegt wacht (mediaan van {len(waited)}, ms)", f"{table.median(waited) * 1000:.1f}"),
            ("wie zelf iets vastlegt wacht (langste, ms)", table.ms(max(waited))),
            (f"waarschuwen, {warned[1]} nieuwe (s)", f"{warned[0]:.2f}"),
        ],
    )


# -- the tables ------------------------------------------------------------------------------------------------------


def _fill(rows: int, *, today: date) -> None:
    insurer = Organization.objects.filter(kind=OrganizationKind.INSURER.value).order_by("pk")[0]
    providers = Organization.objects.filter(kind=OrganizationKind.PROVIDER.value).order_by("pk")
    values = {
        "providers": list(providers.values_list("pk", flat=True)),
        "insurer": insurer.pk,
        "policy": PolicyVersion.objects.order_by("pk").values_list("pk", flat=True)[0],
        "user": User.objects.order_by("pk").values_list("pk", flat=True)[0],
        "rows": rows,
        "every": DUE_EVERY,
        "each": EACH,
        "today": today,
    }
    with _owner() as cursor:
        for statement in FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
    _vacuum()


def _emptied() -> None:
    with _owner() as cursor:
        names = ", ".join(f"authorizations_{name.strip()}" for name in TABLES.split(","))
        cursor.execute(f"TRUNCATE {names} CASCADE")


def _reset(due: int) -> None:
    """Open again what was closed, and leave the tables as a night finds them."""
    with _owner() as cursor:
        for statement in AGAIN.split(";\n"):
            if statement.strip():
                cursor.execute(statement)
                assert cursor.rowcount in (-1, due), (statement, cursor.rowcount)
    _vacuum()


@contextmanager
def _owner() -> Iterator[Any]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = origin")


def _vacuum() -> None:
    with as_owner(), connection.cursor() as cursor:
        for name in TABLES.split(","):
            cursor.execute(f"VACUUM ANALYZE authorizations_{name.strip()}")
        cursor.execute("CHECKPOINT")


def _execute(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# -- memory, and those beside it -------------------------------------------------------------------------------------


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


@contextmanager
def _peak() -> Iterator[list[int]]:
    """Yield the most memory that this process held meanwhile."""
    peak, ended = [_resident()], threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            peak[0] = max(peak[0], _resident())

    looking = threading.Thread(target=look)
    looking.start()
    yield peak
    ended.set()
    looking.join()


@contextmanager
def _writers(house: House, due: int) -> Iterator[list[float]]:
    """Yield how long it took to get hold of a subtraject that is due and let it go: as who registers something does."""
    waited: list[float] = []
    ended = threading.Event()

    def write() -> None:
        chance = random.Random(3)
        with psycopg.connect(house.postgres.owner_url, autocommit=True) as mine:
            while not ended.is_set():
                number = chance.randrange(1, due) * DUE_EVERY
                began = time.perf_counter()
                mine.execute("SELECT 1 FROM authorizations_subtraject WHERE id = %s FOR UPDATE", (number,))
                waited.append(time.perf_counter() - began)
                time.sleep(0.002)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    yield waited
    ended.set()
    for writer in writers:
        writer.join()


# -- the toets on a file ---------------------------------------------------------------------------------------------


def _file(lines: int, folder: Path) -> None:
    rows = []
    for number in (lines // 10, lines):
        source, target = folder / "afsluiting.csv", folder / "afsluiting-uit.csv"
        _write(source, number)
        command = [sys.executable, "manage.py", "toets", "afsluiting", str(source), "--uit", str(target)]
        began = time.perf_counter()
        process = subprocess.Popen(command, env=_without_servers(), stdout=subprocess.DEVNULL)
        _pid, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        assert os.waitstatus_to_exitcode(status) == 0, status
        rows.append((f"{number} regels", f"{took:.1f}", f"{number / took:.0f}", f"{used.ru_maxrss / 1024:.0f}"))
        source.unlink()
        target.unlink()
    table.show("Toets afsluiting in de shell", ("bestand", "s", "regels per s", "geheugen (MB)"), rows)


def _without_servers() -> dict[str, str]:
    """Return an environment without database or server: the shell needs neither."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}


def _write(path: Path, lines: int) -> None:
    chance, first = random.Random(5), date(2024, 1, 1)
    with path.open("w", newline="") as file:
        write = csv.writer(file, delimiter=";")
        write.writerow(("geopend_op", "indicatie", "activiteiten", "afgerond_op", "peildatum"))
        for _ in range(lines):
            opened = first + timedelta(days=chance.randrange(900))
            days = sorted(chance.sample(range(110), EACH))
            done = " ".join((opened + timedelta(days=day)).isoformat() for day in days)
            finished = (opened + timedelta(days=days[-1])).isoformat() if chance.random() < 0.3 else ""
            judged = opened + timedelta(days=chance.randrange(30, 200))
            pain = "chronische_pijn" if chance.random() < 0.5 else "overig"
            write.writerow((opened.isoformat(), pain, done, finished, judged.isoformat()))
