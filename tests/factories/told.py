"""Somebody who tells of a zorgtraject as it goes, and what the portal makes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection

from authorizations.domain.terms import Discipline, Indication
from authorizations.models import Grant, Subtraject, SubtrajectEvent
from authorizations.services import subtrajects
from authorizations.services.subtrajects import Entry, Patient
from tests.factories import accounts, authorizations
from tests.factories.subtrajects import BSN, day

PATIENT = Patient(bsn=BSN, initials="K.", surname="Voorbeeld", birth_date=date(1981, 4, 2))


def noon(number):
    """Return the middle of a day, counted from the opening."""
    return datetime.combine(day(number), time(12), tzinfo=UTC)


class Told:
    """A zorgtraject, and somebody who tells of it."""

    def __init__(self, by, insurer, *, version=None, **columns):
        self.by = by
        values = {"number": "zt-2026-0001", "indication": Indication.OTHER, "opened_on": day(0), **columns}
        self.traject = subtrajects.begin(
            insurer_id=insurer.pk, policy_version=version or authorizations.policy_version(insurer), patient=PATIENT,
            by=by, now=noon(0), **values,
        )  # fmt: skip

    def did(self, number, *, on=None, **changes):
        """Register what was done on this day, on that same day or later."""
        entry = replace(Entry("190961", day(number), Discipline.FYSIOTHERAPIE), **changes)
        now = noon(number if on is None else on)
        activity = subtrajects.register(zorgtraject_id=self.traject.pk, entry=entry, by=self.by, now=now)
        self.consistent()
        return activity

    def finished(self, number, *, on=None):
        now = noon(number if on is None else on)
        subtrajects.finish(zorgtraject_id=self.traject.pk, finished_on=day(number), by=self.by, now=now)
        self.consistent()

    def rows(self):
        """Return each subtraject in days since the opening: zorgtype, opened, closed, why."""
        found = Subtraject.objects.filter(zorgtraject=self.traject).order_by("opened_on")
        return [(row.zorgtype, since(row.opened_on), since(row.closed_on), row.closed_by) for row in found]

    def row(self, number=-1):
        return list(Subtraject.objects.filter(zorgtraject=self.traject).order_by("opened_on"))[number]

    def changes(self):
        return [event.change for event in self.events()]

    def events(self):
        return list(SubtrajectEvent.objects.filter(zorgtraject=self.traject).order_by("id"))

    def consistent(self):
        """Let the database look at once at what it checks at the end of a transaction."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def granted(provider, insurer, *, starts=0, ends=200, hours=(), number="", **columns):
    """Return a machtiging for the patient, from one day to another; `hours` are pairs of a discipline and a number."""
    authorization = authorizations.filed(
        provider, insurer, accounts.UserFactory(), "granted", **{"indication": Indication.OTHER.value, **columns}
    )
    decision = authorization.decisions.create(
        outcome="granted", summary="Voldoet.", proposed_by=accounts.UserFactory(), proposed_at=noon(0)
    )
    found = Grant.objects.create(
        decision=decision, authorization=authorization, number=number or f"M26{authorization.pk:010d}",
        declaratie_code="14D838", setting="outpatient", starts_on=day(starts), ends_on=day(ends),
    )  # fmt: skip
    for discipline, number in hours:
        found.hours.create(discipline=discipline.value, hours=number)
    return found


def since(on):
    return on and (on - day(0)).days


def under(authorization, by, *, now):
    """Return the zorgtraject that was begun a week ago under the machtiging of this request, with one activity."""
    insured, opened_on = authorization.insured, (now - timedelta(days=7)).date()
    patient = Patient(insured.bsn, insured.initials, insured.surname, insured.birth_date)
    granted = Grant.objects.filter(authorization=authorization).first()
    traject = subtrajects.begin(
        number=f"zt{authorization.pk}", insurer_id=authorization.insurer_id,
        policy_version=authorization.policy_version, indication=Indication.OTHER, patient=patient,
        opened_on=opened_on, diagnosis="M79.7", by=by, now=now,
    )  # fmt: skip
    # What was granted here holds from next month on, and treatment has begun already.
    traject.subtrajects.update(granted=granted)
    entry = Entry("190961", opened_on, Discipline.FYSIOTHERAPIE)
    subtrajects.register(zorgtraject_id=traject.pk, entry=entry, by=by, now=now)
    return traject
