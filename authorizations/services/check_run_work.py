"""
What the worker does with a file for a check: let it be scanned, judge it in stretches, and make one result of them.

A stretch is a transaction: first its result stands on disk, then the row that says so. Whoever kills the worker loses
at most the stretch at hand, and the next one begins where the last row ended: no row is judged twice, and none never.
Bron: checks.md.
"""

import io
import logging
import shutil
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import OperationalError, transaction

from authorizations.domain import check_files, check_reading
from authorizations.domain.check_files import Sheet, Unreadable
from authorizations.domain.check_runs import RunStatus
from authorizations.domain.check_summary import Tally
from authorizations.domain.checks import TOETSEN
from authorizations.models import CheckRun, CheckRunPart
from authorizations.queries import check_runs as asked
from authorizations.services import check_runs, check_workbooks, policies
from kit import tenancy
from kit.csv import BOM, Writer
from papers.services import tables

AT_ONCE = 20_000
LONGEST = 2.0
"""After so many rows or seconds a stretch ends: so long who stops it waits, and so much is done anew after a kill."""
SCAN_AGAIN = timedelta(seconds=30)
VIRUS = "In dit bestand zit een virus. Wij hebben het niet gelezen."
OURS = "Er ging bij ons iets mis. U kunt de controle hervatten."
logger = logging.getLogger(__name__)


def do_next(*, now: datetime) -> bool:
    """Do one step of the run whose turn it is; tell whether there was any."""
    with transaction.atomic():
        run = asked.next_at_work(now=now)
        if run is None:
            return _workbook(now)
        # The worker may see everything; what it does for somebody, it does with the eyes of that organisation.
        with tenancy.acting(tenancy.Context(run.organization_id, run.made_by_id)):
            _step(run, now)
    return True


def _workbook(now: datetime) -> bool:
    """Make the workbook of a result; one that can't be made is left, for the result itself is there."""
    run = asked.next_workbook()
    if run is None or run.result is None:
        return False
    place = uuid4()
    with tenancy.acting(tenancy.Context(run.organization_id, run.made_by_id)):
        try:
            with tables.opened(run.result) as result, tables.written(place) as made:
                check_workbooks.write(result, made)
            run.workbook = place
        except Exception as error:
            logger.error("workbook of check run %s: %s", run.pk, type(error).__name__)
        run.workbook_at = now
        run.save(update_fields=["workbook", "workbook_at"])
    return True


def _step(run: CheckRun, now: datetime) -> None:
    """Do one step; what goes wrong with one file ends that file, and holds up no other."""
    try:
        with transaction.atomic():
            _scan(run, now) if run.scanned_at is None else _go_on(run, now)
    except OperationalError:
        # The database is away, or somebody was in our way: the same step goes well another time.
        raise
    except Unreadable as unreadable:
        run.refresh_from_db()
        check_runs.move(run, "fail", now=now, why=str(unreadable))
    except Exception as error:
        # Only its kind: the words may hold what stood in a row.
        logger.error("check run %s stopped: %s", run.pk, type(error).__name__)
        run.refresh_from_db()
        check_runs.move(run, "fail", now=now, why=OURS)


def _scan(run: CheckRun, now: datetime) -> None:
    found = tables.scanned(run.source)
    if found is tables.Outcome.INFECTED:
        logger.warning("check run %s: the file holds a virus", run.pk)
        tables.remove(run.source)
        raise Unreadable(VIRUS)
    if found is tables.Outcome.UNKNOWN:
        run.wait_until = now + SCAN_AGAIN
        run.save(update_fields=["wait_until"])
        return
    run.scanned_at, run.wait_until = now, None
    run.save(update_fields=["scanned_at", "wait_until"])


def _go_on(run: CheckRun, now: datetime) -> None:
    if run.status == RunStatus.WAITS:
        run.started_at = run.started_at or now
        check_runs.move(run, "begin", now=now)
    elif run.read_to < run.size:
        _judge(run)
    else:
        _finish(run, now)


def _judge(run: CheckRun) -> None:
    """Judge a stretch of rows, and keep what came out of it."""
    began = time.monotonic()
    sheet = _sheet(run)
    gives = TOETSEN[run.toets].gives
    results, tally = slice(-1 - len(gives), -1), Tally(gives, run.tally)
    place, read_from, count, wrong = uuid4(), run.read_to, 0, 0
    with tables.opened(run.source) as file, tables.written(place) as made:
        lines = check_reading.Lines(file, read_from)
        outgoing = io.TextIOWrapper(made, encoding="utf-8", errors="replace", newline="")
        write = Writer(outgoing).write
        for cells in check_files.rows(lines, run.delimiter, before=run.lines):
            row, fault = sheet.judged(cells)
            write(row)
            tally.add(row[results], fault)
            count += 1
            wrong += bool(fault)
            if count >= AT_ONCE or (not count % 500 and time.monotonic() - began > LONGEST):
                break
        outgoing.flush()
        outgoing.detach()
    CheckRunPart.objects.create(run=run, read_from=read_from, read_to=lines.read_to, rows=count, place=place)
    run.read_to, run.lines = lines.read_to, run.lines + lines.count
    run.rows, run.wrong, run.worked = run.rows + count, run.wrong + wrong, run.worked + time.monotonic() - began
    run.tally = tally.kept()
    run.save(update_fields=["tally", "read_to", "lines", "rows", "wrong", "worked"])


def _finish(run: CheckRun, now: datetime) -> None:
    """Make one result of the parts; it stands there whole, or not at all."""
    parts = list(CheckRunPart.objects.filter(run=run).values_list("place", flat=True))
    result = uuid4()
    with tables.written(result) as whole:
        header = io.StringIO(newline="")
        # A spreadsheet knows UTF-8 by its mark.
        header.write(BOM)
        Writer(header).write(_sheet(run).names)
        whole.write(header.getvalue().encode())
        for place in parts:
            with tables.opened(place) as part:
                shutil.copyfileobj(part, whole, 1024 * 1024)
    CheckRunPart.objects.filter(run=run).delete()
    run.result = result
    check_runs.move(run, "finish", now=now)
    check_runs.remove_later(parts)


def _sheet(run: CheckRun) -> Sheet:
    columns: Any = run.columns
    mapping: Mapping[str, int] = run.mapping or {}
    return Sheet(TOETSEN[run.toets], columns, policies.shipped().get(run.policy), mapping)
