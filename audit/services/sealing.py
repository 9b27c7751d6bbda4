"""Put the seal on what was logged since the last one."""

import logging
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.forms.models import model_to_dict

from audit import queries
from audit.domain import chain
from audit.models import AccessEvent, Seal
from audit.services import anchoring

logger = logging.getLogger(__name__)
SEALER = 7513
"""The number of the lock that makes one sealer of many."""
AT_ONCE = 5000
PATIENCE = 5.0
"""How many seconds a run waits for whoever may still hold a lower number; else the next run is there."""


def seal() -> int:
    """Seal everything that can be sealed now and return how many rows that were; called twice at once, one works."""
    total = 0
    while number := seal_some():
        total += number
    return total


@transaction.atomic
def seal_some() -> int:
    """Put one seal and return how many rows it is on; none when another seals, or somebody is still writing."""
    if not _alone():
        return 0
    last_given = last_number()
    if last_given is None or not _all_written():
        return 0
    anchoring.demand_whole()
    before = queries.last_seal()
    after_id = before.last_id if before else 0
    rows = list(queries.rows_between(after_id, last_given).values(*chain.FIELDS[chain.FORMAT])[:AT_ONCE])
    if not rows:
        return 0
    sealed = chain.Sealed(
        number=before.number + 1 if before else 1,
        format=chain.FORMAT,
        after_id=after_id,
        last_id=rows[-1]["id"] if len(rows) == AT_ONCE else last_given,
        sealed_at=_ask("SELECT clock_timestamp()"),
        previous=before.hash if before else chain.FIRST,
        leaves=b"".join(chain.leaf(row) for row in rows),
    )
    made = Seal.objects.create(
        number=sealed.number,
        format=sealed.format,
        after_id=sealed.after_id,
        last_id=sealed.last_id,
        row_count=len(rows),
        sealed_at=sealed.sealed_at,
        previous=sealed.previous,
        leaves=sealed.leaves,
        hash=sealed.expected_hash(),
        signature=sealed.expected_signature(settings.LOG_SEAL_KEY.encode()),
    )
    # Outside the database, so that a tail that is cut off is missed.
    transaction.on_commit(partial(anchoring.remember, f"{made.number}:{made.hash}"))
    logger.info("Logboek verzegeld: zegel %s, tot en met regel %s, kenmerk %s", made.number, made.last_id, made.hash)
    return len(rows)


def values_of(seal: Seal) -> chain.Sealed:
    """Return a seal as plain values."""
    row = model_to_dict(seal, exclude=["row_count"])
    return chain.Sealed(**{**row, "leaves": bytes(seal.leaves)})


def head() -> chain.Sealed | None:
    """Return the newest seal: what is kept elsewhere as an anchor."""
    newest = queries.last_seal()
    return values_of(newest) if newest else None


def unsealed() -> int:
    """Return how many rows wait for a seal."""
    newest = queries.last_seal()
    return AccessEvent.objects.filter(id__gt=newest.last_id if newest else 0).count()


def _alone() -> bool:
    return bool(_ask("SELECT pg_try_advisory_xact_lock(%s)", [SEALER]))


def last_number() -> int | None:
    """Return the last number that was given out, also to a transaction that hasn't ended."""
    found: int | None = _ask("SELECT CASE WHEN is_called THEN last_value END FROM audit_accessevent_number")
    return found


def _all_written() -> bool:
    """
    Wait, but not long, until everyone who is writing in the log at this moment has ended.

    Whoever has a number holds the table for writing from before that number was given until the end of the transaction:
    so a long transaction elsewhere, in another database or on other tables, holds up nothing.
    """
    writing, began = _writing(), time.monotonic()
    while writing := writing & _writing():
        if time.monotonic() - began > PATIENCE:
            logger.warning("Logboek nog niet verzegeld: wie erin schrijft, is na %s seconden niet klaar.", PATIENCE)
            return False
        time.sleep(0.1)
    return True


def _writing() -> set[str]:
    """Return the transactions, but for the own one, that write in the log."""
    return set(
        _ask(
            """
            SELECT coalesce(array_agg(DISTINCT virtualtransaction), '{}') FROM pg_locks
            WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND relation = 'audit_accessevent'::regclass
                AND pid IS DISTINCT FROM pg_backend_pid()
            """
        )
    )


def _ask(sql: str, values: Sequence[str | int] | None = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (answer,) = cursor.fetchone()
    return answer
