"""
What a provider tells of a zorgtraject: that it began, what was done, that treatment was finished, what was declared.

Everything first lets the night's work be done for this zorgtraject, so that what happened doesn't depend on whether the
clock was in time. Bron: R-05, R-08.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.domain.actors import Actor
from authorizations.domain import identifiers, traject_start, words
from authorizations.domain import subtrajects as rules
from authorizations.domain.subtrajects import REHABILITATION, Change, DotZorgtype
from authorizations.domain.terms import Discipline, Indication
from authorizations.models import (
    PolicyVersion,
    Subtraject,
    TakenOver,
    TrajectInsured,
    Zorgactiviteit,
    Zorgtraject,
)
from authorizations.queries import in_force, titles
from authorizations.queries import subtrajects as asked
from authorizations.queries.titles import Title
from authorizations.services import taken_over, traject_numbers
from authorizations.services import traject_keeping as keeping
from authorizations.services.lifecycle import NotAllowed, require_filer
from authorizations.services.recounting import Why, is_as_known, recount
from kit import text


@dataclass(frozen=True)
class Entry:
    """An activity as it is told."""

    code: str
    performed_on: date
    discipline: Discipline
    units: int = 1
    profile_class: int = REHABILITATION


@dataclass(frozen=True)
class Patient:
    """Whom a zorgtraject is for."""

    bsn: str
    initials: str
    surname: str
    birth_date: date | None


@transaction.atomic
def begin(
    *,
    number: str,
    insurer_id: int,
    policy_version: PolicyVersion,
    indication: Indication,
    patient: Patient,
    opened_on: date,
    by: Actor,
    now: datetime,
    zorgtype: DotZorgtype = DotZorgtype.FIRST,
    granted: Title | None = None,
    diagnosis: str = "",
    privacyverklaring: bool = False,
) -> Zorgtraject:
    """
    Begin a zorgtraject with its first subtraject.

    :raises NotAllowed: for who may not, with a number that is in use, or when it would begin in the future
    """
    require_filer(by)
    if policy_version.insurer_id != insurer_id:
        raise NotAllowed("Dit beleid is van een andere verzekeraar.")
    if zorgtype is DotZorgtype.VERVOLG:
        raise NotAllowed("Een zorgtraject begint met zorgtype 11 of 13. Zorgtype 21 is een vervolg.")
    try:
        number = identifiers.zorgtrajectnummer(number)
    except ValueError as wrong:
        raise NotAllowed(str(wrong)) from None
    for _field, told in traject_start.wrong(
        number=number, bsn=patient.bsn, birth_date=patient.birth_date, opened_on=opened_on, today=keeping.today(now)
    ):
        raise NotAllowed(told)
    traject = Zorgtraject(
        provider_id=by.organization_id,
        insurer_id=insurer_id,
        policy_version=policy_version,
        number=number,
        indication=indication.value,
        diagnosis="" if privacyverklaring else text.storable(diagnosis).strip(),
        privacyverklaring=privacyverklaring,
        registered_by_id=by.user_id,
        registered_at=now,
    )
    keeping.save(traject)
    insured = TrajectInsured.objects.create(zorgtraject=traject, **vars(patient))
    if granted:
        _require_that_it_fits(granted, traject, insured, opened_on)
    end = rules.outlook(opened_on=opened_on, performed_on=())
    Subtraject.objects.create(
        zorgtraject=traject,
        **titles.under(granted),
        zorgtype=zorgtype.value,
        opened_on=opened_on,
        closes_on=end.closed_on,
        closes_by=end.code,
    )
    keeping.record(traject, opened_on, Change.OPENED, Why(at=now, by=by))
    recount(traject, Why(at=now))
    traject_numbers.look_at(traject, at=now)
    return traject


@transaction.atomic
def register(*, zorgtraject_id: int, entry: Entry, by: Actor, now: datetime) -> Zorgactiviteit:
    """
    Write down an activity, also a late one: a closing may move, a subtraject reopen, a vervolg open.

    :raises NotAllowed: in the future, twice, on a day without a subtraject, or for who may not
    """
    traject = _to_change(zorgtraject_id, by=by, now=now)
    activity = _add(traject, entry, by=by, now=now)
    reason = f"Activiteit van {words.day(entry.performed_on)} vastgelegd op {words.day(keeping.today(now))}."
    recount(traject, Why(now, by, reason, frozenset({entry.performed_on})))
    return activity


@transaction.atomic
def correct(*, activity_id: int, entry: Entry, reason: str, by: Actor, now: datetime) -> Zorgactiviteit:
    """
    Put another activity in the place of this one, which stays to be seen.

    :raises NotAllowed: as `register`, without a reason, when nothing differs, or when it was removed already
    """
    traject, activity = _activity_to_change(activity_id, by=by, now=now)
    same = all(getattr(activity, name) == value for name, value in vars(entry).items())
    if same and activity.removed_at is None:
        raise NotAllowed("U heeft niets veranderd. Verander wat er verkeerd staat, of ga terug.")
    reason = _remove(activity, reason, by=by, now=now)
    replacing = _add(traject, entry, by=by, now=now, replaces=activity)
    touched = frozenset({activity.performed_on, entry.performed_on})
    told = f"Activiteit van {words.day(activity.performed_on)} verbeterd: {reason}"
    recount(traject, Why(now, by, told, touched))
    return replacing


@transaction.atomic
def remove(*, activity_id: int, reason: str, by: Actor, now: datetime) -> None:
    """
    Let an activity count no longer; it stays to be seen, with who took it away and why.

    :raises NotAllowed: without a reason, when it was removed already, or when a later one would hang loose
    """
    traject, activity = _activity_to_change(activity_id, by=by, now=now)
    reason = _remove(activity, reason, by=by, now=now)
    told = f"Activiteit van {words.day(activity.performed_on)} verwijderd: {reason}"
    recount(traject, Why(now, by, told, frozenset({activity.performed_on})))


@transaction.atomic
def finish(*, zorgtraject_id: int, finished_on: date, by: Actor, now: datetime) -> None:
    """
    Say on which day treatment was finished: under the policy value `bron` the subtraject of that day closes.

    :raises NotAllowed: in the future, when that subtraject was finished already or declared, or without one

    Bron: Z-31; R-02.
    """
    traject = _to_change(zorgtraject_id, by=by, now=now)
    if finished_on > keeping.today(now):
        raise NotAllowed("De behandeling kan niet in de toekomst afgerond zijn.")
    row = _on(traject, finished_on)
    _require_undeclared(row)
    if row.finished_on:
        raise NotAllowed(f"De behandeling was al afgerond op {words.day(row.finished_on)}.")
    # What follows from it, the recount works out.
    Subtraject.objects.filter(pk=row.pk).update(finished_on=finished_on)
    keeping.record(traject, row.opened_on, Change.FINISHED, Why(at=now, by=by))
    recount(traject, Why(now, by, f"De behandeling is afgerond op {words.day(finished_on)}."))


@transaction.atomic
def correct_finish(*, subtraject_id: int, finished_on: date | None, reason: str, by: Actor, now: datetime) -> None:
    """
    Say that treatment was finished on another day than was told, or (None) that it wasn't finished.

    :raises NotAllowed: without a reason, in the future, before the opening, when nothing was told or it was declared

    Bron: Z-31; R-02, R-08 (what is known later recomputes).
    """
    traject, row = _row_to_change(subtraject_id, by=by, now=now)
    _require_undeclared(row)
    if row.finished_on is None:
        raise NotAllowed("Van dit subtraject is geen afronding vastgelegd.")
    if finished_on and (later := asked.finish_between(traject, row.opened_on, finished_on)):
        raise NotAllowed(f"Een later subtraject is al afgerond op {words.day(later)}. Verbeter eerst die afronding.")
    if finished_on == row.finished_on:
        raise NotAllowed(f"De behandeling was al afgerond op {words.day(row.finished_on)}.")
    if finished_on and finished_on > keeping.today(now):
        raise NotAllowed("De behandeling kan niet in de toekomst afgerond zijn.")
    if finished_on and finished_on < row.opened_on:
        raise NotAllowed(f"Het subtraject is geopend op {words.day(row.opened_on)}. Vul een latere dag in.")
    reason = keeping.reason_of(reason)
    was = words.day(row.finished_on)
    told = f"Afgerond op {words.day(finished_on)}" if finished_on else "Niet afgerond"
    why = Why(now, by, f"{told} in plaats van {was}: {reason}")
    Subtraject.objects.filter(pk=row.pk).update(finished_on=finished_on)
    keeping.record(traject, row.opened_on, Change.FINISH_MOVED, why)
    recount(traject, why)


@transaction.atomic
def died(*, zorgtraject_id: int, died_on: date | None, by: Actor, now: datetime, reason: str = "") -> None:
    """
    Say on which day the patient died; a later call with a reason corrects it, and None takes it back.

    Under the policy value `nza` it closes the subtraject of that day; under `bron` it is only kept.

    :raises NotAllowed: in the future, before the opening, or a correction without a reason

    Bron: R-02 (NR/CU-263, death as a ground); R-08.
    """
    traject = _to_change(zorgtraject_id, by=by, now=now)
    if died_on == traject.died_on:
        raise NotAllowed("Deze dag staat er al.")
    if died_on and died_on > keeping.today(now):
        raise NotAllowed("De dag van overlijden kan niet in de toekomst liggen.")
    opened_on = asked.subtrajects_to_change(traject)[0].opened_on
    if died_on and died_on < opened_on:
        raise NotAllowed(f"Het zorgtraject is geopend op {words.day(opened_on)}. Vul een latere dag in.")
    corrected = traject.died_on is not None
    told = f"Overleden op {words.day(died_on)}" if died_on else "Niet overleden"
    why = Why(now, by, f"{told}: {keeping.reason_of(reason)}" if corrected else f"{told}.")
    traject.died_on = died_on
    traject.save(update_fields=["died_on"])
    keeping.record(traject, opened_on, Change.DEATH_MOVED if corrected else Change.DIED, why)
    recount(traject, why)


@transaction.atomic
def link(*, subtraject_id: int, granted: Title | None, by: Actor, now: datetime) -> None:
    """
    Say under which machtiging a subtraject falls, or (None) that it falls under none.

    :raises NotAllowed: when it was declared, or with a machtiging of another patient, insurer or time

    Bron: Z-24 (hours are granted per machtiging); domain.md section 4.
    """
    traject, row = _row_to_change(subtraject_id, by=by, now=now)
    _require_undeclared(row)
    if granted:
        _require_that_it_fits(granted, traject, TrajectInsured.objects.get(zorgtraject=traject), row.opened_on)
    if titles.of(row) == granted:
        return
    Subtraject.objects.filter(pk=row.pk).update(**titles.under(granted))
    told = f"Machtiging {granted.number}." if granted else "Geen machtiging."
    keeping.record(traject, row.opened_on, Change.LINKED, Why(now, by, told))


@transaction.atomic
def declare(*, subtraject_id: int, by: Actor, now: datetime) -> None:
    """
    Say that a subtraject was declared: from now on it stays as it is.

    :raises NotAllowed: while it is open, or twice
    """
    traject, row = _row_to_change(subtraject_id, by=by, now=now)
    if row.closed_on is None:
        raise NotAllowed("Een open subtraject kan nog niet gedeclareerd zijn.")
    if row.declared_at:
        raise NotAllowed("Dit subtraject is al gedeclareerd.")
    if not is_as_known(traject, row, now=now):
        told = "Dit subtraject klopt niet met wat er is vastgelegd."
        raise NotAllowed(f"{told} Neem eerst de declaratie van het subtraject daarna terug.")
    Subtraject.objects.filter(pk=row.pk).update(declared_at=now)
    keeping.record(traject, row.opened_on, Change.DECLARED, Why(at=now, by=by))


@transaction.atomic
def take_back(*, subtraject_id: int, reason: str, by: Actor, now: datetime) -> None:
    """
    Say that the declaration was taken back: the subtraject follows from what is known again.

    :raises NotAllowed: when it wasn't declared, or without a reason
    """
    traject, row = _row_to_change(subtraject_id, by=by, now=now)
    if not row.declared_at:
        raise NotAllowed("Dit subtraject is niet gedeclareerd.")
    why = Why(now, by, keeping.reason_of(reason))
    Subtraject.objects.filter(pk=row.pk).update(declared_at=None, to_correct_since=None)
    keeping.record(traject, row.opened_on, Change.TAKEN_BACK, why)
    recount(traject, why)


def locked(zorgtraject_id: int, *, by: Actor, now: datetime) -> Zorgtraject:
    """
    Lock a zorgtraject with the night's work done, for who registers several activities in one transaction.

    :raises NotAllowed: for who doesn't keep it
    """
    return _to_change(zorgtraject_id, by=by, now=now)


def _to_change(zorgtraject_id: int, *, by: Actor, now: datetime) -> Zorgtraject:
    """Lock a zorgtraject, and close what was due by the end of yesterday."""
    found = asked.kept_by(by).select_for_update(of=("self",)).filter(pk=zorgtraject_id)
    traject = found.select_related("policy_version").first()
    if traject is None:
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")
    recount(traject, Why(at=now))
    return traject


def _activity_to_change(activity_id: int, *, by: Actor, now: datetime) -> tuple[Zorgtraject, Zorgactiviteit]:
    activity = Zorgactiviteit.objects.filter(pk=activity_id).first()
    traject = _to_change(activity.zorgtraject_id if activity else 0, by=by, now=now)
    # Behind the lock: somebody else may have removed it meanwhile.
    return traject, Zorgactiviteit.objects.get(pk=activity_id)


def _row_to_change(subtraject_id: int, *, by: Actor, now: datetime) -> tuple[Zorgtraject, Subtraject]:
    row = Subtraject.objects.filter(pk=subtraject_id).first()
    traject = _to_change(row.zorgtraject_id if row else 0, by=by, now=now)
    row = Subtraject.objects.filter(pk=subtraject_id).first()
    if row is None:
        raise NotAllowed("Dit subtraject bestaat niet meer.")
    return traject, row


def _on(traject: Zorgtraject, day: date) -> Subtraject:
    rows = [row for row in asked.subtrajects_to_change(traject) if row.opened_on <= day]
    if not rows or (rows[-1].closed_on and day > rows[-1].closed_on):
        raise NotAllowed(f"Op {words.day(day)} loopt in dit zorgtraject geen subtraject.")
    return rows[-1]


def after_death(traject: Zorgtraject, performed_on: date) -> str:
    """Return why an activity on this day can't be, for somebody who died before it; an empty text when it can."""
    if traject.died_on and performed_on > traject.died_on:
        return f"De patiënt is overleden op {words.day(traject.died_on)}. Controleer de dag van de activiteit."
    return ""


