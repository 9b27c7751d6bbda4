"""
A file about zorgtrajecten: bring it and see what every line would do, let it be applied, or stop it.

A trial is the real thing, taken back: so what was shown is what happens. All of a file is one transaction; a line that
was recorded already changes nothing. Bron: G-33 to G-36.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from accounts import queries as accounts
from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import kinds, words
from authorizations.domain import traject_files as rules
from authorizations.domain.dbcs import Dbc as Told
from authorizations.domain.dbcs import DbcKind
from authorizations.domain.traject_files import Fault, FileKind, FileState, Line, Patient
from authorizations.domain.traject_import import RowState, Unreadable
from authorizations.models import PolicyVersion, TrajectFile, Zorgtraject
from authorizations.queries import dbcs as dbcs_asked
from authorizations.queries import subtrajects
from authorizations.queries import traject_files as asked
from authorizations.queries import traject_numbers as numbers_asked
from authorizations.services import dbcs, traject_numbers
from authorizations.services import subtrajects as trajects
from authorizations.services.lifecycle import NotAllowed, require_filer
from authorizations.services.traject_numbers import Wrong
from kit import text


class Faulty(Exception):
    """A line that isn't recorded, with what is wrong in which column."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


@dataclass
class Outcome:
    """What became of the lines, as they are kept, and of which zorgtrajecten they were."""

    lines: list[tuple[int, list[str], str, list[Fault]]] = field(default_factory=list)
    trajects: dict[int, Zorgtraject] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines are in each state."""
        states = [state for _number, _cells, state, _faults in self.lines]
        return {state: states.count(state) for state in sorted(set(states))}


def upload(*, chunks: Iterable[bytes], file_name: str, kind: FileKind, by: Actor, now: datetime) -> TrajectFile:
    """
    Keep a file, sealed, with what each of its lines would do.

    :raises NotAllowed: for who records nothing here
    :raises Unreadable: when it isn't such a file, with what to do
    """
    require_filer(by)
    content = b""
    for chunk in chunks:
        content += chunk
        if len(content) > rules.MOST_BYTES:
            raise Unreadable("Dit bestand is groter dan 2 MB. Splits het, of laat andere kolommen weg.")
    lines = rules.read(content, kind)
    with transaction.atomic():
        outcome = _run(lines, kind, by=by, now=now, done=RowState.NEW)
        transaction.set_rollback(True)
    file = TrajectFile(organization_id=by.organization_id, kind=kind.value, made_by_id=by.user_id, made_at=now)
    file.file_name, file.lines, file.counts = text.storable(file_name)[:200], outcome.lines, outcome.counts
    file.save()
    return file


@transaction.atomic
def apply(*, file_id: int, by: Actor, now: datetime) -> list[Zorgtraject]:
    """
    Record every good line, and return the zorgtrajecten that they were of; the wrong ones stay to be mended.

    :raises NotAllowed: when it was applied or stopped already, or there is nothing to record
    """
    file = _to_change(file_id, by=by)
    if file.state != FileState.READY:
        raise NotAllowed("Dit bestand was al verwerkt of gestopt.")
    kept = file.lines or []
    # What was wrong may be right by now, and the other way about: all is judged anew but for what is no line at all.
    lines = [Line(number, tuple(cells), _unread(faults)) for number, cells, _state, faults in kept]
    outcome = _run(lines, FileKind(file.kind), by=by, now=now, done=RowState.APPLIED)
    if not outcome.counts.get(RowState.APPLIED.value):
        raise NotAllowed("In dit bestand staat niets dat nog moet worden vastgelegd.")
    _end(file, FileState.DONE, outcome, now=now)
    return list(outcome.trajects.values())


@transaction.atomic
def cancel(*, file_id: int, by: Actor, now: datetime) -> None:
    """
    Stop: nothing of the file is recorded, and its lines go.

    :raises NotAllowed: when it was over already
    """
    file = _to_change(file_id, by=by)
    if file.state != FileState.READY:
        raise NotAllowed("Dit bestand was al verwerkt of gestopt.")
    _end(file, FileState.CANCELLED, Outcome(), now=now)


def forget(*, now: datetime) -> int:
    """Delete the files that were kept long enough; what was recorded stays."""
    return asked.kept_longest(now=now).delete()[0]


def _to_change(file_id: int, *, by: Actor) -> TrajectFile:
    file = asked.visible_to(by).select_for_update().filter(pk=file_id).first()
    if file is None:
        raise NotAllowed("Dit bestand is er niet meer.")
    return file


def _end(file: TrajectFile, state: FileState, outcome: Outcome, *, now: datetime) -> None:
    file.lines = [line for line in outcome.lines if line[2] == RowState.WRONG] or None
    file.counts = outcome.counts or file.counts
    file.state, file.ended_at = state.value, now
    file.save(update_fields=["lines", "counts", "state", "ended_at"])


def _unread(faults: Sequence[Sequence[str]]) -> tuple[Fault, ...]:
    return tuple((column, told) for column, told in faults if column == rules.SHAPE)


def _run(lines: Sequence[Line], kind: FileKind, *, by: Actor, now: datetime, done: RowState) -> Outcome:
    """Record the lines one by one, those of a dbc by their days; what is refused leaves no trace."""
    record = {FileKind.DBCS: _record_dbc, FileKind.NUMBERS: _record_number}[kind]
    outcome, judged = Outcome(), {}
    for line in sorted(lines, key=_order) if kind is FileKind.DBCS else lines:
        judged[line.number] = _judge(line, record, outcome, by=by, now=now, done=done)
    outcome.lines = [(one.number, list(one.cells), *judged[one.number]) for one in lines]
    return outcome


Recorder = Callable[..., Zorgtraject | None]


def _judge(
    line: Line, record: Recorder, outcome: Outcome, *, by: Actor, now: datetime, done: RowState
) -> tuple[str, list[Fault]]:
    if line.faults:
        return RowState.WRONG.value, list(line.faults)
    try:
        with transaction.atomic():
            traject = record(line, by=by, now=now)
    except Faulty as faulty:
        return RowState.WRONG.value, list(faulty.faults)
    if traject is None:
        return RowState.THERE.value, []
    outcome.trajects[traject.pk] = traject
    return done.value, []


def _order(line: Line) -> tuple[str, date, int]:
    number, dbc, _patient, _faults = rules.dbc_of(line.cells)
    return number, dbc.opened_on or date.max, line.number


def _record_number(line: Line, *, by: Actor, now: datetime) -> Zorgtraject | None:
    """Return the zorgtraject of which a change was recorded; None when it was there already."""
    told, faults = rules.change_of(line.cells)
    if faults:
        raise Faulty(faults)
    assert by.organization_id  # noqa: S101 (a filer works somewhere)
    for row in numbers_asked.in_force(by.organization_id, {told.old}):
        if (row.old_number, row.new_number, row.from_agb) == (told.old, told.new, told.from_agb):
            if (row.reason, row.changed_on) != (told.reason, told.changed_on):
                raise Faulty([("", "Deze omzetting staat er al, met een andere reden of dag.")])
            return None
    try:
        return traject_numbers.record(told, by=by, now=now).zorgtraject
    except Wrong as wrong:
        raise Faulty([(rules.column_of(FileKind.NUMBERS, name), said) for name, said in wrong.faults]) from None


def _record_dbc(line: Line, *, by: Actor, now: datetime) -> Zorgtraject | None:
    """Return the zorgtraject of which a dbc was recorded or closed; None when it was there already."""
    number, told, patient, faults = rules.dbc_of(line.cells)
    if faults:
        raise Faulty(faults)
    traject = _bearing(number, by)
    try:
        if traject is None:
            return _begin(number, told, patient, by=by, now=now)
        _require_same(traject, patient)
        return _add(traject, told, by=by, now=now)
    except Wrong as wrong:
        raise Faulty([(rules.column_of(FileKind.DBCS, name), said) for name, said in wrong.faults]) from None
    except NotAllowed as refusal:
        raise Faulty([("", str(refusal))]) from None


def _bearing(number: str, by: Actor) -> Zorgtraject | None:
    own = subtrajects.told_by(by).select_related("insured")
    found = own.filter(number=number).first()
    if found is None:
        key = numbers_asked.resolved(by, {number}, own).get(number)
        found = own.filter(pk=key).first() if key else None
    if found and not found.in_dbcs:
        raise Faulty([("zorgtrajectnummer", "Dit zorgtraject is niet van de GGZ: het heeft subtrajecten.")])
    return found


def _require_same(traject: Zorgtraject, patient: Patient) -> None:
    if patient.bsn and patient.bsn != traject.insured.bsn:
        raise Faulty([("bsn", "Dit zorgtraject is van een andere patiënt. Controleer het nummer.")])


def _add(traject: Zorgtraject, told: Told, *, by: Actor, now: datetime) -> Zorgtraject | None:
    same = next((one for one in dbcs_asked.standing(traject) if one.opened_on == told.opened_on), None)
    if same is None:
        dbcs.add(zorgtraject_id=traject.pk, told=told, by=by, now=now)
        return traject
    if (same.kind, same.zorgtype) != (told.kind.value, told.zorgtype) or (
        same.closed_on and same.closed_on != told.closed_on
    ):
        raise Faulty([("", "Deze dbc staat er al, maar anders. Verbeter haar bij het zorgtraject.")])
    if same.closed_on == told.closed_on:
        return None
    dbcs.close(dbc_id=same.pk, closed_on=told.closed_on, by=by, now=now)
    return traject


def _begin(number: str, told: Told, patient: Patient, *, by: Actor, now: datetime) -> Zorgtraject:
    if not patient.said:
        raise Faulty(
            [
                (
                    "zorgtrajectnummer",
                    "Wij vinden dit zorgtraject niet bij uw instelling. Is het nieuw? Vul dan ook de patiënt in.",
                )
            ]
        )
    lacking = [
        (column, "Vul dit in bij een nieuw zorgtraject.")
        for column, value in (
            ("bsn", patient.bsn),
            ("geboortedatum", patient.birth_date),
            ("voorletters", patient.initials),
            ("achternaam", patient.surname),
            ("geopend_op", told.opened_on),
        )
        if not value
    ]
    if told.kind is not DbcKind.INITIAL:
        lacking.append(("soort", "Een zorgtraject begint met een initiële dbc."))
    if lacking or told.opened_on is None:
        raise Faulty(lacking)
    return dbcs.begin(
        number=number,
        policy_version=_policy(patient.uzovi, told.opened_on, by),
        patient=trajects.Patient(patient.bsn, patient.initials, patient.surname, patient.birth_date),
        first=told,
        diagnosis=patient.diagnosis,
        privacyverklaring=patient.privacyverklaring,
        by=by,
        now=now,
    )


def _policy(uzovi: str, day: date, by: Actor) -> PolicyVersion:
    """Return the policy for the GGZ of this insurer on this day; without a UZOVI number, when there is one only."""
    kind = accounts.organization(by.organization_id).agb_code[:2]
    found: dict[str, PolicyVersion] = {}
    for version in queries.policy_versions_on(day):
        policy = queries.policy(version)
        speaks = kinds.outside_subtrajects(policy.kinds) and (not policy.agb_kinds or kind in policy.agb_kinds)
        if speaks and version.insurer and (not uzovi or version.insurer.uzovi == uzovi):
            # The newest version of each comes first.
            found.setdefault(version.slug, version)
    if len(found) == 1:
        return next(iter(found.values()))
    told = (
        "Vul het UZOVI-nummer van de verzekeraar in." if found else f"Wij kennen geen GGZ-beleid op {words.day(day)}."
    )
    raise Faulty([("uzovi", told)])
