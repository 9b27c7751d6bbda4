"""
A whole file through a check, as its people know it: bring it, watch it, stop it, let it go on, throw it away.

The worker does the rest (check_run_work). Bron: checks.md.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations.domain import check_columns, check_files, check_reading
from authorizations.domain import check_runs as rules
from authorizations.domain.check_files import Unreadable
from authorizations.domain.check_runs import AT_WORK, OVER, RUN_STEPS, RunStatus
from authorizations.domain.checks import Toets
from authorizations.models import CheckMapping, CheckRun, CheckRunPart
from authorizations.queries import check_runs as asked
from authorizations.services.lifecycle import NotAllowed
from kit import bell, tenancy, text
from papers.services import tables

BELL = "authorizations.runs.check_runs"
__all__ = ["NotAllowed", "Unreadable", "choose_columns", "discard", "forget", "go_on", "move", "stop", "upload"]


def upload(*, toets: Toets, chunks: Iterable[bytes], file_name: str, policy: str, by: Actor, now: datetime) -> CheckRun:
    """
    Keep a file for the worker to judge.

    :raises NotAllowed: for who has no part in it, or has enough at work
    :raises Unreadable: when it isn't a file for this check, with what to do
    """
    if not by.roles & asked.RUN_ROLES:
        raise NotAllowed("Met uw rol kunt u geen bestanden controleren.")
    if asked.at_work(by.organization_id).count() >= rules.MOST_AT_ONCE:
        raise NotAllowed(f"Er wachten al {rules.MOST_AT_ONCE} bestanden van uw organisatie. Wacht tot er een klaar is.")
    run = CheckRun(
        organization_id=by.organization_id, made_by_id=by.user_id, made_at=now, status_at=now,
        toets=toets.name, policy=policy, file_name=text.storable(file_name)[:200],
    )  # fmt: skip
    try:
        with tables.incoming(check_reading.as_utf8(chunks), limit=rules.MOST_BYTES) as came:
            run.size = came.size
            with came.path.open("rb") as file:
                lines = check_reading.Lines(file)
                _read_header(run, toets, lines)
            run.source = tables.keep(came)
    except tables.TooBig:
        raise Unreadable(rules.TOO_BIG) from None
    try:
        with transaction.atomic():
            run.save()
            bell.ring(BELL)
    except BaseException:
        tables.remove(run.source)
        raise
    return run


def _read_header(run: CheckRun, toets: Toets, lines: check_reading.Lines) -> None:
    """Write down the columns, which of them the check reads, and where the rows begin."""
    coming = iter(lines)
    first = next(coming, "")
    run.delimiter = check_reading.delimiter(first)
    header = check_files.tidy_header(next(check_files.rows(_first_then(first, coming), run.delimiter), None))
    if len(header) > rules.MOST_COLUMNS:
        raise Unreadable(f"Dit bestand heeft {len(header)} kolommen. Het mogen er {rules.MOST_COLUMNS} zijn.")
    check_files.refuse_doubles(header)
    if len(header) < 2 and len(toets.takes) > 1:
        raise Unreadable("Dit bestand heeft 1 kolom. Zet een puntkomma, komma of tab tussen de kolommen.")
    run.columns = header
    run.mapping = check_columns.exact(toets, header)
    run.read_to, run.lines = lines.read_to, lines.count
    if not any(line.strip() for line in coming):
        raise Unreadable("In dit bestand staan alleen namen van kolommen. Vul de rijen eronder in.")


def _first_then(first: str, rest: Iterable[str]) -> Iterable[str]:
    yield first
    yield from rest


@transaction.atomic
def choose_columns(*, run_id: int, places: Mapping[str, int], by: Actor, now: datetime) -> None:
    """
    Say where each column of the check stands, for this file and as a guess for the next.

    :raises NotAllowed: when that was said before, or can't be
    """
    run = _to_change(run_id, by=by)
    if run.mapping is not None or run.status not in AT_WORK:
        raise NotAllowed("De kolommen van dit bestand zijn al gekozen, of de controle is gestopt.")
    header: Any = run.columns
    if refusal := check_columns.why_not(places, header):
        raise NotAllowed(refusal)
    run.mapping, run.status_at = dict(places), now
    run.save(update_fields=["mapping", "status_at"])
    kept, _ = CheckMapping.objects.select_for_update().get_or_create(
        organization_id=run.organization_id, toets=run.toets, defaults={"names": {}}
    )
    kept.names = {name: header[at] for name, at in places.items()}
    kept.save()
    bell.ring(BELL)


@transaction.atomic
def stop(*, run_id: int, by: Actor, now: datetime) -> None:
    """
    Stop: what was judged stays, and it can go on from there.

    :raises NotAllowed: when it was over already
    """
    move(_to_change(run_id, by=by), "stop", now=now, why=f"Gestopt door {by.name}.")


@transaction.atomic
def go_on(*, run_id: int, by: Actor, now: datetime) -> None:
    """
    Let the worker go on where it was.

    :raises NotAllowed: when it is at work or done
    """
    run = _to_change(run_id, by=by)
    if run.status == RunStatus.FAILED and run.scanned_at is None:
        raise NotAllowed("Dit bestand is niet door de virusscanner gekomen en kan niet verder. Kies een ander bestand.")
    move(run, "go_on", now=now)
    bell.ring(BELL)


@transaction.atomic
def discard(*, run_id: int, by: Actor) -> None:
    """
    Throw away a run with its file and its result.

    :raises NotAllowed: while it is at work
    """
    run = _to_change(run_id, by=by)
    if run.status not in OVER:
        raise NotAllowed("Stop de controle eerst. Daarna kunt u haar verwijderen.")
    _delete(run)


def move(run: CheckRun, step: str, *, now: datetime, why: str = "") -> None:
    """
    Take a step with a run, which the caller locked.

    :raises NotAllowed: when it can't be taken from where the run is
    """
    if refusal := rules.why_not(step, RunStatus(run.status)):
        raise NotAllowed(refusal)
    target = RUN_STEPS[step].target
    run.status, run.status_at, run.why_over, run.wait_until = target.value, now, why[:300], None
    run.ended_at = now if target in OVER else None
    run.save()


def ring_for_what_waits() -> None:
    """Ring for runs that were left behind: their bell got lost, or their worker did."""
    if asked.at_work().exists():
        bell.ring(BELL)


def forget(*, now: datetime) -> int:
    """Delete the runs, with all that stands on disk, that were kept long enough; return how many."""
    ids = list(asked.kept_longest(now=now).values_list("pk", flat=True))
    for run_id in ids:
        with transaction.atomic():
            run = asked.kept_longest(now=now).select_for_update().filter(pk=run_id).first()
            if run is not None:
                _delete(run)
    _remove_abandoned(now=now)
    return len(ids)


def _remove_abandoned(*, now: datetime) -> None:
    """Remove from disk what no run knows of: its worker was killed before it could tell."""
    tenancy.demand_system()
    known = {str(place) for place in asked.known_places()}
    for path in tables.abandoned(now):
        if path.name not in known:
            path.unlink(missing_ok=True)


def _delete(run: CheckRun) -> None:
    places = asked.places(run)
    CheckRunPart.objects.filter(run=run).delete()
    run.delete()
    remove_later(places)


def remove_later(places: Iterable[UUID]) -> None:
    """Remove from disk once the database has forgotten it too."""
    gone = list(places)
    transaction.on_commit(lambda: tables.remove(*gone), robust=True)


def _to_change(run_id: int, *, by: Actor) -> CheckRun:
    run = asked.visible_to(by).select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise NotAllowed("Deze controle is er niet meer.")
    return run