def _require_undeclared(row: Subtraject) -> None:
    if row.declared_at:
        raise NotAllowed("Dit subtraject is al gedeclareerd. Neem eerst de declaratie terug.")


def _require_that_it_fits(granted: Title, traject: Zorgtraject, insured: TrajectInsured, opened_on: date) -> None:
    if isinstance(granted, TakenOver):
        return taken_over.require_that_it_fits(granted, traject, insured, opened_on)
    filed = granted.authorization
    if (filed.provider_id, filed.insurer_id) != (traject.provider_id, traject.insurer_id):
        raise NotAllowed("Deze machtiging is van een andere verzekeraar of zorgaanbieder. Controleer welke.")
    if filed.indication != traject.indication:
        granted_for = filed.get_indication_display().lower()
        raise NotAllowed(f"Deze machtiging is voor een andere indicatie: {granted_for}. Controleer welke klopt.")
    if filed.insured.bsn_hash != insured.bsn_hash:
        raise NotAllowed("Deze machtiging is van een andere patiënt. Controleer het nummer van de machtiging.")
    holding = in_force.grant_on(filed.pk, opened_on)
    if holding and holding != granted:
        raise NotAllowed(f"Op {words.day(opened_on)} geldt machtiging {holding.number} van deze aanvraag. Kies die.")
    if granted.institution_agb:
        raise NotAllowed(f"Deze machtiging is voor behandeling bij {granted.institution_name}.")
    if not granted.starts_on <= opened_on <= granted.ends_on:
        holds = f"Deze machtiging geldt van {words.day(granted.starts_on)} tot en met {words.day(granted.ends_on)}."
        raise NotAllowed(f"{holds} Het subtraject opent op een andere dag: {words.day(opened_on)}.")
    return keeping.take_privacy_along(filed, traject)


def _add(
    traject: Zorgtraject, entry: Entry, *, by: Actor, now: datetime, replaces: Zorgactiviteit | None = None
) -> Zorgactiviteit:
    if entry.performed_on > keeping.today(now):
        raise NotAllowed(f"De activiteit van {words.day(entry.performed_on)} is nog niet uitgevoerd.")
    if told := after_death(traject, entry.performed_on):
        raise NotAllowed(told)
    activity = Zorgactiviteit(
        zorgtraject=traject, registered_by_id=by.user_id, registered_at=now, replaces=replaces, **vars(entry)
    )
    keeping.save(activity)
    return activity


def _remove(activity: Zorgactiviteit, reason: str, *, by: Actor, now: datetime) -> str:
    if activity.removed_at:
        raise NotAllowed("Deze activiteit was al verwijderd.")
    activity.removed_because = keeping.reason_of(reason)
    activity.removed_by_id, activity.removed_at = by.user_id, now
    activity.save(update_fields=["removed_because", "removed_by", "removed_at"])
    return activity.removed_because
