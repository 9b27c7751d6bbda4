"""A file of activities, from its bytes to the subtrajecten."""

import random
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Membership
from audit.models import AccessEvent
from authorizations.domain.terms import Discipline, Indication
from authorizations.domain.traject_import import FaultCode, RowState, Stage, Unreadable
from authorizations.models import (
    Subtraject,
    SubtrajectEvent,
    TrajectImport,
    TrajectImportEffect,
    TrajectImportPart,
    TrajectImportRow,
    Zorgactiviteit,
)
from authorizations.queries import traject_imports as asked
from authorizations.services import subtrajects, traject_import_work, traject_imports
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.subtrajects import Entry, Patient
from kit import tenancy
from tests.factories import authorizations
from tests.factories.subtrajects import BSN, day

pytestmark = pytest.mark.django_db
HEADER = "zorgtrajectnummer;zorgactiviteit;uitgevoerd_op;discipline;aantal;zorgprofielklasse"
PATIENT = Patient(bsn=BSN, initials="K.", surname="Voorbeeld", birth_date=day(-9000))
LATER = datetime.combine(day(110), time(12), tzinfo=UTC)


def begin(by, insurer, number="ZT1", opened_on=None):
    return subtrajects.begin(
        number=number, insurer_id=insurer.pk, policy_version=authorizations.policy_version(insurer),
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


@pytest.fixture
def traject(indiener, insurer):
    return begin(indiener, insurer)


def test_good_lines_are_registered_only_after_somebody_said_yes(indiener, traject):
    imported = checked(indiener, line(0), line(7), line(14))
    assert (imported.stage, imported.counts) == (Stage.READY, {"new": 3, "done": 0})
    assert not Zorgactiviteit.objects.exists()
    assert SubtrajectEvent.objects.count() == 1
    assert not TrajectImportPart.objects.exists()

    traject_imports.apply(import_id=imported.pk, by=indiener, now=LATER)
    work()

    imported.refresh_from_db()
    assert (imported.stage, imported.counts, states(imported)) == (
        Stage.DONE, {"applied": 3, "done": 0}, ["applied"] * 3,
    )  # fmt: skip
    assert Zorgactiviteit.objects.filter(zorgtraject=traject, registered_by_id=indiener.user_id).count() == 3
    assert course(traject)[0][2:4] == (day(56), "42_dagen")


def test_the_same_file_twice_changes_nothing(indiener, traject):
    applied(indiener, line(0), line(7))
    before = course(traject), SubtrajectEvent.objects.count(), Zorgactiviteit.objects.count()
    again = checked(indiener, line(0), line(7))
    assert again.counts == {"there": 2, "done": 0}
    with pytest.raises(NotAllowed, match="niets nieuws"):
        traject_imports.apply(import_id=again.pk, by=indiener, now=LATER)
    assert (course(traject), SubtrajectEvent.objects.count(), Zorgactiviteit.objects.count()) == before


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("ZT1;1,90E+05;2026-08-03;fysiotherapie;;", FaultCode.MANGLED, "zorgactiviteit"),
        ("ZT1;96;2026-08-03;fysiotherapie;;", FaultCode.MANGLED, "zorgactiviteit"),
        ("1,23E+14;190961;2026-08-03;fysiotherapie;;", FaultCode.MANGLED, "zorgtrajectnummer"),
        ("ZT1;190961;46237;fysiotherapie;;", FaultCode.MANGLED, "uitgevoerd_op"),
        ("ZT1;FYSIO;2026-08-03;fysiotherapie;;", FaultCode.CODE, "zorgactiviteit"),
        ("ZT9;190961;2026-08-03;fysiotherapie;;", FaultCode.UNKNOWN, "zorgtrajectnummer"),
        ("ANDERS;190961;2026-08-03;fysiotherapie;;", FaultCode.UNKNOWN, "zorgtrajectnummer"),
        ("ZT1;190961;2026-08-02;fysiotherapie;;", FaultCode.EARLY, "uitgevoerd_op"),
        ("ZT1;190961;2027-08-02;fysiotherapie;;", FaultCode.FUTURE, "uitgevoerd_op"),
        ("ZT1;190961;31-02-2026;fysiotherapie;;", FaultCode.DATE, "uitgevoerd_op"),
        ("ZT1;190961;2026-08-03;fysio;;", FaultCode.DISCIPLINE, "discipline"),
        ("ZT1;190961;2026-08-03;fysiotherapie;0;", FaultCode.AMOUNT, "aantal"),
        ("ZT1;190961;2026-08-03;fysiotherapie;;140", FaultCode.AMOUNT, "zorgprofielklasse"),
        ("ZT1;190961;2026-08-03", FaultCode.SHAPE, ""),
        ('ZT1;"190961;2026-08-03;fysiotherapie;;', FaultCode.SHAPE, ""),
    ],
)
def test_a_wrong_line_says_where_and_leaves_the_good_ones(
    indiener, traject, other_indiener, insurer, text, code, column
):
    begin(other_indiener, insurer, number="ANDERS")
    imported = checked(indiener, line(1), text, line(2))
    assert states(imported) == ["new", "wrong", "new"]
    [(number, fault, where, value)] = faults(imported)
    assert (number, fault, where) == (3, code, column)
    assert not column or value in text


