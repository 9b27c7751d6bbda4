"""
What the worker does with a release: read it into a trial, compare it with what is in force, and activate it.

Reading goes in small transactions with its progress; whoever kills the worker loses the reading, and the next worker
begins anew. Comparing and activating are one transaction each. The catalogue changes in the last one alone.
"""

import gc
import logging
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from typing import BinaryIO

from django.db import OperationalError, connection, transaction

from ggz_codes.delivery.release_files import Read
from ggz_codes.domain.release_rows import CodeRow, Fault, Found, LinkRow, Mended, Onward, Skipped, TreeRow, WrongFile
from ggz_codes.domain.release_terms import NoteKind, ReleaseStage
from ggz_codes.models import Release, ReleasedLink, ReleaseNote, ReleasePart
from ggz_codes.queries import releases as asked
from ggz_codes.services import release_sql
from ggz_codes.services.releases import move, stop, to_change
from kit.ahead import ahead

AT_ONCE = 2000
AHEAD = 12
"""As many portions may wait for the database."""
MOST_FAULTS = 500
"""More of them says nothing more: then the whole file is wrong."""
MOST_MENDED = 2000
LOCKS = 7262
"""The class of our advisory locks: one worker at a time reads a release."""
ACTIVATING = 0
logger = logging.getLogger(__name__)


class Stopped(Exception):
    """Raised when somebody stopped the release that is being read."""


def do_next(*, now: datetime) -> bool:
    """Do one step of the release whose turn it is; tell whether there was any."""
    for release in asked.at_work():
        with _alone(release.pk) as alone:
            if alone:
                release.refresh_from_db()
                return _step(release, now)
    return False


def _step(release: Release, now: datetime) -> bool:
    steps = {
        ReleaseStage.READING: _read,
        ReleaseStage.COMPARING: _compare,
        ReleaseStage.ACTIVATING: _take_over,
    }
    step = steps.get(ReleaseStage(release.stage))
    if step is None:
        # Somebody stopped it just now.
        return True
    try:
        step(release, now)
    except Stopped:
        pass
    except OperationalError:
        # The database is away, or somebody was in our way: the same step goes well another time.
        raise
    except Exception as error:
        logger.exception("release %s stopped: %s", release.pk, type(error).__name__)
        _refuse(release, now, "Er ging bij ons iets mis. De codes zijn niet veranderd. Lees het bestand opnieuw in.")
    return True


@contextmanager
def _alone(release_id: int) -> Iterator[bool]:
    """Hold a release for this worker alone, across its transactions; a worker that dies lets go by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, release_id])
        (held,) = cursor.fetchone() or (False,)
    try:
        yield bool(held)
    finally:
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, release_id])


def _refuse(release: Release, now: datetime, why: str) -> None:
    with transaction.atomic():
        held = to_change(release.pk)
        if held.stage == release.stage:
            stop(held, ReleaseStage.REFUSED, now=now, why=why)


# -- reading ---------------------------------------------------------------------------------------------------------


def _read(release: Release, now: datetime) -> None:
    """Read the whole file into the trial. What is wrong is gathered: with any fault nothing comes of it."""
    with transaction.atomic():
        _still_reading(release)
        release_sql.empty(release.pk)
    batch = _Batch(release)
    with _file(release) as file, _without_looking_for_circles():
        read = Read(file, release.file_name or "bestand", release.package, release.size)
        try:
            # What comes next is read while the database writes what came before.
            with closing(ahead(_portions(read.found()), at_most=AHEAD)) as portions:
                for portion in portions:
                    batch.take(portion)
                    batch.keep(read)
                    if batch.faults >= MOST_FAULTS:
                        break
        except WrongFile as wrong:
            _refuse(release, now, str(wrong))
            return
    if batch.faults:
        number = f"staan {batch.faults} fouten" if batch.faults > 1 else "staat 1 fout"
        more = " of meer" if batch.faults >= MOST_FAULTS else ""
        _refuse(release, now, f"In dit bestand {number}{more}. De codes zijn niet veranderd.")
        return
    if not batch.codes_seen:
        _refuse(release, now, "In dit bestand staan geen codes.")
        return
    with transaction.atomic():
        held = _still_reading(release)
        held.layout = read.layout.value if read.layout else ""
        held.version_on = batch.version_on or held.version_on or held.delivered_on
        held.done = held.total
        held.save(update_fields=["layout", "version_on", "done"])
        ReleasePart.objects.filter(release=held).delete()
        move(held, ReleaseStage.COMPARING, now=now)


def _still_reading(release: Release) -> Release:
    held = to_change(release.pk)
    if held.stage != ReleaseStage.READING:
        raise Stopped
    return held


@contextmanager
def _file(release: Release) -> Iterator[BinaryIO]:
    """Put the parts together again, on disk."""
    with tempfile.TemporaryFile() as file:
        parts = ReleasePart.objects.filter(release=release).order_by("number").values_list("content", flat=True)
        for content in parts.iterator(chunk_size=1):
            file.write(content)
        file.seek(0)
        yield file


@contextmanager
def _without_looking_for_circles() -> Iterator[None]:
    """Let Python collect nothing meanwhile: no row refers to another in a circle, and looking costs a tenth of it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _portions(found: Iterable[Found]) -> Iterator[list[Found]]:
    """Gather what a file gives until it is worth writing; what is read without giving anything counts too."""
    portion: list[Found] = []
    for one in found:
        portion.append(one)
        if isinstance(one, Onward) or len(portion) >= AT_ONCE:
            yield portion
            portion = []
    yield portion


