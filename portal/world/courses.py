"""The zorgtrajecten of the demo: one that runs, some that come near their end, and one that went on in a vervolg."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from authorizations import queries
from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.terms import Discipline, Indication
from authorizations.models import Grant, Zorgtraject
from authorizations.queries import subtrajects as asked
from authorizations.services import closing, subtrajects
from authorizations.services.subtrajects import Entry, Patient
from portal.world import people, walk

JANSEN, SANNE, DUIN = "jansen@esdoorn.example", "sanne@esdoorn.example", "duin@duin.example"
FYSIO = Entry("190961", date.min, Discipline.FYSIOTHERAPIE, units=6)
TEAM = (
    FYSIO,
    Entry("190962", date.min, Discipline.ERGOTHERAPIE, units=9),
    Entry("190965", date.min, Discipline.PSYCHOLOGIE, units=9),
)
"""What is done in turn: the code, who does it, and how many units of five minutes."""


def tell(now: datetime) -> int:
    """Tell of every zorgtraject as of `now`, with the mails of warnings; return how many there are."""
    told = [_under_a_machtiging(now), _idle(now), _gone_on(now), _near_the_end(now), _finished(now)]
    closing.warn(now=now)
    return len(told)


def _under_a_machtiging(now: datetime) -> Zorgtraject:
    """Chronic pain, weekly, under what was granted: hours are used, and day 120 comes near."""
    granted = Grant.objects.filter(authorization__provider__name=people.ESDOORN).order_by("id")[0]
    opened_on = max(granted.starts_on, _day(now, 75))
    traject = _begun("REV0071", opened_on, now, by=JANSEN, granted=granted, indication=Indication.CHRONIC_PAIN)
    _did(traject, (opened_on + timedelta(days=day) for day in range(0, 200, 7)), now, by=JANSEN)
    return traject


def _idle(now: datetime) -> Zorgtraject:
    """Nobody came for five weeks: it closes in a week."""
    traject = _begun("REV0064", _day(now, 63), now, person=2)
    _did(traject, (_day(now, 63 - day) for day in (0, 7, 14, 21, 28)), now)
    return traject


def _gone_on(now: datetime) -> Zorgtraject:
    """Six weeks without a visit, a vervolg, a declaration, and then an activity of before that came late."""
    traject = _begun("REV0052", _day(now, 140), now, person=4)
    _did(traject, (_day(now, 140 - day) for day in (0, 7, 14)), now)
    closing.close_due(judged_on=_day(now, 84), now=_at(_day(now, 83), hour=3))
    _did(traject, (_day(now, 60 - day) for day in range(0, 55, 9)), now)
    by, row = people.actor(SANNE), traject.subtrajects.earliest("opened_on")
    subtrajects.declare(subtraject_id=row.pk, by=by, now=_at(_day(now, 20)))
    late = replace(TEAM[1], performed_on=_day(now, 119))
    subtrajects.register(zorgtraject_id=traject.pk, entry=late, by=by, now=_at(_day(now, 2)))
    return traject


def _near_the_end(now: datetime) -> Zorgtraject:
    """Day 120 comes within two weeks."""
    traject = _begun("DU2026114", _day(now, 108), now, by=DUIN, person=3, indication=Indication.CHRONIC_PAIN)
    _did(traject, (_day(now, 108 - day) for day in range(0, 105, 8)), now, by=DUIN)
    return traject


def _finished(now: datetime) -> Zorgtraject:
    """Treatment was over in time."""
    traject = _begun("DU2026097", _day(now, 130), now, by=DUIN, person=5)
    _did(traject, (_day(now, 130 - day) for day in range(0, 71, 10)), now, by=DUIN)
    by, finished_on = people.actor(DUIN), _day(now, 60)
    subtrajects.finish(zorgtraject_id=traject.pk, finished_on=finished_on, by=by, now=_at(finished_on, hour=16))
    closing.close_due(judged_on=finished_on, now=_at(finished_on + timedelta(days=1), hour=3))
    return traject


def _begun(
    number: str,
    opened_on: date,
    now: datetime,
    *,
    by: str = SANNE,
    person: int = 0,
    granted: Grant | None = None,
    indication: Indication = Indication.OTHER,
) -> Zorgtraject:
    version = queries.policy_version_on(walk.ZK, opened_on)
    assert version and version.insurer_id  # noqa: S101 (the policies were loaded before)
    insured = granted.authorization.insured if granted else walk.insured(person)
    patient = Patient(insured.bsn, insured.initials, insured.surname, insured.birth_date)
    return subtrajects.begin(
        number=number, insurer_id=version.insurer_id, policy_version=version, indication=indication, patient=patient,
        opened_on=opened_on, granted=granted, diagnosis="M79.7", by=people.actor(by), now=min(_at(opened_on), now),
    )  # fmt: skip


def _did(traject: Zorgtraject, days: Iterable[date], now: datetime, *, by: str = SANNE) -> None:
    """Register what was done on these days, each on its own day, as far as they have come."""
    done = asked.activities(traject).count()
    for number, day in enumerate((day for day in days if _at(day) < now), done):
        entry = replace(TEAM[number % len(TEAM)], performed_on=day)
        subtrajects.register(zorgtraject_id=traject.pk, entry=entry, by=people.actor(by), now=_at(day))


def _day(now: datetime, ago: int) -> date:
    return now.astimezone(AMSTERDAM).date() - timedelta(days=ago)


def _at(day: date, *, hour: int = 11) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=AMSTERDAM)
