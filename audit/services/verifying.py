"""Show that the log is whole, or say where it isn't."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, TextIO

from django.conf import settings
from django.db.models.functions import Now

from audit import queries
from audit.domain import chain
from audit.domain.chain import Fault, Sealed
from audit.models import Seal
from audit.services import anchoring, erasing, sealing

UNSEALED = timedelta(hours=1)
"""The sealer comes every minute; what waits so long was left out, or the sealer stands still."""


def faults(*, anchors: tuple[str, ...] = ()) -> Iterator[Fault]:
    """
    Yield everything that isn't whole, in the order of the log: changed, removed, inserted, or cut off.

    An anchor is what was kept elsewhere of a seal (`number:hash`); it shows whether a tail was cut off, or the whole
    log was made anew. The one that the worker remembers is looked at by itself.

    :raises ValueError: when an anchor is none
    """
    key = settings.LOG_SEAL_KEY.encode()
    wanted = dict(map(chain.read_anchor, anchors))
    forgotten = anchoring.fault()
    if forgotten and forgotten.seal not in wanted:
        yield forgotten
    erased_to, wrong = erasing.erased_up_to()
    yield from wrong
    previous: Sealed | None = None
    for row in queries.seals().iterator(chunk_size=50):
        seal = sealing.values_of(row)
        if previous is None:
            yield from _first(seal)
        yield from chain.seal_faults(seal, previous, key)
        if row.row_count != len(seal.leaves) // chain.LEAF:
            yield Fault(f"Zegel {seal.number} is veranderd.", seal=seal.number)
        if seal.number in wanted and wanted.pop(seal.number) != seal.hash:
            yield Fault(f"Zegel {seal.number} is een ander zegel dan het bewaarde kenmerk zegt.", seal=seal.number)
        if seal.number > erased_to:
            yield from _rows(seal, previous)
        previous = seal
    if previous is None:
        yield from _unsealed(0)
    else:
        yield from _unsealed(previous.last_id)
    for number in sorted(wanted):
        yield Fault(f"Zegel {number} ontbreekt: het einde van het logboek is afgeknipt.", seal=number)


def export(rows_to: TextIO) -> tuple[int, int]:
    """Write the whole log as lines of JSON, each seal after its rows; return how many rows and seals."""
    written = seals = after = 0
    erased_to, _ = erasing.erased_up_to()
    for erasure in queries.erasures():
        _line(rows_to, {"erasure": erasing.plain(erasure)})
    for seal in queries.seals().iterator(chunk_size=50):
        if seal.number > erased_to:
            for row in _values(seal.after_id, seal.last_id, seal.format):
                _line(rows_to, {"row": row})
                written += 1
        _line(rows_to, {"seal": _plain(seal)})
        seals, after = seals + 1, seal.last_id
    for row in _values(after, 2**62, chain.FORMAT):
        _line(rows_to, {"row": row})
        written += 1
    return written, seals


def _first(seal: Sealed) -> Iterator[Fault]:
    if seal.number != 1:
        yield Fault("Zegel 1 ontbreekt.", seal=1)
    elif seal.previous != chain.FIRST or seal.after_id != 0:
        yield Fault("Zegel 1 is niet het eerste zegel.", seal=1)
    for row in _values(0, seal.after_id, seal.format):
        yield Fault(f"Regel {row['id']} is later ingevoegd.", row["id"])


def _rows(seal: Sealed, previous: Sealed | None) -> Iterator[Fault]:
    if seal.format not in chain.FIELDS:
        return
    rows = list(_values(seal.after_id, seal.last_id, seal.format))
    yield from chain.row_faults(seal, rows)
    if previous:
        yield from chain.late_rows(seal, previous, rows)


def _unsealed(after: int) -> Iterator[Fault]:
    """Look at the rows that nobody sealed yet: their numbers were given out, and they don't wait for long."""
    waiting = queries.rows_between(after, 2**62).filter(at__lt=Now() - UNSEALED)
    if oldest := waiting.values_list("id", flat=True).first():
        yield Fault(f"Regel {oldest} en later zijn langer dan een uur niet verzegeld.", oldest)
    given = sealing.last_number() or 0
    for row in queries.rows_between(max(after, given), 2**62).values("id").iterator():
        yield Fault(f"Regel {row['id']} heeft een nummer dat niet is uitgegeven.", row["id"])


def _values(after: int, last: int, format: int) -> Iterator[dict[str, Any]]:
    return queries.rows_between(after, last).values(*chain.FIELDS[format]).iterator(chunk_size=2000)


def _plain(seal: Seal) -> dict[str, object]:
    values = sealing.values_of(seal)
    return {**values.__dict__, "leaves": values.leaves.hex(), "row_count": seal.row_count}


def _line(rows_to: TextIO, value: dict[str, object]) -> None:
    rows_to.write(chain.canonical(value).decode() + "\n")