class _Batch:
    """Rows on their way to the trial."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.faults = self.mended = self.codes_seen = 0
        self.version_on: date | None = None
        self._clear()

    def _clear(self) -> None:
        self.codes: list[CodeRow] = []
        self.links: list[LinkRow] = []
        self.trees: list[TreeRow] = []
        self.notes: list[ReleaseNote] = []

    def take(self, portion: Sequence[Found]) -> None:
        """Take what a file gave, until it has given too many faults."""
        for found in portion:
            self._take(found)
            if self.faults >= MOST_FAULTS:
                return

    def _take(self, found: Found) -> None:
        match found:
            case CodeRow():
                self.codes.append(found)
                self.codes_seen += 1
                if found.version_on and (self.version_on is None or found.version_on > self.version_on):
                    self.version_on = found.version_on
            case LinkRow():
                self.links.append(found)
            case TreeRow():
                self.trees.append(found)
            case Fault():
                self.faults += 1
                self._note(NoteKind.FAULT, str(found.place), found.column, found.value, found.message)
            case Mended():
                self.mended += 1
                if self.mended <= MOST_MENDED:
                    self._note(NoteKind.WARNING, str(found.place), found.column, "", found.message)
            case Skipped():
                self._note(NoteKind.SKIPPED, found.name, "", str(found.number), "")

    def keep(self, read: Read) -> None:
        """
        Write it with the progress, unless somebody stopped the release.

        :raises Stopped: when somebody did
        """
        with transaction.atomic():
            held = _still_reading(self.release)
            # With a fault nothing will come of the trial.
            if not self.faults:
                release_sql.add_codes(held.pk, self.codes)
                release_sql.add_links(held.pk, self.links)
                release_sql.add_trees(held.pk, self.trees)
            ReleaseNote.objects.bulk_create(self.notes)
            held.done, held.total = read.progress, read.total
            held.save(update_fields=["done", "total"])
        self._clear()

    def _note(self, kind: NoteKind, place: str, column: str, value: str, message: str) -> None:
        self.notes.append(
            ReleaseNote(
                release=self.release,
                kind=kind.value,
                place=place[:200],
                column=column[:80],
                value=value[:200],
                message=message[:500],
            )
        )


# -- comparing and activating ----------------------------------------------------------------------------------------


@transaction.atomic
def _compare(release: Release, now: datetime) -> None:
    """See what the trial changes; rows that can't both hold are faults."""
    held = to_change(release.pk)
    if held.stage != ReleaseStage.COMPARING:
        raise Stopped
    clashes = release_sql.clashes(held.pk, MOST_FAULTS)
    if clashes:
        ReleaseNote.objects.bulk_create(_clash(held, *one) for one in clashes)
        why = (
            f"In dit bestand overlappen perioden van dezelfde code: {len(clashes)} keer. De codes zijn niet veranderd."
        )
        stop(held, ReleaseStage.REFUSED, now=now, why=why)
        return
    release_sql.compare(held.pk, held.source, held.package)
    held.compared_with = asked.activations()
    links = ReleasedLink.objects.filter(release=held)
    held.counts = {
        "rows": asked.kind_counts(held),
        "changes": asked.change_counts(held),
        "links": links.count(),
        "changed_links": sum(asked.link_counts(held).values()),
    }
    held.save(update_fields=["counts", "compared_with"])
    move(held, ReleaseStage.READY, now=now)


def _clash(release: Release, code: str, place: str, next_place: str, begin: date | None) -> ReleaseNote:
    day = f"Vanaf {begin:%d-%m-%Y}" if begin else "Zonder begin"
    message = f"{day} geldt voor {code} ook {next_place}. Van één code geldt er op een dag één regel."
    return ReleaseNote(
        release=release, kind=NoteKind.FAULT.value, place=place, column="geldigheid", value=code, message=message[:500]
    )


def _take_over(release: Release, now: datetime) -> None:
    _activate(release, now)
    release_sql.count_rows()


@transaction.atomic
def _activate(release: Release, now: datetime) -> None:
    """Let the trial take the place of what is in force, in one transaction."""
    with connection.cursor() as cursor:
        # One at a time: what was compared must be what is replaced.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, ACTIVATING])
    held = to_change(release.pk)
    if held.stage != ReleaseStage.ACTIVATING:
        raise Stopped
    if held.compared_with != asked.activations():
        move(held, ReleaseStage.COMPARING, now=now)
        return
    release_sql.activate(held.pk)
    before = asked.in_use(held.source, held.package)
    if before:
        move(before, ReleaseStage.SUCCEEDED, now=now)
    move(held, ReleaseStage.ACTIVE, now=now)
