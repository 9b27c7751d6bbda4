"""
Claims that a program sends: judged and kept as those of a file, and once however often it is asked.

Bron: A-39 to A-45; R-26; draft-ietf-httpapi-idempotency-key-header-07; ADR 8.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations.domain import declaration_items
from authorizations.domain.declarations import Told
from authorizations.domain.obstacles import Obstacle
from authorizations.services import claim_answers as answers
from authorizations.services import declarations, program_calls
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.program_calls import DONE, MADE, Answer, Busy, Item, OtherBody

__all__ = ["Busy", "NotAllowed", "OtherBody"]
Faults = list[tuple[int, Obstacle]]


class Refused(Exception):
    """Raised with everything that is wrong, by the number of the item; nothing was kept."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(f"{len(faults)} fouten")
        self.faults = faults


def take(*, items: Sequence[Item], whole: bool, api_key_id: int, key: str, by: Actor, now: datetime) -> Answer:
    """
    Keep these claims, or give the answer of before; with `whole` all or none, else every one that is right.

    :raises Busy: while that same call is being done
    :raises OtherBody: when the key was used for something else
    :raises Refused: when nothing was kept; a call that is mended may have the same key
    :raises NotAllowed: for who keeps none, or when a colleague wrote one down at this very moment
    """
    return program_calls.once(
        asked_for={"declaraties": items, "heel": whole},
        api_key_id=api_key_id,
        key=key,
        by=by,
        now=now,
        do=lambda: _taken(items, whole=whole, by=by, now=now, trial=False),
    )


@transaction.atomic
def trial(*, items: Sequence[Item], whole: bool, by: Actor, now: datetime) -> Answer:
    """
    Return what `take` would answer, and keep nothing: it is done, and undone.

    :raises Refused: as `take`
    :raises NotAllowed: as `take`
    """
    answer = _taken(items, whole=whole, by=by, now=now, trial=True)
    transaction.set_rollback(True)
    return answer


def _taken(items: Sequence[Item], *, whole: bool, by: Actor, now: datetime, trial: bool) -> Answer:
    told: dict[int, Told] = {}
    faults: Faults = []
    for number, item in enumerate(items, 1):
        claim, wrong = declaration_items.read(item)
        faults += [(number, fault) for fault in wrong]
        if claim:
            told[number] = claim
    taken = declarations.take(told=told, whole=whole, by=by, now=now, place_called="item")
    faults = sorted([*faults, *taken.faults], key=lambda found: found[0])
    if faults and (whole or not taken.rows):
        # Also what was right goes back: the transaction around this ends here.
        raise Refused(faults)
    return Answer(MADE if taken.new and not trial else DONE, _body(taken, faults, trial=trial))


def _body(taken: declarations.Taken, faults: Faults, *, trial: bool) -> dict[str, Any]:
    return {
        "proef": trial,
        "declaraties": [
            {
                "item": place,
                # What is only tried has no number that anybody may ask for.
                "id": None if trial and place in taken.new else row.pk,
                "declaratienummer": row.number,
                "stand": _state(taken, place),
                "laatste_dag": row.last_day and row.last_day.isoformat(),
            }
            for place, row in sorted(taken.rows.items())
        ],
        "fouten": [answers.fault(item, one) for item, one in faults],
    }


def _state(taken: declarations.Taken, place: int) -> str:
    return answers.NEW if place in taken.new else answers.CHANGED if place in taken.changed else answers.SAME
