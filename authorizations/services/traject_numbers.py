"""
Look whether a zorgtraject got another number, and let the provider record which number came after which.

Bron: G-33 to G-36.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.domain.actors import Actor
from authorizations.domain import traject_numbers as rules
from authorizations.domain.traject_numbers import Known, SignalState, Told
from authorizations.models import NumberSignal, TrajectNumber, Zorgtraject
from authorizations.queries import subtrajects
from authorizations.queries import traject_numbers as asked
from authorizations.services import traject_keeping as keeping
from authorizations.services.lifecycle import NotAllowed, require_filer
from kit import refusals

RING = "Het nieuwe nummer is zelf een oud nummer van dit nummer. Zo ontstaat een kring."


class Wrong(NotAllowed):
    """What was told can't be; `faults` are pairs of the field and what is wrong with it."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(told for _, told in faults))
        self.faults = faults


@dataclass(frozen=True)
class Fitting:
    """A change that may be recorded, and the zorgtraject that it hangs on."""

    told: Told
    traject: Zorgtraject


def look_at(traject: Zorgtraject, *, at: datetime) -> NumberSignal | None:
    """
    Notice that a zorgtraject which was just begun may be an earlier one under another number.

    Nothing is stopped by it: care goes on, and the provider is asked. Bron: G-34.
    """
    others = asked.others_of_insured(traject)
    if not others or not traject.diagnosis:
        return None
    known = asked.changes(asked.in_force(traject.provider_id, {traject.number}))
    found = rules.changed_from(Known(traject.number, traject.diagnosis, None, traject.pk), others, known)
    if found is None:
        return None
    return NumberSignal.objects.create(zorgtraject=traject, earlier_id=found.key, raised_at=at)


def judge(told: Told, *, by: Actor, now: datetime) -> Fitting:
    """
    Return what would be recorded.

    :raises Wrong: with everything that is wrong with it
    :raises NotAllowed: for who may not
    """
    require_filer(by)
    told = rules.tidy(told)
    assert by.organization_id  # noqa: S101 (a filer works somewhere)
    rows = asked.in_force(by.organization_id, {told.old, told.new})
    known = asked.changes(rows)
    faults = list(rules.wrong(told, known, today=keeping.today(now)))
    if faults:
        raise Wrong(faults)
    before = [told.old, *reversed([one.old for one in rules.earlier(told.old, known) if not one.from_agb])]
    after = [told.new, *(one.new for one in rules.later(told.new, known))]
    names = after if told.from_agb else [*before, *after]
    found = subtrajects.told_by(by).filter(number__in=names).select_related("insured")
    own = {one.number: one for one in found}
    bearing = [own[name] for name in names if name in own]
    if not bearing:
        place = "new_number" if told.from_agb else "old_number"
        raise Wrong([(place, "Wij vinden bij uw instelling geen zorgtraject met een van deze nummers.")])
    if len({one.insured.bsn_hash for one in bearing}) > 1:
        raise Wrong([("new_number", "Deze nummers zijn van verschillende patiënten. Controleer beide nummers.")])
    return Fitting(told, bearing[0])


@transaction.atomic
def record(told: Told, *, by: Actor, now: datetime) -> TrajectNumber:
    """
    Write down that one number came after another; what stood out because of it is settled.

    :raises Wrong: as `judge`, also when somebody else was first
    :raises NotAllowed: for who may not
    """
    fitting = judge(told, by=by, now=now)
    told, traject = fitting.told, fitting.traject
    assert told.changed_on  # noqa: S101 (the rule saw to it)
    try:
        with transaction.atomic():
            row = TrajectNumber.objects.create(
                zorgtraject=traject,
                provider_id=traject.provider_id,
                old_number=told.old,
                new_number=told.new,
                from_agb=told.from_agb,
                reason=told.reason.value,
                changed_on=told.changed_on,
                registered_by_id=by.user_id,
                registered_at=now,
            )
    except IntegrityError as error:
        if "changed_numbers_in_a_ring" in str(error):
            raise Wrong([("new_number", RING)]) from None
        raise Wrong([("old_number", refusals.said(error, TrajectNumber))]) from None
    _settle(row, by=by, now=now)
    return row


@transaction.atomic
def withdraw(*, number_id: int, by: Actor, now: datetime) -> TrajectNumber:
    """
    Let a change that was recorded wrongly count no more; what stood out, does so again.

    :raises NotAllowed: for who may not, or twice
    """
    require_filer(by)
    row = asked.visible_to(by).select_for_update(of=("self",)).filter(pk=number_id).first()
    if row is None:
        raise NotAllowed("Deze omzetting is er niet.")
    if row.withdrawn_at:
        raise NotAllowed("Deze omzetting was al ingetrokken.")
    TrajectNumber.objects.filter(pk=row.pk).update(withdrawn_by_id=by.user_id, withdrawn_at=now)
    _settle(row, by=by, now=now)
    return row


@transaction.atomic
def say_new_care(*, signal_id: int, by: Actor, now: datetime) -> NumberSignal:
    """
    Say that another number is another zorgtraject: nothing was changed.

    :raises NotAllowed: for who may not, or when it was explained already
    """
    require_filer(by)
    signal = asked.signals(by).select_for_update(of=("self",)).filter(pk=signal_id).first()
    if signal is None:
        raise NotAllowed("Dit signaal is er niet.")
    if signal.state != SignalState.OPEN:
        raise NotAllowed("Dit was al uitgelegd.")
    _answer(signal, SignalState.NEW_CARE, by=by, now=now)
    return signal


def _settle(row: TrajectNumber, *, by: Actor, now: datetime) -> None:
    """Let what stands out say whether its two numbers are of one line now."""
    rows = asked.in_force(row.provider_id, {row.old_number, row.new_number})
    numbers = {row.old_number, row.new_number, *(one.old_number for one in rows), *(one.new_number for one in rows)}
    known = asked.changes(rows)
    about = NumberSignal.objects.select_for_update(of=("self",)).filter(
        zorgtraject__provider_id=row.provider_id, zorgtraject__number__in=numbers
    )
    for signal in about.select_related("zorgtraject", "earlier").order_by("pk"):
        mapped = signal.earlier.number in rules.numbers(signal.zorgtraject.number, known)
        if mapped and signal.state != SignalState.MAPPED:
            _answer(signal, SignalState.MAPPED, by=by, now=now)
        elif not mapped and signal.state == SignalState.MAPPED:
            NumberSignal.objects.filter(pk=signal.pk).update(
                state=SignalState.OPEN.value, answered_by=None, answered_at=None
            )


def _answer(signal: NumberSignal, state: SignalState, *, by: Actor, now: datetime) -> None:
    signal.state, signal.answered_by_id, signal.answered_at = state.value, by.user_id, now
    signal.save(update_fields=["state", "answered_by", "answered_at"])
