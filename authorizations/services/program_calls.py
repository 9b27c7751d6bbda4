"""
What a program of a zorgaanbieder asks is done once however often it is asked; and here: register these activities.

What was registered and the answer to it are one transaction: whoever pulls the plug leaves both or neither. Bron: R-08;
draft-ietf-httpapi-idempotency-key-header-07, sections 2.5 to 2.7; ADR 8.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations.domain import activity_items
from authorizations.domain import traject_import as rules
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.traject_import import Fault, FaultCode
from authorizations.models import ApiCall
from authorizations.queries import program_calls as calls
from authorizations.queries import traject_imports as asked
from authorizations.services import activities
from authorizations.services import program_answers as answers
from authorizations.services.activities import Taken
from authorizations.services.lifecycle import NotAllowed, require_filer
from authorizations.services.subtrajects import Entry
from kit.encrypted import fingerprint

DONE, MADE = 200, 201
Item = Mapping[str, Any]


class Refused(Exception):
    """Raised with everything that is wrong, by the number of the item; nothing was registered."""

    def __init__(self, faults: Sequence[tuple[int, Fault]], trajects: Sequence[int] = ()) -> None:
        super().__init__(f"{len(faults)} fouten")
        self.faults = sorted(faults, key=lambda found: found[0])
        self.trajects = tuple(trajects)


class Busy(Exception):
    """Raised while the same call is still being done."""


class OtherBody(Exception):
    """Raised when the key was used for something else."""


@dataclass(frozen=True)
class Answer:
    """What the program reads; `replayed` when it is that of before, and nothing was done now."""

    status: int
    body: dict[str, Any]
    replayed: bool = False

    @property
    def trajects(self) -> tuple[int, ...]:
        """Return of which zorgtrajecten it says something."""
        return tuple(one["id"] for one in self.body.get("zorgtrajecten", ()))

    @property
    def claims(self) -> tuple[int, ...]:
        """Return of which declaraties that are kept it says something."""
        return tuple(one["id"] for one in self.body.get("declaraties", ()) if one["id"])


@transaction.atomic
def once(*, asked_for: Any, api_key_id: int, key: str, by: Actor, now: datetime, do: Callable[[], Answer]) -> Answer:
    """
    Do this, or give the answer of before when the same was asked with the same key.

    :raises Busy: while that same call is being done
    :raises OtherBody: when the key was used for something else
    """
    mark = fingerprint(key, "idempotency-key")
    if not calls.alone(api_key_id, mark):
        raise Busy
    said = fingerprint(json.dumps(asked_for, sort_keys=True), "api-call")
    before = calls.earlier(by, api_key_id, mark)
    if before:
        if before.asked != said:
            raise OtherBody
        return Answer(before.status, before.answer, replayed=True)
    answer = do()
    ApiCall.objects.create(
        organization_id=by.organization_id,
        api_key_id=api_key_id,
        key=mark,
        asked=said,
        status=answer.status,
        answer=answer.body,
        at=now,
    )
    return answer


def register(*, items: Sequence[Item], api_key_id: int, key: str, by: Actor, now: datetime) -> Answer:
    """
    Register all these activities, or give the answer of before when the same was asked with the same key.

    :raises Busy: as `once`
    :raises OtherBody: as `once`
    :raises Refused: with all that is wrong; a call that is mended may have the same key
    :raises NotAllowed: for who registers nothing
    """
    return once(
        asked_for=items,
        api_key_id=api_key_id,
        key=key,
        by=by,
        now=now,
        do=lambda: _done(items, by=by, now=now, trial=False),
    )


@transaction.atomic
def trial(*, items: Sequence[Item], by: Actor, now: datetime) -> Answer:
    """
    Return what `register` would answer, and keep nothing: it is done, and undone.

    :raises Refused: as `register`
    :raises NotAllowed: as `register`
    """
    answer = _done(items, by=by, now=now, trial=True)
    transaction.set_rollback(True)
    return answer


def forget(*, now: datetime) -> int:
    """Delete the answers that were kept long enough; what was registered stays."""
    gone, _ = calls.kept_longest(now=now).delete()
    return gone


@dataclass
class _Reading:
    """The items by the zorgtraject that they are of, and what is wrong with the others."""

    lines: dict[int, rules.Line] = field(default_factory=dict)
    of: dict[int, list[int]] = field(default_factory=dict)
    faults: list[tuple[int, Fault]] = field(default_factory=list)


def _done(items: Sequence[Item], *, by: Actor, now: datetime, trial: bool) -> Answer:
    require_filer(by)
    reading = _read(items, by=by, now=now)
    taken: dict[int, Taken] = {}
    # In the order of their numbers, so that two calls never wait for each other both ways.
    for traject_id, numbers in sorted(reading.of.items()):
        try:
            taken[traject_id] = _take(traject_id, numbers, reading, by=by, now=now)
        except NotAllowed as refusal:
            told = Fault(FaultCode.UNKNOWN, "zorgtrajectnummer", reading.lines[numbers[0]].number, str(refusal))
            reading.faults += [(number, told) for number in numbers]
            continue
        reading.faults += [(numbers[place], fault) for place, fault in taken[traject_id].faults.items()]
    if reading.faults:
        raise Refused(reading.faults, list(reading.of))
    return _answer(reading, taken, trial=trial)


def _read(items: Sequence[Item], *, by: Actor, now: datetime) -> _Reading:
    reading, today = _Reading(), now.astimezone(AMSTERDAM).date()
    for number, item in enumerate(items, 1):
        read = activity_items.read(item, today=today)
        reading.faults += [(number, fault) for fault in read.faults]
        if read.line:
            reading.lines[number] = read.line
    ids = asked.named(by, {line.number for line in reading.lines.values()})
    for number, line in reading.lines.items():
        if line.number in ids:
            reading.of.setdefault(ids[line.number], []).append(number)
        else:
            reading.faults.append((number, rules.unknown(line.number)))
    return reading


def _take(traject_id: int, numbers: list[int], reading: _Reading, *, by: Actor, now: datetime) -> Taken:
    lines = [reading.lines[number] for number in numbers]
    entries = [Entry(one.code, one.performed_on, one.discipline, one.units, one.profile_class) for one in lines]
    return activities.take(
        zorgtraject_id=traject_id, entries=entries, by=by, now=now, lines=numbers, line_called="item"
    )


def _answer(reading: _Reading, taken: Mapping[int, Taken], *, trial: bool) -> Answer:
    said: dict[int, dict[str, Any]] = {}
    for traject_id, numbers in reading.of.items():
        fresh = {numbers[place] for place in taken[traject_id].fresh}
        for number in numbers:
            state = answers.NEW if number in fresh else answers.THERE
            said[number] = {"item": number, "zorgtraject": traject_id, "stand": state}
    rows: dict[int, list[dict[str, Any]]] = {traject_id: [] for traject_id in sorted(taken)}
    for row in calls.rows_of(list(rows)):
        rows[row.zorgtraject_id].append(answers.subtraject(row))
    body = {
        "proef": trial,
        "activiteiten": [said[number] for number in sorted(said)],
        "zorgtrajecten": [
            {
                "id": traject_id,
                "zorgtrajectnummer": reading.lines[reading.of[traject_id][0]].number,
                "gevolgen": [answers.effect(one) for one in taken[traject_id].effects],
                "subtrajecten": own,
            }
            for traject_id, own in rows.items()
        ],
    }
    made = any(one.fresh for one in taken.values()) and not trial
    return Answer(MADE if made else DONE, body)