def test_a_line_in_the_old_encoding_says_so(indiener, traject):
    imported = checked(indiener, line(1), line(2, discipline="diëtetiek"), encoding="cp1252")
    assert faults(imported) == [(3, "encoding", "discipline", "diëtetiek")]
    assert "Windows-1252" in TrajectImportRow.objects.get(fault="encoding").wrong["faults"][0][2]
    assert checked(indiener, line(2, discipline="Diëtetiek")).counts == {"new": 1, "done": 0}


def test_twice_in_the_file_otherwise_or_removed_before(indiener, traject):
    applied(indiener, line(0), line(1))
    gone = Zorgactiviteit.objects.get(performed_on=day(1))
    subtrajects.remove(activity_id=gone.pk, reason="Verkeerde patiënt", by=indiener, now=LATER)
    imported = checked(indiener, line(3), line(3), f"{line(0)[:-1]}2;", line(1))
    assert states(imported) == ["new", "wrong", "wrong", "wrong"]
    assert [fault for _, fault, *_ in faults(imported)] == ["twice", "otherwise", "removed"]
    assert "regel 2" in TrajectImportRow.objects.get(fault="twice").wrong["faults"][0][2]


def test_a_burgerservicenummer_is_not_kept(indiener, traject):
    imported = checked(indiener, line(1, traject=BSN), header=HEADER + ";naam", now=LATER)
    assert states(imported) == ["wrong"]
    imported = checked(indiener, line(1, traject=BSN))
    row = TrajectImportRow.objects.get(imported=imported)
    assert BSN not in str(row.wrong) and "burgerservicenummer" in str(row.wrong)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("zorgtrajectnummer;zorgactiviteit;discipline", "ontbreekt: uitgevoerd_op"),
        ("zorgtrajectnummer,zorgactiviteit,uitgevoerd_op,discipline", "puntkomma"),
        (HEADER + ";aantal", "twee keer: aantal"),
        (HEADER + ";actie", "geen kolom “actie”"),
        ("", "leeg"),
    ],
)
def test_another_header_is_refused_at_once(indiener, header, words):
    with pytest.raises(Unreadable, match=words):
        bring(indiener, line(0), header=header)


@pytest.mark.parametrize("content", [b"", b"\xff\xfez\x00", b"PK\x03\x04...", HEADER.encode(), b"\xe9;\x00"])
def test_what_is_no_such_file_is_refused_with_words(indiener, content):
    with pytest.raises(Unreadable):
        traject_imports.upload(chunks=[content], file_name="x", whole=False, by=indiener, now=LATER)


def test_a_bom_windows_line_ends_dutch_dates_and_other_columns_are_fine(indiener, traject):
    content = f"\ufeff{HEADER};patient\r\nzt-1;190961;3-8-2026;Fysiotherapie;2;;Jansen\r\n;;;;;;\r\n".encode()
    imported = traject_imports.upload(chunks=[content], file_name="x", whole=False, by=indiener, now=LATER)
    work()
    imported.refresh_from_db()
    assert imported.counts == {"new": 1, "done": 0}


