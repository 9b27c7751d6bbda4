"""The grouper of 2017, from the zip to codes in force, against lxml going through the same XML and doing nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import connection
from django.utils import timezone

from bench import table
from bench.house import ROOT, House
from ggz_codes.domain.release_terms import ReleaseStage, RowState, Source
from ggz_codes.models import Release, ReleasedCode, ReleasedLink
from ggz_codes.services import releases
from ggz_codes.services.releases import Manifest
from kit import bell
from portal.tenancy.owner import as_owner
from tests.chaos.stage import helpers_of

ZIP = ROOT.parent / "shared/data/nza/20170101 Grouper Tabellen v20161117.zip"
ALONE = """
import sys, time, zipfile
from lxml import etree
began = time.perf_counter()
with zipfile.ZipFile(sys.argv[1]) as archive:
    for one in archive.infolist():
        with archive.open(one) as stream:
            for _, element in etree.iterparse(stream):
                element.clear()
print(time.perf_counter() - began, time.process_time())
"""
EMPTY = "TRUNCATE ggz_codes_release, ggz_codes_releasepart, ggz_codes_releasenote, ggz_codes_releasedcode, "
EMPTY += "ggz_codes_releasedlink, ggz_codes_releasedtree, ggz_codes_releasedwords"


def measure(house: House, *, quick: bool) -> None:
    """Load it so many times into an empty catalogue, with lxml alone before each; then bring the same once more."""
    if not ZIP.exists():
        print(f"\nNIET GEMETEN: {ZIP} ontbreekt.")
        return
    took: dict[str, list[float]] = {}
    peaks, alone, alone_cpu, cpu = [], [], [], []
    for _ in range(1 if quick else 3):
        seconds, used = map(float, _said([sys.executable, "-c", ALONE, str(ZIP)]).split())
        alone.append(seconds)
        alone_cpu.append(used)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(EMPTY)
        with house.worker(1) as worker:
            _warm()
            database = int((house.postgres.data / "postmaster.pid").read_text().split()[0])
            before = _cpu(worker.process.pid) + _cpu(database)
            peaks.append(_load(worker.process.pid, took))
            cpu.append(_cpu(worker.process.pid) + _cpu(database) - before)
    again = _again()
    whole = [sum(times) for times in zip(*took.values(), strict=True)]
    rows = [(name, f"{table.median(times):.1f}", "") for name, times in took.items()]
    rows += [("van bestand tot geldende codes", f"{table.median(whole):.1f}", f"{table.median(cpu):.1f}")]
    rows += [("lxml.iterparse alleen", f"{table.median(alone):.1f}", f"{table.median(alone_cpu):.1f}")]
    rows += [("verhouding", _ratio(whole, alone), _ratio(cpu, alone_cpu))]
    codes = ReleasedCode.objects.filter(state=RowState.IN_FORCE).count()
    links = ReleasedLink.objects.filter(state=RowState.IN_FORCE).count()
    title = f"De grouper van 2017 ({ZIP.stat().st_size / 1024**2:.1f} MB, 126 MB XML): {codes} codes, {links} relaties"
    table.show(title, ("", "seconden", "processor"), rows)
    table.show("Hetzelfde bestand nog eens", ("", "ms"), [("herkend aan de inhoud", table.ms(again))])
    table.show("Geheugen", ("", "MB"), [("worker, hoogste", max(peaks))])


def _manifest() -> Manifest:
    return Manifest(Source.NZA, "grouper", "RZ17a", date(2017, 1, 1), date(2016, 11, 17))


def _load(pid: int, took: dict[str, list[float]]) -> int:
    """Bring it, let the worker read and compare it, activate it; return the most memory of the worker."""
    began = time.perf_counter()
    release = releases.upload(
        chunks=[ZIP.read_bytes()], file_name=ZIP.name, manifest=_manifest(), by=None, now=timezone.now()
    )
    _note(took, "bewaren", began)
    bell.ring(releases.BELL)
    _follow(release, time.perf_counter(), took)
    assert release.stage == ReleaseStage.READY, release.why_stopped
    releases.activate(release_id=release.pk, by=None, forced=False, now=timezone.now())
    release.refresh_from_db()
    _follow(release, time.perf_counter(), took)
    assert release.stage == ReleaseStage.ACTIVE, release.why_stopped
    assert ReleasedCode.objects.filter(state=RowState.IN_FORCE).count() == sum(release.counts["rows"].values())
    return max([_peak(pid), *(_peak(one) for one in helpers_of(pid))])


def _warm() -> None:
    """Let the worker start and do something small first: how long it takes to start is another question."""
    manifest = Manifest(Source.OTHER, "warm", "warm", date(2017, 1, 1), date(2016, 11, 17))
    release = releases.upload(chunks=[b"x"], file_name="x", manifest=manifest, by=None, now=timezone.now())
    while release.stage != ReleaseStage.REFUSED:
        bell.ring(releases.BELL)
        time.sleep(0.1)
        release.refresh_from_db()


def _follow(release: Release, began: float, took: dict[str, list[float]]) -> None:
    """Wait until the worker is done; note how long each stage took."""
    stage = release.stage
    while stage in (ReleaseStage.READING, ReleaseStage.COMPARING, ReleaseStage.ACTIVATING):
        time.sleep(0.02)
        release.refresh_from_db()
        if release.stage != stage:
            _note(took, ReleaseStage(stage).label.lower(), began)
            stage, began = release.stage, time.perf_counter()


def _again() -> float:
    began = time.perf_counter()
    try:
        releases.upload(
            chunks=[ZIP.read_bytes()], file_name=ZIP.name, manifest=_manifest(), by=None, now=timezone.now()
        )
    except releases.AlreadyThere:
        return time.perf_counter() - began
    raise AssertionError("the same content was taken in twice")


def _note(took: dict[str, list[float]], name: str, began: float) -> None:
    took.setdefault(name, []).append(time.perf_counter() - began)


def _ratio(ours: list[float], theirs: list[float]) -> str:
    return f"{table.median([one / other for one, other in zip(ours, theirs, strict=True)]):.2f}"


def _cpu(pid: int) -> float:
    """Return the seconds of the processor that a process took, with its children, also those that are gone."""
    return sum(_ticks(one) for one in (pid, *helpers_of(pid))) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))


def _peak(pid: int) -> int:
    """Return the most megabytes that a process ever had in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def _said(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
