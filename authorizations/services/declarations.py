"""
Keep the claims of a zorgaanbieder: one by one, or many from a file or a program.

A claim is known by its number at its insurer. Many at once may therefore be sent again and again: what is there is
brought up to date, and what is the same stays as it was. Bron: R-26; A-39 to A-45.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.domain.actors import Actor
from audit.domain.events import Subject
from audit.services.recording import pseudonym
from authorizations.domain import declarations as rules
from authorizations.domain.claim_terms import Regime
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.declarations import Told
from authorizations.domain.obstacles import Obstacle
from authorizations.models import Declaration
from authorizations.queries import declarations as found
from authorizations.services.lifecycle import NotAllowed, require_filer
from authorizations.services.review import Incomplete
from kit import refusals

__all__ = ["Incomplete", "NotAllowed"]
# What is looked up has another name in the row.
SAME = tuple(one.name for one in fields(Told) if one.name not in ("insurer", "zorgtrajectnummer"))


@dataclass
class Taken:
    """What became of many claims: by the place that each had, what is wrong; and how many were new or changed."""

    faults: list[tuple[int, Obstacle]] = field(default_factory=list)
    rows: dict[int, Declaration] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)


@transaction.atomic
def register(*, told: Told, by: Actor, now: datetime) -> Declaration:
    """
    Write one claim down.

    :raises Incomplete: naming everything that is wrong with it
    :raises NotAllowed: for who may not, or when it is there already
    """
    require_filer(by)
    columns = _columns(told, by=by, now=now)
    return _kept(Declaration(**columns, provider_id=by.organization_id, registered_by_id=by.user_id, registered_at=now))


@transaction.atomic
def change(*, declaration_id: int, told: Told, by: Actor, now: datetime) -> Declaration:
    """
    Change a claim; what stays the same is no change.

    :raises Incomplete: naming everything that is wrong with it
    :raises NotAllowed: for who may not, when it is gone, or when another has that number
    """
    require_filer(by)
    row = _to_change(declaration_id, by)
    if _change(row, _columns(told, by=by, now=now), by=by, now=now):
        _kept(row)
    return row


@transaction.atomic
def amend(*, declaration_id: int, changes: Mapping[str, Any], by: Actor, now: datetime) -> Declaration:
    """
    Change only these fields of a claim: what a program says when it was handed in or answered.

    :raises Incomplete: naming everything that is wrong with what it becomes
    :raises NotAllowed: as `change`
    """
    require_filer(by)
    row = _to_change(declaration_id, by)
    if _change(row, _columns(replace(_told_by(row), **changes), by=by, now=now), by=by, now=now):
        _kept(row)
    return row


@transaction.atomic
def remove(*, declaration_id: int, by: Actor) -> None:
    """
    Take away a claim that was written down wrongly.

    :raises NotAllowed: for who may not, or when it is gone
    """
    require_filer(by)
    _to_change(declaration_id, by).delete()


@transaction.atomic
def take(*, told: Mapping[int, Told], whole: bool, by: Actor, now: datetime, place_called: str = "regel") -> Taken:
    """
    Write many claims down, each known by a place of the caller; with `whole` none at all when one is wrong.

    :raises NotAllowed: for who may not
    """
    require_filer(by)
    taken = Taken()
    columns = _good(told, taken, by=by, now=now, place_called=place_called)
    if taken.faults and whole:
        return taken
    there = found.numbered(by, [one.number for one in told.values()])
    fresh = []
    for place, values in columns.items():
        row = there.get((values["insurer_id"], values["number"]))
        if row is None:
            row = Declaration(**values, provider_id=by.organization_id, registered_by_id=by.user_id, registered_at=now)
            fresh.append(row)
            taken.new.add(place)
        elif _change(row, values, by=by, now=now):
            row.save()
            taken.changed.add(place)
        taken.rows[place] = row
    try:
        with transaction.atomic():
            Declaration.objects.bulk_create(fresh, batch_size=500)
    except IntegrityError as error:
        # A colleague wrote one of them down at this very moment.
        raise NotAllowed(refusals.said(error, Declaration)) from None
    return taken


def subject(row: Declaration) -> Subject:
    """Return what the access log says of a claim."""
    return Subject(
        reference=f"DC {row.number}",
        provider_id=row.provider_id,
        insurer_id=row.insurer_id,
        insured=pseudonym(row.insured_hash),
    )


def _good(
    told: Mapping[int, Told], taken: Taken, *, by: Actor, now: datetime, place_called: str
) -> dict[int, dict[str, Any]]:
    insurers = found.insurers()
    trajects = found.trajects(by, {one.zorgtrajectnummer for one in told.values() if one.zorgtrajectnummer})
    today = now.astimezone(AMSTERDAM).date()
    seen: dict[tuple[object, str], int] = {}
    good = {}
    for place, one in told.items():
        values, wrong = _looked_up(one, insurers, trajects)
        wrong += rules.obstacles(one, today=today)
        if not wrong and (before := seen.get((values["insurer_id"], one.number))):
            message = f"Deze declaratie staat ook op {place_called} {before}."
            wrong = [Obstacle("twice", message, field="number")]
        if wrong:
            taken.faults += [(place, fault) for fault in wrong]
            continue
        seen[values["insurer_id"], one.number] = place
        good[place] = values
    return good


def _columns(told: Told, *, by: Actor, now: datetime) -> dict[str, Any]:
    trajects = found.trajects(by, {told.zorgtrajectnummer} - {""})
    values, wrong = _looked_up(told, found.insurers(), trajects)
    wrong += rules.obstacles(told, today=now.astimezone(AMSTERDAM).date())
    if wrong:
        raise Incomplete(wrong)
    return values


def _looked_up(
    told: Told, insurers: Mapping[str, int], trajects: Mapping[str, tuple[int, int]]
) -> tuple[dict[str, Any], list[Obstacle]]:
    insurer_id = insurers.get(told.insurer.casefold())
    traject_id, of_insurer = trajects.get(told.zorgtrajectnummer, (None, None))
    wrong = []
    if insurer_id is None:
        message = "Deze verzekeraar kennen wij niet. Controleer de naam of het UZOVI-nummer."
        wrong.append(Obstacle("insurer_unknown", message, field="insurer"))
    if told.zorgtrajectnummer and traject_id is None:
        message = "Dit zorgtraject is niet vastgelegd bij uw instelling. Laat het leeg, of leg het eerst vast."
        wrong.append(Obstacle("traject_unknown", message, field="zorgtrajectnummer"))
    elif traject_id and insurer_id and of_insurer != insurer_id:
        message = "Dit zorgtraject is van een andere verzekeraar. Controleer het nummer."
        wrong.append(Obstacle("traject_elsewhere", message, field="zorgtrajectnummer"))
    values: dict[str, Any] = {name: getattr(told, name) for name in SAME}
    term = rules.term_of(
        regime=told.regime,
        resubmission=told.resubmission,
        performed_on=told.performed_on,
        opened_on=told.opened_on,
        closed_on=told.closed_on,
        returned_on=told.returned_on,
    )
    last_day = term.last_day if term else None
    return {**values, "insurer_id": insurer_id, "zorgtraject_id": traject_id, "last_day": last_day}, wrong


def _told_by(row: Declaration) -> Told:
    kept = {name: getattr(row, name) for name in SAME} | {"regime": Regime(row.regime)}
    number = row.zorgtraject.number if row.zorgtraject else ""
    return Told(**kept, insurer=row.insurer.name, zorgtrajectnummer=number)


def _to_change(declaration_id: int, by: Actor) -> Declaration:
    row = found.kept_by(by).select_for_update().filter(pk=declaration_id).first()
    if row is None:
        raise NotAllowed("Deze declaratie is er niet meer.")
    return row


def _change(row: Declaration, values: Mapping[str, object], *, by: Actor, now: datetime) -> bool:
    """Return whether these values differ from what the row said; if so it says them now, and who changed it."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    if different:
        row.changed_by_id, row.changed_at = by.user_id, now
    return bool(different)


def _kept(row: Declaration) -> Declaration:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotAllowed(refusals.said(error, Declaration)) from None
    return row