def test_what_it_does_is_foretold_per_zorgtraject(indiener, traject):
    applied(indiener, line(0), line(50))
    subtrajects.declare(subtraject_id=Subtraject.objects.earliest("opened_on").pk, by=indiener, now=LATER)
    imported = checked(indiener, line(30), line(60))
    words = [told for _, told in TrajectImportEffect.objects.get(imported=imported).words]
    assert words == [
        "Subtraject van 3 augustus 2026: is al gedeclareerd. Iemand moet de declaratie corrigeren.",
        "Subtraject van 15 september 2026: sluit niet op 3 november 2026 maar op 13 november 2026.",
    ]


def test_a_reopening_and_a_vervolg_are_foretold(indiener, insurer, traject):
    applied(indiener, line(0))
    imported = checked(indiener, line(40), line(100))
    [first, second] = [told for _, told in TrajectImportEffect.objects.get(imported=imported).words]
    assert first == "Subtraject van 3 augustus 2026: sluit niet op 14 september 2026 maar op 24 oktober 2026."
    assert second == "Subtraject van 25 oktober 2026: vervolg opent, sluit op 23 december 2026."


def test_what_changed_since_it_was_shown_is_left_and_said(indiener, insurer, traject):
    other = begin(indiener, insurer, number="ZT2")
    imported = checked(indiener, line(0), line(1, traject="ZT2"))
    entry = Entry("190962", day(5), Discipline.FYSIOTHERAPIE)
    subtrajects.register(zorgtraject_id=traject.pk, entry=entry, by=indiener, now=LATER)
    traject_imports.apply(import_id=imported.pk, by=indiener, now=LATER)
    work()
    imported.refresh_from_db()
    assert states(imported) == ["changed", "applied"]
    assert list(Zorgactiviteit.objects.filter(zorgtraject=other).values_list("performed_on", flat=True)) == [day(1)]
    assert Zorgactiviteit.objects.filter(zorgtraject=traject).count() == 1
    assert imported.counts == {"applied": 1, "changed": 1, "done": 0}

    traject_imports.check_again(import_id=imported.pk, by=indiener, now=LATER)
    work()
    traject_imports.apply(import_id=imported.pk, by=indiener, now=LATER)
    work()
    assert states(imported) == ["applied", "applied"]


def test_all_or_nothing(indiener, traject):
    imported = checked(indiener, line(0), "fout", whole=True)
    with pytest.raises(NotAllowed, match="alleen als alles goed is"):
        traject_imports.apply(import_id=imported.pk, by=indiener, now=LATER)
    assert applied(indiener, line(0), whole=True).counts["applied"] == 1


def test_who_lost_the_role_or_works_elsewhere_changes_nothing(indiener, lezer, other_indiener, traject):
    imported = checked(indiener, line(0))
    for someone in (lezer, other_indiener):
        with pytest.raises(NotAllowed, match="is er niet meer"):
            traject_imports.apply(import_id=imported.pk, by=someone, now=LATER)
        with pytest.raises(NotAllowed, match="is er niet meer"):
            traject_imports.cancel(import_id=imported.pk, by=someone, now=LATER)
    with pytest.raises(NotAllowed, match="Alleen een indiener"):
        bring(lezer, line(0))
    traject_imports.apply(import_id=imported.pk, by=indiener, now=LATER)
    Membership.objects.filter(user_id=indiener.user_id).delete()
    work()
    imported.refresh_from_db()
    assert (imported.stage, Zorgactiviteit.objects.count()) == (Stage.CANCELLED, 0)


def test_stopping_keeps_what_was_applied(indiener, insurer, traject):
    for number in (2, 3):
        begin(indiener, insurer, number=f"ZT{number}")
    imported = checked(indiener, line(0), line(0, traject="ZT2"), line(0, traject="ZT3"))
    traject_imports.apply(import_id=imported.pk, by=indiener, now=LATER)
    assert work(most=1) == 1
    traject_imports.cancel(import_id=imported.pk, by=indiener, now=LATER)
    assert work() == 0
    assert Zorgactiviteit.objects.count() == 1
    with pytest.raises(NotAllowed, match="al klaar"):
        traject_imports.cancel(import_id=imported.pk, by=indiener, now=LATER)


