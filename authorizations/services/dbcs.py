"""
What a provider tells of a zorgtraject in the GGZ: that it began, which dbc's it has, when they closed.

Bron: G-33; R-27 (the zorgtype holds on the day of opening).
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.domain.actors import Actor
from authorizations.domain import dbcs as rules
from authorizations.domain import identifiers, traject_start
from authorizations.domain.dbcs import Dbc as Told
from authorizations.domain.terms import Indication
from authorizations.models import Dbc, PolicyVersion, TrajectInsured, Zorgtraject
from authorizations.queries import dbcs as asked
from authorizations.services import traject_keeping as keeping
from authorizations.services import traject_numbers
from authorizations.services.lifecycle import NotAllowed, require_filer
from authorizations.services.subtrajects import Patient
from authorizations.services.traject_numbers import Wrong
from ggz_codes import queries as codes
from kit import refusals, text


@transaction.atomic
def begin(
    *,
    number: str,
    policy_version: PolicyVersion,
    patient: Patient,
    first: Told,
    by: Actor,
    now: datetime,
    diagnosis: str = "",
    privacyverklaring: bool = False,
) -> Zorgtraject:
    """
    Begin a zorgtraject in the GGZ with its initial dbc.

    :raises Wrong: with everything that is wrong with it
    :raises NotAllowed: for who may not, or with a number that is in use
    """
    require_filer(by)
    today = keeping.today(now)
    faults = [
        *_wrong_start(number, patient, today=today),
        *wrong(first, [], today=today, born_on=patient.birth_date),
    ]
    if faults:
        raise Wrong(faults)
    insurer_id = policy_version.insurer_id
    assert insurer_id and by.organization_id  # noqa: S101 (a policy of an insurer; a filer works somewhere)
    traject = Zorgtraject(
        provider_id=by.organization_id,
        insurer_id=insurer_id,
        policy_version=policy_version,
        number=identifiers.zorgtrajectnummer(number),
        indication=Indication.PSYCHIC.value,
        diagnosis="" if privacyverklaring else text.storable(diagnosis).strip(),
        privacyverklaring=privacyverklaring,
        registered_by_id=by.user_id,
        registered_at=now,
    )
    keeping.save(traject)
    TrajectInsured.objects.create(zorgtraject=traject, **vars(patient))
    _create(traject, first, by=by, now=now)
    traject_numbers.look_at(traject, at=now)
    return traject


@transaction.atomic
def add(*, zorgtraject_id: int, told: Told, by: Actor, now: datetime) -> Dbc:
    """
    Write down a dbc beside those that stand in its zorgtraject.

    :raises Wrong: with everything that is wrong with it
    :raises NotAllowed: for who may not
    """
    traject = _to_change(zorgtraject_id, by=by)
    if faults := wrong(told, asked.standing(traject), today=keeping.today(now)):
        raise Wrong(faults)
    return _create(traject, told, by=by, now=now)


@transaction.atomic
def close(*, dbc_id: int, closed_on: date | None, by: Actor, now: datetime) -> Dbc:
    """
    Say on which day a dbc closed.

    :raises Wrong: on a day on which it can't
    :raises NotAllowed: for who may not, or when it was closed or removed already
    """
    row, others = _dbc_to_change(dbc_id, by=by)
    if row.closed_on:
        raise NotAllowed("Deze dbc was al gesloten.")
    told = [one.told for one in others]
    if faults := list(rules.wrong_closing(row.opened_on, closed_on, told, today=keeping.today(now))):
        raise Wrong([("closed_on", fault) for fault in faults])
    Dbc.objects.filter(pk=row.pk).update(closed_on=closed_on, closed_by_id=by.user_id, closed_at=now)
    row.closed_on = closed_on
    return row


@transaction.atomic
def remove(*, dbc_id: int, by: Actor, now: datetime) -> Dbc:
    """
    Let a dbc that was registered wrongly count no more; it stays to be seen.

    :raises NotAllowed: for who may not, twice, or when a vervolg would hang loose
    """
    row, others = _dbc_to_change(dbc_id, by=by)
    if refused := rules.wrong_removal(row.told, [one.told for one in others]):
        raise NotAllowed(refused)
    Dbc.objects.filter(pk=row.pk).update(removed_by_id=by.user_id, removed_at=now)
    return row


def wrong(told: Told, standing: list[Dbc], *, today: date, born_on: date | None = None) -> list[tuple[str, str]]:
    """Return what is wrong with a dbc by the rules and the catalogue, as pairs of a field and words."""
    validity = codes.validity_of_zorgtype(told.zorgtype, told.opened_on) if told.opened_on else None
    return list(rules.wrong(told, [one.told for one in standing], validity=validity, today=today, born_on=born_on))


def _wrong_start(number: str, patient: Patient, *, today: date) -> list[tuple[str, str]]:
    try:
        number = identifiers.zorgtrajectnummer(number)
    except ValueError as refused:
        return [("number", str(refused) if number else "Vul het zorgtrajectnummer in.")]
    return list(
        traject_start.wrong(number=number, bsn=patient.bsn, birth_date=patient.birth_date, opened_on=None, today=today)
    )


def _create(traject: Zorgtraject, told: Told, *, by: Actor, now: datetime) -> Dbc:
    assert told.opened_on  # noqa: S101 (the rule saw to it)
    closing = {"closed_on": told.closed_on, "closed_by_id": by.user_id, "closed_at": now} if told.closed_on else {}
    try:
        with transaction.atomic():
            return Dbc.objects.create(
                zorgtraject=traject,
                kind=told.kind.value,
                zorgtype=told.zorgtype,
                opened_on=told.opened_on,
                registered_by_id=by.user_id,
                registered_at=now,
                **closing,
            )
    except IntegrityError as error:
        raise Wrong([("opened_on", refusals.said(error, Dbc))]) from None


def _to_change(zorgtraject_id: int, *, by: Actor) -> Zorgtraject:
    traject = asked.kept_by(by).select_for_update(of=("self",)).filter(pk=zorgtraject_id).first()
    if traject is None:
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")
    return traject


def _dbc_to_change(dbc_id: int, *, by: Actor) -> tuple[Dbc, list[Dbc]]:
    """Return a dbc that counts, with the others of its zorgtraject, which is locked."""
    known = Dbc.objects.filter(pk=dbc_id).first()
    traject = _to_change(known.zorgtraject_id if known else 0, by=by)
    rows = asked.standing(traject)
    row = next((one for one in rows if one.pk == dbc_id), None)
    if row is None:
        raise NotAllowed("Deze dbc was al verwijderd.")
    return row, [one for one in rows if one.pk != dbc_id]
