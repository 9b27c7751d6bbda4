"""Releases of codes, brought and worked at as the worker does."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.domain.actors import Actor
from ggz_codes.domain.release_terms import ReleaseStage, Source
from ggz_codes.models import Release
from ggz_codes.services import release_work, releases
from ggz_codes.services.releases import Manifest
from tests.factories.release_files import canonical

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
DAY = date(2016, 10, 4)


def bring(
    content: bytes,
    *,
    by: Actor | None = None,
    version_on: date | None = DAY,
    package: str = "codes",
    source: Source = Source.OTHER,
) -> Release:
    """Bring a file of codes."""
    manifest = Manifest(source, package, "RZ17a", date(2017, 1, 1), date(2016, 11, 17), version_on)
    return releases.upload(chunks=[content], file_name="codes.csv", manifest=manifest, by=by, now=NOW)


def work(release: Release) -> Release:
    """Let the worker do all there is."""
    while release_work.do_next(now=NOW):
        pass
    release.refresh_from_db()
    return release


def trial(content: bytes, **more: Any) -> Release:
    """Bring a file and let it be compared."""
    release = work(bring(content, **more))
    assert release.stage == ReleaseStage.READY, release.why_stopped
    return release


def activate(release: Release, *, forced: bool = False, by: Actor | None = None) -> Release:
    """Let a release take over."""
    releases.activate(release_id=release.pk, by=by, forced=forced, now=NOW)
    work(release)
    assert release.stage == ReleaseStage.ACTIVE, release.why_stopped
    return release


def loaded(content: bytes, **more: Any) -> Release:
    """Bring a file until its codes are in force."""
    return activate(trial(content, **more))


def released(content: bytes = b"") -> Release:
    """Return a release that waits for a person."""
    return trial(content or canonical({}, {"code": "14E489"}))
