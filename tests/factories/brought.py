"""A file of activities that a test brings, lets the worker do, and reads back."""

from datetime import UTC, datetime, time

from authorizations.domain.terms import Indication
from authorizations.domain.traject_import import RowState
from authorizations.models import (
    Subtraject,
    TrajectImportRow,
)
from authorizations.services import subtrajects, traject_import_work, traject_imports
from authorizations.services.subtrajects import Patient
from kit import tenancy
from tests.factories import authorizations
from tests.factories.subtrajects import BSN, day

HEADER = "zorgtrajectnummer;zorgactiviteit;uitgevoerd_op;discipline;aantal;zorgprofielklasse"
PATIENT = Patient(bsn=BSN, initials="K.", surname="Voorbeeld", birth_date=day(-9000))
LATER = datetime.combine(day(110), time(12), tzinfo=UTC)


def begin(by, insurer, number="ZT1", opened_on=None, policy_version=None):
    return subtrajects.begin(
        number=number, insurer_id=insurer.pk, policy_version=policy_version or authorizations.policy_version(insurer),
        indication=Indication.OTHER, patient=PATIENT, opened_on=opened_on or day(0), by=by,
        now=datetime.combine(day(0), time(12), tzinfo=UTC),
    )  # fmt: skip


def line(number, traject="ZT1", code="190961", discipline="fysiotherapie", more=";;"):
    return f"{traject};{code};{day(number).isoformat()};{discipline}{more[:2]}"


def bring(by, *lines, header=HEADER, whole=False, now=LATER, encoding="utf-8"):
    content = "\n".join([header, *lines]).encode(encoding)
    pieces = [content[at : at + 700] for at in range(0, len(content), 700)]
    return traject_imports.upload(chunks=pieces, file_name="november.csv", whole=whole, by=by, now=now)


def work(now=LATER, most=10_000):
    """Let the worker do so many steps; return how many it did."""
    with tenancy.as_system(tenancy.WORKER):
        return next((done for done in range(most) if not traject_import_work.do_next(now=now)), most)


def checked(by, *lines, **more):
    imported = bring(by, *lines, **more)
    work(now=more.get("now", LATER))
    imported.refresh_from_db()
    return imported


def applied(by, *lines, **more):
    imported = checked(by, *lines, **more)
    now = more.get("now", LATER)
    traject_imports.apply(import_id=imported.pk, by=by, now=now)
    work(now=now)
    imported.refresh_from_db()
    return imported


def states(imported):
    return [row.state for row in TrajectImportRow.objects.filter(imported=imported).order_by("line")]


def faults(imported):
    rows = TrajectImportRow.objects.filter(imported=imported, state=RowState.WRONG).order_by("line")
    return [(row.line, row.fault, *row.wrong["faults"][0][:2]) for row in rows]


def course(traject):
    return list(
        Subtraject.objects.filter(zorgtraject=traject)
        .order_by("opened_on")
        .values_list("zorgtype", "opened_on", "closed_on", "closed_by", "closes_on", "idle_on")
    )
