"""
A release of codes, as its people know it: bring it, look at what it changes, let it be activated, or stop it.

The worker does the rest (release_work). Bron: codes.md section 3 (atomic, idempotent on content, never an older one
unless forced, a diff before activation).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.domain.actors import Actor
from ggz_codes.domain import release_age
from ggz_codes.domain.release_terms import OVER, NoteKind, ReleaseStage, Source
from ggz_codes.models import Release, ReleasePart
from ggz_codes.queries import releases as asked
from ggz_codes.services import release_sql
from kit import bell, refusals, tenancy, text

PART = 512 * 1024
MOST_BYTES = 25 * 1024**2
BELL = "ggz_codes.runs.releases"
RELEASES = "releases"
"""In whose name codes are written: that part of the portal (portal/tenancy/registry.py)."""


class NotAllowed(Exception):
    """Raised when something can't be done with a release; its words say why."""


class AlreadyThere(NotAllowed):
    """Raised when the same content was brought before: there is nothing to do."""

    def __init__(self, release: Release) -> None:
        stage = ReleaseStage(release.stage).label.lower()
        super().__init__(f"Dit bestand is al ingelezen: {release} ({stage}). Er verandert niets.")
        self.release = release


@dataclass(frozen=True)
class Manifest:
    """What somebody says of a file: never taken from its name. Three days that differ (codes.md section 3)."""

    source: Source
    package: str
    name: str
    effective_on: date
    delivered_on: date
    version_on: date | None = None
    """The day of the content, where the file itself doesn't say it."""


def upload(*, chunks: Iterable[bytes], file_name: str, manifest: Manifest, by: Actor | None, now: datetime) -> Release:
    """
    Keep a file for the worker to read; `by` is nobody when a command does it.

    :raises AlreadyThere: when this content is under way or in use
    :raises NotAllowed: for who doesn't look after codes, and for a file that is too big
    """
    with tenancy.as_system(RELEASES), transaction.atomic():
        require_keeper(by)
        release = Release(
            source=manifest.source.value,
            package=text.storable(manifest.package).strip()[:40],
            name=text.storable(manifest.name).strip()[:40],
            effective_on=manifest.effective_on,
            delivered_on=manifest.delivered_on,
            version_on=manifest.version_on,
            file_name=text.storable(file_name)[:200],
            size=0,
            made_by_id=by.user_id if by else None,
            made_at=now,
            stage=ReleaseStage.READING.value,
            stage_began_at=now,
        )
        content = b"".join(_at_most(chunks))
        release.size, release.sha256 = len(content), hashlib.sha256(content).hexdigest()
        known = asked.same_content(release.source, release.package, release.sha256)
        if known:
            raise AlreadyThere(known)
        try:
            with transaction.atomic():
                release.save()
        except IntegrityError as error:
            # Somebody brought the same file at the same moment.
            raise NotAllowed(refusals.said(error, Release)) from None
        for number, begin in enumerate(range(0, len(content), PART)):
            ReleasePart.objects.create(release=release, number=number, content=content[begin : begin + PART])
        bell.ring(BELL)
        return release


def activate(*, release_id: int, by: Actor | None, forced: bool, now: datetime) -> None:
    """
    Let the worker activate a release of which the trial was looked at.

    :raises NotAllowed: when it isn't ready, when a newer one is in use and nobody insists, or when another one was
        activated since the trial: then it is compared again
    """
    with tenancy.as_system(RELEASES):
        if not _activate(release_id, by, forced, now):
            raise NotAllowed(
                "Intussen is een andere uitgave geactiveerd. Wij vergelijken opnieuw: bekijk het verschil."
            )


@transaction.atomic
def _activate(release_id: int, by: Actor | None, forced: bool, now: datetime) -> bool:
    require_keeper(by)
    release = to_change(release_id)
    if release.stage != ReleaseStage.READY:
        raise NotAllowed("Deze uitgave is nog niet vergeleken, of er is al over besloten.")
    refused = refusal(release, forced=forced)
    if refused:
        raise NotAllowed(refused)
    release.activated_by_id, release.forced = by.user_id if by else None, forced
    release.save(update_fields=["activated_by", "forced"])
    current = release.compared_with == asked.activations()
    move(release, ReleaseStage.ACTIVATING if current else ReleaseStage.COMPARING, now=now)
    bell.ring(BELL)
    return current


def cancel(*, release_id: int, by: Actor | None, now: datetime) -> None:
    """
    Stop: the trial is thrown away, the catalogue is as it was.

    :raises NotAllowed: when it is being activated or was over already
    """
    with tenancy.as_system(RELEASES), transaction.atomic():
        require_keeper(by)
        release = to_change(release_id)
        if release.stage in OVER:
            raise NotAllowed("Deze uitgave was al klaar.")
        if release.stage == ReleaseStage.ACTIVATING:
            raise NotAllowed("Deze uitgave wordt al geactiveerd. Dat is één stap, die wij niet halverwege stoppen.")
        stop(release, ReleaseStage.CANCELLED, now=now, why=f"Gestopt door {by.name if by else 'een beheerder'}.")


def refusal(release: Release, *, forced: bool) -> str:
    """Return why this release can't be activated now, or nothing when it can."""
    in_use = asked.newest_version(release.source, release.package)
    return release_age.refusal(version_on=release.version_on or release.delivered_on, in_use=in_use, forced=forced)


def require_keeper(by: Actor | None) -> None:
    """:raises NotAllowed: for somebody who doesn't look after codes"""
    if by is not None and not (by.is_insurer and by.roles & asked.KEEPERS):
        raise NotAllowed("Codes bijwerken doet de beheerder van een zorgverzekeraar.")


def to_change(release_id: int) -> Release:
    """
    Return a release, locked.

    :raises NotAllowed: when there is none
    """
    release = Release.objects.select_for_update().filter(pk=release_id).first()
    if release is None:
        raise NotAllowed("Deze uitgave is er niet.")
    return release


def move(release: Release, stage: ReleaseStage, *, now: datetime, why: str = "") -> None:
    """Bring a release, which the caller locked, to another stage."""
    release.stage, release.stage_began_at, release.why_stopped = stage.value, now, why[:300]
    release.ended_at = now if stage in OVER else None
    active = stage in (ReleaseStage.ACTIVE, ReleaseStage.SUCCEEDED)
    release.activated_at = (release.activated_at or now) if active else None
    release.save(update_fields=["stage", "stage_began_at", "why_stopped", "ended_at", "activated_at"])


def stop(release: Release, stage: ReleaseStage, *, now: datetime, why: str) -> None:
    """End a release without a trace in the catalogue; what is wrong with it stays told."""
    release_sql.empty(release.pk, keep=NoteKind.FAULT.value)
    ReleasePart.objects.filter(release=release).delete()
    move(release, stage, now=now, why=why)


def _at_most(chunks: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise NotAllowed("Dit bestand is groter dan 25 MB. Lever het als zip.")
        yield chunk
