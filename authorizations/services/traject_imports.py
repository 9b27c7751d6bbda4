"""
A file of activities, as its people know it: bring it, look at what it does, let it be applied, or stop it.

The worker does the rest (traject_import_work). Bron: R-08 (what comes late recomputes).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations.domain import traject_import as rules
from authorizations.domain.traject_import import AT_WORK, RowState, Stage, Unreadable
from authorizations.models import TrajectImport, TrajectImportEffect, TrajectImportPart, TrajectImportRow
from authorizations.queries import traject_imports as asked
from authorizations.services.lifecycle import NotAllowed, require_filer
from kit import bell, text

PART = 128 * 1024
BELL = "authorizations.runs.traject_imports"
AS_BYTES = "latin-1"
"""One sign per byte: what came in is kept as it came, whatever it is; each line is judged later."""


@transaction.atomic
def upload(*, chunks: Iterable[bytes], file_name: str, whole: bool, by: Actor, now: datetime) -> TrajectImport:
    """
    Keep a file for the worker to read, sealed.

    :raises NotAllowed: for who registers nothing here
    :raises Unreadable: when it isn't a file of activities, with what to do
    """
    require_filer(by)
    lines = _lines(chunks)
    names = rules.header(next(lines, b""))
    imported = TrajectImport(
        organization_id=by.organization_id, made_by_id=by.user_id, made_at=now, stage_began_at=now, whole=whole
    )
    imported.file_name, imported.columns = text.storable(file_name)[:200], [name[:40] for name in names]
    imported.save()
    first, size, waiting = 2, 0, []
    count = 0
    for line in lines:
        waiting.append(line)
        size, count = size + len(line), count + 1
        if count > rules.MOST_LINES:
            raise Unreadable("Dit bestand heeft meer dan 250.000 regels. Splits het.")
        if size >= PART:
            _part(imported, first, waiting)
            first, size, waiting = first + len(waiting), 0, []
    if waiting:
        _part(imported, first, waiting)
    if not count:
        raise Unreadable("In dit bestand staan alleen namen van kolommen. Vul de activiteiten eronder in.")
    imported.lines = count
    imported.save(update_fields=["lines"])
    bell.ring(BELL)
    return imported


@transaction.atomic
def apply(*, import_id: int, by: Actor, now: datetime) -> None:
    """
    Let the worker register every good line.

    :raises NotAllowed: when there is nothing to apply, or not everything is good and that was asked for
    """
    imported = _to_change(import_id, by=by)
    if imported.stage != Stage.READY:
        raise NotAllowed("Dit bestand is nog niet gecontroleerd, of al verwerkt.")
    refusal = rules.refusal_to_apply(whole=imported.whole, counts=imported.counts)
    if refusal:
        raise NotAllowed(refusal)
    move(imported, Stage.APPLYING, now=now)
    bell.ring(BELL)


@transaction.atomic
def cancel(*, import_id: int, by: Actor, now: datetime) -> None:
    """
    Stop: what was applied stays, what wasn't is left.

    :raises NotAllowed: when it was over already
    """
    imported = _to_change(import_id, by=by)
    if imported.stage in (Stage.DONE, Stage.CANCELLED):
        raise NotAllowed("Dit bestand was al klaar.")
    TrajectImportPart.objects.filter(imported=imported).delete()
    move(imported, Stage.CANCELLED, now=now, why=f"Gestopt door {by.name}.")


@transaction.atomic
def check_again(*, import_id: int, by: Actor, now: datetime) -> None:
    """
    Look anew at the lines that weren't applied because something had changed, or that wait for too long.

    :raises NotAllowed: when there are none
    """
    imported = _to_change(import_id, by=by)
    if imported.stage not in (Stage.READY, Stage.DONE):
        raise NotAllowed("Dit kan nu niet.")
    states = [RowState.CHANGED, RowState.NEW, RowState.THERE]
    again = TrajectImportRow.objects.filter(imported=imported, state__in=states)
    if imported.stage == Stage.DONE:
        again = again.filter(state=RowState.CHANGED)
    if not again.update(state=RowState.READ.value):
        raise NotAllowed("Er zijn geen regels om opnieuw te controleren.")
    TrajectImportEffect.objects.filter(imported=imported).exclude(state=RowState.APPLIED).delete()
    move(imported, Stage.CHECKING, now=now)
    bell.ring(BELL)


def move(imported: TrajectImport, stage: Stage, *, now: datetime, why: str = "") -> None:
    """Bring a file, which the caller locked, to another stage, with what is known of it there."""
    over = stage in (Stage.DONE, Stage.CANCELLED)
    counted = asked.counts(imported)
    imported.counts = {**counted, "done": 0}
    imported.stage, imported.stage_began_at, imported.why_stopped = stage.value, now, why
    imported.ended_at = now if over else None
    imported.save(update_fields=["counts", "stage", "stage_began_at", "why_stopped", "ended_at"])


def ring_for_what_waits() -> None:
    """Ring for files that were left behind: their bell got lost, or their worker did."""
    if asked.at_work():
        bell.ring(BELL)


def forget(*, now: datetime) -> int:
    """Delete the files, with their lines, that were kept long enough; what was applied stays in its zorgtraject."""
    ids = list(asked.kept_longest(now=now).values_list("pk", flat=True))
    for import_id in ids:
        with transaction.atomic():
            TrajectImportEffect.objects.filter(imported_id=import_id).delete()
            TrajectImportRow.objects.filter(imported_id=import_id).delete()
            TrajectImport.objects.filter(pk=import_id).exclude(stage__in=AT_WORK).delete()
    return len(ids)


def _to_change(import_id: int, *, by: Actor) -> TrajectImport:
    imported = asked.visible_to(by).select_for_update().filter(pk=import_id).first()
    if imported is None:
        raise NotAllowed("Dit bestand is er niet meer.")
    return imported


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield whole lines; a line without end costs no memory: what is too long is cut, and judged as it is."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
        yield from (line[: rules.LONGEST_LINE] for line in whole)
        # Without an end in sight only the beginning is remembered.
        rest = rest if len(rest) < 2 * rules.LONGEST_LINE else rest[: rules.LONGEST_LINE]
    if rest:
        yield rest[: rules.LONGEST_LINE]


def _part(imported: TrajectImport, first: int, lines: list[bytes]) -> None:
    content = b"\n".join(lines).decode(AS_BYTES)
    TrajectImportPart.objects.create(imported=imported, first_line=first, content=content)
