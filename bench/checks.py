"""
A million rows through each check: in the shell, by the worker, and as a bare loop in Python that does no more.

The rows are the examples of the check, over and over. Every way but the worker is a process of its own, start included.
"""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from celery import current_app
from django.utils import timezone

from accounts import queries as accounts
from authorizations.domain import check_runs as rules
from authorizations.domain.checks import TOETSEN
from authorizations.services import check_runs
from bench import table
from bench.house import House
from bench.uploads import FILER, resident
from kit import bell
from tests.chaos.stage import helpers_of

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tests" / "data" / "vectors"


def measure(house: House, *, quick: bool) -> None:
    """Show rows per second and the most memory of each way, for every check that has examples."""
    number = 100_000 if quick else 1_000_000
    names = [name for name in TOETSEN if (EXAMPLES / f"{name}.csv").exists()]
    shown = []
    # What the examples left to do, such as reading scans, would come first.
    current_app.control.purge()
    with TemporaryDirectory() as folder, house.worker(1) as worker:
        for name in names:
            source, out = Path(folder, "in.csv"), Path(folder, "uit.csv")
            _fill(source, name, number)
            taken = {way: _process(way, name, source, out) for way in ("read", "bare", "shell")}
            print(f"  {name}: {taken}", flush=True)
            taken["worker"] = _by_worker(worker.process.pid, name, source)
            bare = taken["bare"][0]
            rates = [f"{number / taken[way][0]:,.0f}".replace(",", ".") for way in taken]
            of_bare = [f"{bare / taken[way][0]:.2f}" for way in ("shell", "worker")]
            shown.append((name, *rates, *of_bare, taken["shell"][1], taken["worker"][1]))
            print(f"  {name}: worker {taken['worker']}", flush=True)
    head = ("", "lezen rijen/s", "kale lus", "shell", "worker", "shell/kaal", "worker/kaal", "MB shell", "MB worker")
    table.show(f"{number:,} rijen door elke toets".replace(",", "."), head, shown)


def _fill(path: Path, name: str, number: int) -> None:
    header, *rows = (EXAMPLES / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    whole, rest = divmod(number, len(rows))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(header)
        for _ in range(whole):
            file.writelines(rows)
        file.writelines(rows[:rest])


def _process(way: str, name: str, source: Path, out: Path) -> tuple[float, int]:
    """Return the seconds and the most megabytes of a process that does it this way."""
    command = [sys.executable, "-m", "bench.bare_loop", way, name, str(source), str(out)]
    if way == "shell":
        command = [sys.executable, "manage.py", "toets", name, str(source), "--uit", str(out)]
    began = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    # Looked at from outside: what the system says afterwards counts the memory of this process too.
    most = 0
    while child.poll() is None:
        most = max(most, resident(child.pid))
        time.sleep(0.05)
    return time.perf_counter() - began, most


def _by_worker(pid: int, name: str, source: Path) -> tuple[float, int]:
    """Bring the file; return how long the worker took from beginning to end, and the most memory meanwhile."""
    rules.MOST_BYTES = 2**32  # a million rows of some checks are more than anybody may bring
    user = accounts.user_by_email(FILER)
    by = user and accounts.actor_of(user)
    assert by
    with source.open("rb") as file:
        chunks = iter(lambda: file.read(64 * 1024), b"")
        run = check_runs.upload(
            toets=TOETSEN[name], chunks=chunks, file_name="bench.csv", policy="", by=by, now=timezone.now()
        )
    # The scanner reads no more than 120 MB: that it was scanned is not what is measured.
    type(run).objects.filter(pk=run.pk).update(scanned_at=timezone.now(), wait_until=None)
    bell.ring(check_runs.BELL)
    most, began = 0, time.perf_counter()
    while run.ended_at is None:
        most = max([most, *(resident(one) for one in helpers_of(pid))])
        time.sleep(0.05)
        run.refresh_from_db()
    took = time.perf_counter() - began
    assert run.status == "klaar", run.why_over
    check_runs.discard(run_id=run.pk, by=by)
    return took, most
