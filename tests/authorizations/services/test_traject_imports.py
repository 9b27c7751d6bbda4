"""A file of activities, from its bytes to the subtrajecten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import Membership
from audit.models import AccessEvent
from authorizations.domain import traject_import as rules
from authorizations.domain.policy import Closing
from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import HIDDEN, FaultCode, Stage, Unreadable
from authorizations.models import (
    Subtraject,
    SubtrajectEvent,
    TrajectImport,
    TrajectImportEffect,
    TrajectImportPart,
    TrajectImportRow,
    Zorgactiviteit,
)
from authorizations.services import subtrajects, traject_imports
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.subtrajects import Entry
from tests.factories import authorizations
from tests.factories.brought import HEADER, LATER, applied, begin, bring, checked, course, faults, line, states, work
from tests.factories.release_files import canonical
from tests.factories.releases import loaded
from tests.factories.subtrajects import BSN, day

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("cell", [BSN, f"{BSN[:3]} {BSN[3:]}", f"fysio {BSN}", f"BSN{BSN}."])
def test_a_burgerservicenummer_in_another_column_is_not_kept_either(indiener, traject, cell):
    imported = checked(indiener, line(1, discipline=cell), line(2, code=cell))
    assert states(imported) == ["wrong", "wrong"]
    for row in TrajectImportRow.objects.filter(imported=imported):
        assert BSN not in str(row.wrong).replace(" ", "") and HIDDEN in str(row.wrong)


def test_a_zorgtrajectnummer_may_look_like_a_burgerservicenummer(indiener, insurer):
    begin(indiener, insurer, number="111222333")
    assert applied(indiener, line(1, traject="111222333")).counts["applied"] == 1


@pytest.mark.parametrize("number", range(1, 60))
def test_a_day_is_never_taken_for_a_burgerservicenummer(number):
    on = day(number)
    for written in (on.isoformat(), f"{on:%Y%m%d}", f"{on:%d-%m-%Y}", f"{on} 00:00"):
        row = rules.read(f"ZT1;190961;{written};fysiotherapie".encode(), rules.NEEDED, today=day(100))
        assert row.line and row.line.performed_on == on
        assert written in row.cells


def test_what_comes_after_the_finish_opens_a_vervolg_and_after_death_fits_nowhere(indiener, insurer, traject):
    shipped = authorizations.shipped()["zilveren-kruis-msr"]
    nza = authorizations.version(replace(shipped, slug="nza-msr", closing=Closing.NZA), insurer)
    dead = begin(indiener, insurer, number="ZT2", policy_version=nza)
    applied(indiener, line(0), line(0, traject="ZT2"))
    subtrajects.finish(zorgtraject_id=traject.pk, finished_on=day(14), by=indiener, now=LATER)
    subtrajects.died(zorgtraject_id=dead.pk, died_on=day(9), by=indiener, now=LATER)
    imported = checked(indiener, line(10), line(20), line(20, traject="ZT2"), line(5, traject="ZT2"))
    assert states(imported) == ["new", "new", "wrong", "new"]
    assert faults(imported) == [(4, "refused", "uitgevoerd_op", day(20).isoformat())]
    assert "is overleden op" in TrajectImportRow.objects.get(fault="refused").wrong["faults"][0][2]
    [told] = [words for _, words in TrajectImportEffect.objects.get(imported=imported, zorgtraject=traject).words]
    assert told == "Subtraject van 18 augustus 2026: vervolg opent, gesloten op 4 oktober 2026."


def test_too_many_lines_and_a_line_without_end_are_refused_or_cut(indiener, traject, monkeypatch):
    monkeypatch.setattr(rules, "MOST_LINES", 3)
    with pytest.raises(Unreadable, match=r"250\.000"):
        bring(indiener, *[line(number) for number in range(4)])
    imported = checked(indiener, "x" * 50_000, line(1))
    assert states(imported) == ["wrong", "new"]
    assert len(str(TrajectImportRow.objects.get(fault="shape").wrong)) < 1000


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
    Membership.objects.filter(user=indiener.user_id).update(ended_at=LATER, ended_by=indiener.user_id)
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


def test_a_small_file_does_not_wait_for_a_big_one(indiener, traject, monkeypatch):
    monkeypatch.setattr(traject_imports, "PART", 60)
    big = bring(indiener, *[line(number) for number in range(9)])
    assert work(most=2) == 2
    small = bring(indiener, line(20), now=LATER + timedelta(minutes=1))
    assert work(most=4) == 4
    small.refresh_from_db()
    big.refresh_from_db()
    assert (small.stage, big.stage) == (Stage.READY, Stage.READING)


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


def test_a_code_that_nobody_knows_is_asked_about_until_somebody_confirmed_it(indiener, traject):
    imported = checked(indiener, line(0, code="199999"), line(0))
    assert states(imported) == ["wrong", "new"]
    assert faults(imported) == [(2, FaultCode.CODE, "zorgactiviteit", "199999")]
    entry = Entry("199999", day(1), Discipline.FYSIOTHERAPIE)
    subtrajects.register(zorgtraject_id=traject.pk, entry=entry, by=indiener, now=LATER)
    assert states(checked(indiener, line(0, code="199999"))) == ["new"]


def test_no_day_has_more_units_than_fit_in_it(indiener, traject):
    lines = (f"ZT1;190961;{day(number)};fysiotherapie;{units};" for number, units in ((0, 288), (1, 289)))
    assert states(checked(indiener, *lines)) == ["new", "wrong"]


def test_a_code_is_held_to_the_day_on_which_it_was_performed(indiener, traject):
    ended = {"soort": "zorgactiviteit", "code": "190961", "omschrijving": "Oud", "geldig_vanaf": "2014-01-01"}
    loaded(canonical(ended | {"geldig_tot": (day(3)).isoformat()}))
    imported = checked(indiener, line(3), line(4))
    assert states(imported) == ["new", "wrong"]
    (fault,) = faults(imported)
    assert fault[:3] == (3, FaultCode.CODE, "zorgactiviteit")


def test_what_was_confirmed_on_its_day_is_there_already(indiener, traject):
    ended = {"soort": "zorgactiviteit", "code": "190961", "omschrijving": "Oud", "geldig_vanaf": "2014-01-01"}
    loaded(canonical(ended | {"geldig_tot": (day(3)).isoformat()}))
    entry = Entry("190961", day(4), Discipline.FYSIOTHERAPIE)
    subtrajects.register(zorgtraject_id=traject.pk, entry=entry, by=indiener, now=LATER)
    assert states(checked(indiener, line(4), line(5))) == ["there", "wrong"]