def test_it_is_logged_whose_zorgtraject_it_was(indiener, traject):
    applied(indiener, line(0))
    event = AccessEvent.objects.get(kind="activiteiten_vastleggen")
    assert (event.user_id, event.dossiers, event.organization_ids) == (
        indiener.user_id, ["ZT1"], sorted([traject.provider_id, traject.insurer_id]),
    )  # fmt: skip
    assert len(event.insured) == 1 and BSN not in event.insured[0]


def test_it_is_forgotten_after_a_while(indiener, traject):
    imported = applied(indiener, line(0), "fout")
    waiting = bring(indiener, line(3))
    assert traject_imports.forget(now=LATER + timedelta(days=29)) == 0
    assert traject_imports.forget(now=LATER + timedelta(days=31)) == 1
    assert list(TrajectImport.objects.all()) == [waiting]
    assert not TrajectImportRow.objects.filter(imported_id=imported.pk).exists()
    assert Zorgactiviteit.objects.count() == 1


# -- killed, split, shuffled -----------------------------------------------------------------------------------------


class Killed(BaseException):
    """What a worker meets that is killed."""


@pytest.mark.parametrize("at", range(9))
def test_killed_half_way_it_goes_on(indiener, insurer, monkeypatch, at):
    trajects = [begin(indiener, insurer, number=f"ZT{number}") for number in (1, 2, 3)]
    lines = [line(number, traject=f"ZT{one}") for number in (0, 9, 20) for one in (1, 2, 3)]
    monkeypatch.setattr(traject_imports, "PART", 100)
    imported = bring(indiener, *lines, "fout")
    count, steps = traject_import_work._count, iter(range(100))

    def killed(*given, **more):
        count(*given, **more)
        if next(steps) == at:
            raise Killed

    def go_on():
        try:
            work()
        except Killed:
            work()

    # What the step did so far is gone with its transaction, as with a process that is killed.
    monkeypatch.setattr(traject_import_work, "_count", killed)
    go_on()
    traject_imports.apply(import_id=imported.pk, by=indiener, now=LATER)
    go_on()

    imported.refresh_from_db()
    assert (imported.stage, imported.counts) == (Stage.DONE, {"applied": 9, "wrong": 1, "done": 0})
    assert Zorgactiviteit.objects.count() == 9
    assert [course(one)[0][2:4] for one in trajects] == [(day(62), "42_dagen")] * 3


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    days=st.lists(st.integers(0, 300), min_size=1, max_size=9, unique=True),
    pieces=st.integers(1, 3),
    seed=st.integers(0, 99),
)
def test_any_split_and_order_ends_as_one_by_one(indiener, insurer, days, pieces, seed):
    now = datetime.combine(day(310), time(12), tzinfo=UTC)
    with transaction.atomic():
        one, all_ = (begin(indiener, insurer, number=name) for name in ("EEN", "ALLE"))
        for number in days:
            entry = Entry("190961", day(number), Discipline.FYSIOTHERAPIE)
            subtrajects.register(zorgtraject_id=one.pk, entry=entry, by=indiener, now=now)
        shuffled = random.Random(seed).sample(days, len(days))
        for piece in range(pieces):
            if some := shuffled[piece::pieces]:
                imported = applied(indiener, *(line(number, traject="ALLE") for number in some), now=now)
                assert imported.counts == {"applied": len(some), "done": 0}
        assert course(one) == course(all_)
        transaction.set_rollback(True)


def test_the_other_institution_sees_nothing_of_it(indiener, other_indiener, traject):
    imported = checked(indiener, line(0), "fout")
    assert not asked.visible_to(other_indiener).exists()
    with tenancy.acting(tenancy.Context(other_indiener.organization_id, other_indiener.user_id)):
        for model in (TrajectImport, TrajectImportRow, TrajectImportEffect):
            assert not model.objects.exists()
    with tenancy.acting(tenancy.Context(indiener.organization_id, indiener.user_id)):
        assert TrajectImportRow.objects.filter(imported=imported).count() == 2
