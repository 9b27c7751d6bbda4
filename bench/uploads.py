"""Files of 25 MB over HTTP, with the memory of the web server, against a plain copy with SHA-256."""

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pikepdf
from django.utils import timezone

from accounts import queries as accounts
from bench import table
from bench.house import House
from kit import tenancy
from papers.delivery.store import CHUNK
from papers.domain.files import MAX_BYTES, MEGABYTE
from portal.world import walk
from portal.world.people import PASSWORD
from tests.chaos.browser import Browser
from tests.chaos.stage import helpers_of

FILER = "duin@duin.example"


def measure(house: House, *, quick: bool) -> None:
    """Send files one after the other and two at a time, and look at the memory all the while."""
    number = 4 if quick else 16
    content = _file()
    size = len(content) / MEGABYTE
    plain = _plainly(house.folder, content, 4 if quick else 10)
    with house.web() as web:
        browsers = [Browser(house.address, FILER, PASSWORD, patience=120) for _ in range(2)]
        for browser in browsers:
            # Before the memory is watched: to check a password takes 100 MB for a moment, on purpose.
            browser.log_in()
            _send(browser, content, 1)
        before = _memory(web.process.pid)
        with _watching(web.process.pid) as one:
            single = _send(browsers[0], content, number)
        half = _memory(web.process.pid)
        with _watching(web.process.pid) as two:
            double = _two_at_a_time(browsers, content, number)
        time.sleep(1)
        after = _memory(web.process.pid)
    rows = [
        ("kopie met SHA-256 en fsync", f"{plain * 1000:.0f}", f"{size / plain:.0f}", ""),
        ("opsturen, 1 tegelijk", f"{single * 1000:.0f}", f"{size / single:.0f}", f"{single / plain:.1f}"),
        ("opsturen, 2 tegelijk", f"{double * 1000:.0f}", f"{size / double:.0f}", f"{double / plain:.1f}"),
    ]
    table.show(f"Bestanden van {size:.1f} MB, {number} keer", ("", "ms per bestand", "MB/s", "maal kopie"), rows)
    rows = [
        ("webserver", before[0], one["web"], half[0], two["web"], after[0]),
        ("kind dat het bestand bekijkt", "", one["kind"], "", two["kind"], ""),
    ]
    head = ("MB, alle processen samen", "vooraf", "hoogste bij 1", "daarna", "hoogste bij 2", "na afloop")
    table.show(f"Geheugen bij {2 * number + 2} bestanden", head, rows)


def _file() -> bytes:
    """Return a PDF of just under 25 MB that doesn't shrink: a scan."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        side = 2890
        scan = pikepdf.Stream(document, os.urandom(side * side * 3))
        scan["/Type"], scan["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
        scan["/Width"] = scan["/Height"] = side
        scan["/ColorSpace"], scan["/BitsPerComponent"] = pikepdf.Name.DeviceRGB, 8
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=scan))
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
        made = BytesIO()
        document.save(made, compress_streams=False)
    assert len(made.getvalue()) <= MAX_BYTES
    return made.getvalue()


def _plainly(folder: Path, content: bytes, number: int) -> float:
    """Copy from disk to disk with a fingerprint, in the pieces in which the portal does it."""
    source, target = folder / "bron", folder / "kopie"
    source.write_bytes(content)
    times = []
    for _ in range(number):
        began, digest = time.perf_counter(), hashlib.sha256()
        with source.open("rb") as reading, target.open("wb") as writing:
            while chunk := reading.read(CHUNK):
                digest.update(chunk)
                writing.write(chunk)
            writing.flush()
            os.fsync(writing.fileno())
        times.append(time.perf_counter() - began)
    source.unlink()
    target.unlink()
    return table.median(times)


def _send(browser: Browser, content: bytes, number: int) -> float:
    """Send so many files to a fresh draft; return the middle time of one."""
    path, times = f"/aanvragen/{_draft()}/documenten/toevoegen/", []
    for _ in range(number):
        # The very same file twice is one document, so each differs a little, in the middle of the picture.
        half, mark = len(content) // 2, os.urandom(16)
        mine = content[:half] + mark + content[half + len(mark) :]
        began = time.perf_counter()
        answer = browser.post(path, {"item": "overig"}, {"file": ("scan.pdf", mine)})
        times.append(time.perf_counter() - began)
        assert answer.status == 200, f"{answer.status} {answer.text[:300]}"
    return table.median(times)


def _two_at_a_time(browsers: list[Browser], content: bytes, number: int) -> float:
    """Let several people send; return the time per file of all together."""
    each = number // len(browsers)
    people = [threading.Thread(target=tenancy.carried(_send), args=(browser, content, each)) for browser in browsers]
    began = time.perf_counter()
    for person in people:
        person.start()
    for person in people:
        person.join()
    return (time.perf_counter() - began) / (each * len(browsers))


def _draft() -> str:
    user = accounts.user_by_email(FILER)
    by = user and accounts.actor_of(user)
    assert by
    now = timezone.now()
    content = walk.application(today=timezone.localdate(now), person=time.time_ns() % 1_000_000)
    return walk.draft(content, by=by, policy_slug="zilveren-kruis-msr", now=now).reference


def _memory(pid: int) -> tuple[int, int]:
    """Return the megabytes of the web server with its workers, and of the children that look into files."""
    web, children = resident(pid), 0
    for worker in helpers_of(pid):
        web += resident(worker)
        children += sum(resident(child) for child in helpers_of(worker))
    return web, children


def resident(pid: int) -> int:
    """Return the megabytes that a process has in memory; none when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


@contextmanager
def _watching(pid: int) -> Iterator[dict[str, int]]:
    """Keep the highest memory while the block runs."""
    peak, done = {"web": 0, "kind": 0}, threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            web, child = _memory(pid)
            peak["web"], peak["kind"] = max(peak["web"], web), max(peak["kind"], child)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()
