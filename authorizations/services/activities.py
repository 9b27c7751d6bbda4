"""
Several activities of one zorgtraject at once: from a file or from a program of the provider.

It ends in the same subtrajecten as registering them one by one, in whatever order. What is there already, changes
nothing. Bron: R-07, R-08.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q

from accounts.domain.actors import Actor
from authorizations.domain import words, zorgactiviteiten
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.import_effects import Effect, effects
from authorizations.domain.subtrajects import REHABILITATION
from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import Fault, FaultCode
from authorizations.models import Zorgactiviteit, Zorgtraject
from authorizations.queries import subtrajects as asked
from authorizations.services import subtrajects
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.recounting import Why, recount
from authorizations.services.subtrajects import Entry
from ggz_codes import queries as codes

Key = tuple[str, date, str]


@dataclass
class Taken:
    """What became of each entry, by its place in the list, and of the subtrajecten."""

    before: list[dict[str, Any]] = field(default_factory=list)
    after: list[dict[str, Any]] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)
    there: list[int] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    stamp: str = ""

    @property
    def effects(self) -> list[Effect]:
        """What differs now, in words."""
        return effects(self.before, self.after)


@transaction.atomic
def take(
    *,
    zorgtraject_id: int,
    entries: Sequence[Entry],
    by: Actor,
    now: datetime,
    lines: Sequence[int] = (),
    line_called: str = "regel",
) -> Taken:
    """
    Register all of these that can be, and tell of the others why not.

    Nothing but a look ahead? Then the caller rolls back: what it saw is what happens. `lines` names the entries, and
    `line_called` says what such a name is.

    :raises NotAllowed: for who doesn't keep this zorgtraject
    """
    traject = subtrajects.locked(zorgtraject_id, by=by, now=now)
    taken = Taken(before=_state(traject))
    known = _known(traject, entries)
    doubts = _doubts(traject, entries)
    opened_on = date.fromisoformat(taken.before[0]["opened_on"])
    first: dict[Key, int] = {}
    for place, entry in enumerate(entries):
        twice = first.setdefault(_key(entry), place)
        if twice != place:
            fault: Fault | None = _twice(lines, twice, line_called, entry.code)
        else:
            fault = _against(entry, known, opened_on, traject, doubts)
        if fault:
            taken.faults[place] = fault
        elif _key(entry) in known:
            taken.there.append(place)
        else:
            taken.fresh.append(place)
    version = _version(traject)
    # In the order of the days, so that the order in a file decides nothing.
    fresh = sorted(taken.fresh, key=lambda place: (entries[place].performed_on, *_key(entries[place])))
    if fresh and not _all(traject, [entries[place] for place in fresh], by=by, now=now):
        for place in fresh:
            _one(traject, place, entries[place], taken, by=by, now=now)
        taken.fresh = [place for place in taken.fresh if place not in taken.faults]
    taken.after = _state(traject)
    made = [_key(entries[place]) for place in taken.fresh]
    said = json.dumps([taken.before, taken.after, version, sorted(map(str, made))], sort_keys=True)
    taken.stamp = hashlib.sha256(said.encode()).hexdigest()
    return taken


def _all(traject: Zorgtraject, entries: Sequence[Entry], *, by: Actor, now: datetime) -> bool:
    """Register all of them, or none."""
    try:
        with transaction.atomic():
            Zorgactiviteit.objects.bulk_create(
                Zorgactiviteit(zorgtraject=traject, registered_by_id=by.user_id, registered_at=now, **vars(entry))
                for entry in entries
            )
            recount(traject, Why(now, by, _reason(entries, now), frozenset(entry.performed_on for entry in entries)))
    except NotAllowed:
        return False
    return True


def _one(traject: Zorgtraject, place: int, entry: Entry, taken: Taken, *, by: Actor, now: datetime) -> None:
    try:
        subtrajects.register(zorgtraject_id=traject.pk, entry=entry, by=by, now=now)
    except NotAllowed as refusal:
        taken.faults[place] = Fault(FaultCode.REFUSED, "uitgevoerd_op", entry.performed_on.isoformat(), str(refusal))


def _reason(entries: Sequence[Entry], now: datetime) -> str:
    told = words.day(now.astimezone(AMSTERDAM).date())
    first, last = words.day(entries[0].performed_on), words.day(entries[-1].performed_on)
    if len(entries) == 1:
        return f"Activiteit van {first} vastgelegd op {told}."
    return f"{len(entries)} activiteiten van {first} tot en met {last} vastgelegd op {told}."


def _against(
    entry: Entry,
    known: Mapping[Key, tuple[int, int] | None],
    opened_on: date,
    traject: Zorgtraject,
    doubts: Mapping[tuple[str, date], str],
) -> Fault | None:
    """Return why this entry can't be, as far as it doesn't take a recount to tell."""
    if entry.performed_on < opened_on:
        told = f"Het zorgtraject begon op {words.day(opened_on)}. Controleer de datum en het zorgtrajectnummer."
        return Fault(FaultCode.EARLY, "uitgevoerd_op", entry.performed_on.isoformat(), told)
    if told := subtrajects.after_death(traject, entry.performed_on):
        return Fault(FaultCode.REFUSED, "uitgevoerd_op", entry.performed_on.isoformat(), told)
    if _key(entry) not in known:
        why = doubts.get((entry.code, entry.performed_on)) if entry.profile_class == REHABILITATION else ""
        told = f"{why} Controleer de code en de datum. Klopt het? Leg de activiteit dan vast bij het zorgtraject zelf."
        return Fault(FaultCode.CODE, "zorgactiviteit", entry.code, told) if why else None
    found = known[_key(entry)]
    if found is None:
        told = "Deze activiteit is eerder verwijderd. Klopt zij toch? Leg haar dan vast bij het zorgtraject."
        return Fault(FaultCode.REMOVED, "zorgactiviteit", entry.code, told)
    units, profile_class = found
    if units != entry.units:
        told = f"Deze activiteit staat er al, met aantal {units}. Verbeter het aantal bij het zorgtraject."
        return Fault(FaultCode.OTHERWISE, "aantal", str(entry.units), told)
    if profile_class != entry.profile_class:
        told = f"Deze activiteit staat er al, met zorgprofielklasse {profile_class}. Verbeter haar bij het zorgtraject."
        return Fault(FaultCode.OTHERWISE, "zorgprofielklasse", str(entry.profile_class), told)
    return None


def _doubts(traject: Zorgtraject, entries: Sequence[Entry]) -> dict[tuple[str, date], str]:
    """
    Return which codes of rehabilitation may be a mistake on which day, and why.

    What nobody knows is no mistake once this institution registered it, by the form.
    """
    of_rehabilitation = {(one.code, one.performed_on) for one in entries if one.profile_class == REHABILITATION}
    stands = codes.standings_of_activities(of_rehabilitation)
    unknown = {code for (code, _), found in stands.items() if found is None and not zorgactiviteiten.is_known(code)}
    used = asked.codes_used(traject.provider_id, unknown) if unknown else set()
    told = {
        (code, day): zorgactiviteiten.doubt(code, day, found, registered=code in used)
        for (code, day), found in stands.items()
    }
    return {pair: why for pair, why in told.items() if why}


def _twice(lines: Sequence[int], first: int, called: str, code: str) -> Fault:
    where = f"{called} {lines[first]}" if lines else f"nummer {first + 1}"
    told = f"Dezelfde activiteit staat ook in {where}. Tel de aantallen op, of haal er een weg."
    return Fault(FaultCode.TWICE, "zorgactiviteit", code, told)


def _key(entry: Entry) -> Key:
    return entry.code, entry.performed_on, Discipline(entry.discipline).value


def _known(traject: Zorgtraject, entries: Sequence[Entry]) -> dict[Key, tuple[int, int] | None]:
    """Return what is registered on these days: number and class, or None for what was removed and isn't there now."""
    found = asked.registered(traject, {entry.performed_on for entry in entries})
    known: dict[Key, tuple[int, int] | None] = {}
    for code, day, discipline, units, profile_class, removed_at in found:
        if removed_at is None:
            known[code, day, discipline] = (units, profile_class)
        else:
            known.setdefault((code, day, discipline), None)
    return known


def _version(traject: Zorgtraject) -> list[int]:
    """Return by what two moments of this zorgtraject are told apart, when nothing follows from what was registered."""
    found = Zorgactiviteit.objects.filter(zorgtraject=traject)
    counted = found.aggregate(all=Count("id"), last=Max("id"), gone=Count("id", filter=Q(removed_at__isnull=False)))
    return [counted["all"], counted["last"] or 0, counted["gone"]]


def _state(traject: Zorgtraject) -> list[dict[str, Any]]:
    return [
        {
            "opened_on": row.opened_on.isoformat(),
            "zorgtype": row.zorgtype,
            "closes_on": row.closes_on.isoformat(),
            "closes_by": row.closes_by,
            "closed_on": row.closed_on and row.closed_on.isoformat(),
            "finished_on": row.finished_on and row.finished_on.isoformat(),
            "declared": row.declared_at is not None,
            "to_correct": row.to_correct_since is not None,
        }
        for row in asked.subtrajects_to_change(traject)
    ]
