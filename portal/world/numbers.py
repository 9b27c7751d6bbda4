"""The GGZ zorgtrajecten of the demo: one whose number changed with new software, one where that was forgotten."""

from datetime import date, datetime, time, timedelta

from authorizations import queries
from authorizations.domain.dbcs import Dbc, DbcKind
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.traject_numbers import NumberReason, Told
from authorizations.models import Zorgtraject
from authorizations.services import dbcs, traject_numbers
from authorizations.services.subtrajects import Patient
from portal.world import people, stay, walk

BERG = "berg@lariks.example"
SWITCHED = 150
"""So many days ago the clinic went over to other software."""


def tell(now: datetime) -> None:
    """Tell of them as of `now`."""
    by, today = people.actor(BERG), now.astimezone(AMSTERDAM).date()
    taken_along = _begun("L0140", now, ago=420, until=160, person=4)
    follow_up = Dbc(DbcKind.VERVOLG, "255", today - timedelta(days=159))
    dbcs.add(zorgtraject_id=taken_along.pk, told=follow_up, by=by, now=_at(today - timedelta(days=159)))
    switched_on = today - timedelta(days=SWITCHED)
    told = Told(taken_along.number, "8800140", NumberReason.SOFTWARE, switched_on)
    traject_numbers.record(told, by=by, now=_at(switched_on, hour=15))
    _begun("L0152", now, ago=300, until=155, person=2)
    # Nobody recorded that this is the same care: it stands out on both sides.
    _begun("8800152", now, ago=120, until=None, person=2)


def _begun(number: str, now: datetime, *, ago: int, until: int | None, person: int) -> Zorgtraject:
    """Return a zorgtraject that began so many days ago, with an initial dbc that closed so many days ago."""
    today = now.astimezone(AMSTERDAM).date()
    opened_on = today - timedelta(days=ago)
    version = queries.policy_version_on(stay.SLUG, opened_on)
    assert version  # noqa: S101 (the policies were loaded before)
    insured = walk.insured(person)
    traject = dbcs.begin(
        number=number,
        policy_version=version,
        patient=Patient(insured.bsn, insured.initials, insured.surname, insured.birth_date),
        first=Dbc(DbcKind.INITIAL, "155", opened_on),
        diagnosis="F33.1",
        by=people.actor(BERG),
        now=_at(opened_on),
    )
    if until is not None:
        closed_on = today - timedelta(days=until)
        dbc = traject.dbcs.get()
        dbcs.close(dbc_id=dbc.pk, closed_on=closed_on, by=people.actor(BERG), now=_at(closed_on, hour=16))
    return traject


def _at(day: date, *, hour: int = 11) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=AMSTERDAM)
