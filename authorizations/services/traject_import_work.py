"""
What the worker does with a file of activities: read it, see what it would do, and do it.

Each step is a transaction with its counts: whoever kills the worker loses at most the step at hand, and the next worker
goes on. Looking ahead is the real thing, rolled back. Bron: R-08.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction

from accounts import queries as accounts
from accounts.domain.actors import Actor
from audit.domain.events import Event, Kind, Purpose, Where, Who
from audit.services import recording
from authorizations import queries
from authorizations.domain import traject_import as rules
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import Fault, FaultCode, RowState, Stage
from authorizations.models import TrajectImport, TrajectImportEffect, TrajectImportPart, TrajectImportRow
from authorizations.queries import traject_imports as asked
from authorizations.services import activities
from authorizations.services.activities import Taken
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.subtrajects import Entry
from authorizations.services.traject_imports import AS_BYTES, move
from kit import tenancy

AT_ONCE = 25
logger = logging.getLogger(__name__)


def do_next(*, now: datetime) -> bool:
    """Do one step of the file whose turn it is; tell whether there was any."""
    with transaction.atomic():
        imported = asked.next_at_work()
        if imported is None:
            return False
        by = accounts.actor_of(imported.made_by, imported.organization_id)
        if by is None or by.organization_id != imported.organization_id or not by.roles & queries.FILING_ROLES:
            TrajectImportPart.objects.filter(imported=imported).delete()
            move(imported, Stage.CANCELLED, now=now, why="Wie dit bestand inlas kan hier niets meer vastleggen.")
            return True
        # The worker may see everything; what it does for somebody, it does with the eyes of that institution.
        with tenancy.acting(tenancy.Context(imported.organization_id, imported.made_by_id)):
            _step(imported, by, now)
    return True


def _step(imported: TrajectImport, by: Actor, now: datetime) -> None:
    """Do one step; what goes wrong with one file ends that file, and holds up no other."""
    try:
        with transaction.atomic():
            STEPS[Stage(imported.stage)](imported, by, now)
    except OperationalError:
        # The database is away, or somebody was in our way: the same step goes well another time.
        raise
    except Exception as error:
        # Only its kind: the words of a database hold what stood in the row.
        logger.error("activity file %s stopped: %s", imported.pk, type(error).__name__)
        imported.refresh_from_db()
        TrajectImportPart.objects.filter(imported=imported).delete()
        move(imported, Stage.CANCELLED, now=now, why="Er ging bij ons iets mis. Lees het bestand opnieuw in.")


# -- reading ---------------------------------------------------------------------------------------------------------


def _read(imported: TrajectImport, by: Actor, now: datetime) -> None:
    """Read one part: each line becomes a row, and the part goes."""
    part = TrajectImportPart.objects.filter(imported=imported).order_by("first_line").first()
    if part is None:
        move(imported, Stage.CHECKING, now=now)
        return
    today = now.astimezone(AMSTERDAM).date()
    lines = part.content.encode(AS_BYTES).split(b"\n")
    read = [
        (number, rules.read(line, imported.columns, today=today))
        for number, line in enumerate(lines, part.first_line)
        if not rules.is_empty(line)
    ]
    ids = asked.named(by, {one.line.number for _, one in read if one.line})
    TrajectImportRow.objects.bulk_create([_row(imported, number, one, ids) for number, one in read], batch_size=1000)
    part.delete()
    _count(imported, done=len(lines))


def _row(imported: TrajectImport, number: int, read: rules.Read, ids: dict[str, int]) -> TrajectImportRow:
    row = TrajectImportRow(imported=imported, line=number, state=RowState.READ.value)
    line = read.line
    if line is None:
        return _wrong(row, read.faults, read.cells)
    if line.number not in ids:
        return _wrong(row, [rules.unknown(line.number)], read.cells)
    row.zorgtraject_id = ids[line.number]
    row.code, row.performed_on, row.discipline = line.code, line.performed_on, line.discipline.value
    row.units, row.profile_class = line.units, line.profile_class
    return row


def _wrong(row: TrajectImportRow, faults: Sequence[Fault], cells: Sequence[str]) -> TrajectImportRow:
    row.state, row.fault = RowState.WRONG.value, faults[0].code.value
    told = [[fault.column, fault.value, fault.message] for fault in faults]
    row.wrong = {"cells": list(cells), "faults": told}
    return row


# -- looking ahead ---------------------------------------------------------------------------------------------------


def _check(imported: TrajectImport, by: Actor, now: datetime) -> None:
    """See for some zorgtrajecten what the file would do, and undo it."""
    ids = asked.unchecked(imported, most=AT_ONCE)
    if not ids:
        move(imported, Stage.READY, now=now)
        return
    rows: dict[int, list[TrajectImportRow]] = {one: [] for one in ids}
    for row in asked.rows(imported, RowState.READ).filter(zorgtraject_id__in=ids):
        rows[row.zorgtraject_id or 0].append(row)
    done = 0
    for zorgtraject_id, own in rows.items():
        done += len(own)
        try:
            with transaction.atomic():
                taken = _take(zorgtraject_id, own, by=by, now=now)
                effects = taken.effects
                transaction.set_rollback(True)
        except NotAllowed as refusal:
            _all_wrong(own, str(refusal))
            continue
        _judge(imported, zorgtraject_id, own, taken, [[one.change.value, one.words] for one in effects])
    _count(imported, done=done)


def _take(zorgtraject_id: int, rows: Sequence[TrajectImportRow], *, by: Actor, now: datetime) -> Taken:
    entries = [
        Entry(row.code, row.performed_on, Discipline(row.discipline), row.units, row.profile_class)
        for row in rows
        if row.performed_on
    ]
    lines = [row.line for row in rows]
    return activities.take(zorgtraject_id=zorgtraject_id, entries=entries, by=by, now=now, lines=lines)


def _judge(
    imported: TrajectImport, zorgtraject_id: int, rows: Sequence[TrajectImportRow], taken: Taken, words: list[Any]
) -> None:
    for state, places in ((RowState.NEW, taken.fresh), (RowState.THERE, taken.there)):
        if places:
            TrajectImportRow.objects.filter(pk__in=[rows[place].pk for place in places]).update(state=state.value)
    for place, fault in taken.faults.items():
        row = rows[place]
        _wrong(row, [fault], _cells(row)).save()
    if taken.fresh:
        TrajectImportEffect.objects.create(
            imported=imported, zorgtraject_id=zorgtraject_id, number=len(taken.fresh), words=words, stamp=taken.stamp
        )


def _all_wrong(rows: Sequence[TrajectImportRow], told: str) -> None:
    for row in rows:
        fault = Fault(FaultCode.UNKNOWN, "zorgtrajectnummer", row.zorgtraject.number if row.zorgtraject else "", told)
        _wrong(row, [fault], _cells(row)).save()


def _cells(row: TrajectImportRow) -> list[str]:
    number = row.zorgtraject.number if row.zorgtraject else ""
    day = row.performed_on.isoformat() if row.performed_on else ""
    return [number, row.code, day, row.discipline, str(row.units), str(row.profile_class)]


# -- applying --------------------------------------------------------------------------------------------------------


def _apply(imported: TrajectImport, by: Actor, now: datetime) -> None:
    """Register the lines of one zorgtraject, as they were shown; what is otherwise by now is left, and said so."""
    effect = asked.effects(imported, RowState.NEW).select_related(None).order_by("id").first()
    if effect is None:
        move(imported, Stage.DONE, now=now)
        return
    rows = list(asked.rows(imported, RowState.NEW).filter(zorgtraject_id=effect.zorgtraject_id))
    try:
        with transaction.atomic():
            as_shown = _take(effect.zorgtraject_id, rows, by=by, now=now).stamp == effect.stamp
            transaction.set_rollback(not as_shown)
    except NotAllowed:
        as_shown = False
    state = RowState.APPLIED if as_shown else RowState.CHANGED
    TrajectImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(state=state.value)
    TrajectImportEffect.objects.filter(pk=effect.pk).update(state=state.value)
    if as_shown:
        _log(imported, effect, by)
    _count(imported, done=len(rows), **{state.value: len(rows)})


def _log(imported: TrajectImport, effect: TrajectImportEffect, by: Actor) -> None:
    subjects = recording.subjects_of(trajects=[effect.zorgtraject_id])
    who = Who(
        user_id=by.user_id,
        name=by.name,
        login=by.email,
        roles=tuple(role.value for role in by.roles),
        organization_id=by.organization_id,
        organization_name=by.organization_name,
    )
    recording.record(
        Event(
            kind=Kind.ACTIVITIES_APPLIED,
            who=who,
            where=Where(source_type=recording.APPLICATION_SERVER),
            purpose=Purpose.REQUESTING,
            subjects=subjects,
            detail={"bestand": imported.pk, "regels": effect.number},
        )
    )


def _count(imported: TrajectImport, **more: int) -> None:
    imported.counts = dict(Counter(imported.counts) + Counter(more))
    imported.save(update_fields=["counts"])


STEPS = {Stage.READING: _read, Stage.CHECKING: _check, Stage.APPLYING: _apply}
