"""What a provider tells of a zorgtraject, and what follows from it."""

import pytest

from authorizations.domain.privacyverklaring import PatientSigner, PrivacyWay, Signed
from authorizations.domain.subtrajects import DotZorgtype
from authorizations.domain.terms import Discipline, Indication
from authorizations.models import Subtraject, SubtrajectWarning, TrajectInsured, Zorgactiviteit
from authorizations.services import privacyverklaring, subtrajects
from authorizations.services.lifecycle import NotAllowed
from authorizations.services.subtrajects import Entry
from kit import tenancy
from tests.factories import accounts, authorizations
from tests.factories.subtrajects import BSN, day
from tests.factories.told import PATIENT, Told, granted, noon, since

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(indiener, insurer):
    return Told(indiener, insurer)


# -- beginning -------------------------------------------------------------------------------------------------------


def test_a_zorgtraject_begins_with_an_open_subtraject(told):
    assert told.rows() == [("11", 0, None, "")]
    assert (told.row().closes_on, told.row().closes_by, told.row().idle_on) == (day(120), "120_dagen", None)
    assert told.traject.number == "ZT20260001"
    assert TrajectInsured.objects.get(zorgtraject=told.traject).bsn == BSN
    assert told.changes() == ["opened"]


def test_with_a_privacyverklaring_the_diagnosis_is_not_kept(indiener, insurer):
    told = Told(indiener, insurer, diagnosis="M54.5", privacyverklaring=True)
    assert told.traject.diagnosis == ""


@pytest.mark.parametrize("begins_under_it", [True, False])
def test_a_zorgtraject_has_the_privacyverklaring_of_its_machtiging(indiener, provider, insurer, begins_under_it):
    grant = granted(provider, insurer, without_diagnosis=True)
    told = Told(indiener, insurer, diagnosis="M54.5", granted=grant if begins_under_it else None)
    if not begins_under_it:
        subtrajects.link(subtraject_id=told.row().pk, granted=grant, by=indiener, now=noon(1))
    told.traject.refresh_from_db()
    assert (told.traject.privacyverklaring, told.traject.diagnosis) == (True, "")


def test_giving_and_withdrawing_one_reaches_the_zorgtraject(indiener, provider, insurer):
    grant = granted(provider, insurer)
    told = Told(indiener, insurer, diagnosis="M54.5", granted=grant)
    signed = Signed(
        PrivacyWay.ONLINE, PatientSigner.PATIENT, "J. Jansen", noon(1).date(), "Psychiater", provider_signs=True
    )
    marks = [one.mark for one in privacyverklaring.removals(grant.authorization)]
    assert f"zorgtraject {told.traject.number}:diagnosis" in marks
    act = {"authorization_id": grant.authorization_id, "by": indiener, "now": noon(2)}
    privacyverklaring.give(signed=signed, confirmed=marks, **act)
    told.traject.refresh_from_db()
    assert (told.traject.privacyverklaring, told.traject.diagnosis) == (True, "")
    privacyverklaring.withdraw(withdrawn_on=noon(2).date(), reason="Hij wil het toch delen.", **act)
    told.traject.refresh_from_db()
    assert (told.traject.privacyverklaring, told.traject.diagnosis) == (False, "")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"opened_on": day(1)}, "niet in de toekomst openen"),
        ({"number": "1234567890123456"}, "hoogstens 15"),
        ({"zorgtype": DotZorgtype.VERVOLG}, "begint met zorgtype 11 of 13"),
    ],
)
def test_what_cannot_begin(indiener, insurer, columns, words):
    with pytest.raises(NotAllowed, match=words):
        Told(indiener, insurer, **columns)


def test_a_number_is_used_once(told, indiener, insurer):
    with pytest.raises(NotAllowed, match="al in gebruik"):
        Told(indiener, insurer)


def test_the_policy_is_that_of_the_insurer(indiener, insurer, other_insurer):
    with pytest.raises(NotAllowed, match="van een andere verzekeraar"):
        subtrajects.begin(
            insurer_id=other_insurer.pk, policy_version=authorizations.policy_version(insurer), patient=PATIENT,
            number="1", indication=Indication.OTHER, opened_on=day(0), by=indiener, now=noon(0),
        )  # fmt: skip


# -- registering -----------------------------------------------------------------------------------------------------


def test_each_activity_moves_the_end(told):
    told.did(0)
    assert (since(told.row().idle_on), since(told.row().closes_on), told.row().closes_by) == (42, 42, "42_dagen")
    told.did(42)
    assert (since(told.row().idle_on), told.rows()) == (84, [("11", 0, None, "")])
    told.did(80)
    assert (since(told.row().closes_on), told.row().closes_by) == (120, "120_dagen")


def test_what_does_not_count_moves_nothing(told):
    told.did(0)
    told.did(20, profile_class=99)
    assert since(told.row().closes_on) == 42


def test_an_activity_on_day_43_closes_and_opens_the_vervolg_though_the_night_was_late(told):
    told.did(0)
    told.did(43)
    assert told.rows() == [("11", 0, 42, "42_dagen"), ("21", 43, None, "")]
    assert told.changes() == ["opened", "closed", "opened"]
    assert told.events()[1].by is None


@pytest.mark.parametrize(("number", "opens"), [(162, 43), (163, 163), (282, 163), (283, 283), (402, 283)])
def test_the_vervolg_joins_on(told, number, opens):
    told.did(0)
    told.did(number)
    assert told.rows()[:2] == [("11", 0, 42, "42_dagen"), ("21", opens, None, "")]


def test_after_360_days_it_is_another_zorgtraject(told):
    told.did(0)
    with pytest.raises(NotAllowed, match="loopt in dit zorgtraject geen subtraject.*begin een nieuw"):
        told.did(403)
    assert Zorgactiviteit.objects.count() == 1


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"performed_on": day(-1)}, "geen subtraject"),
        ({"performed_on": day(11)}, "nog niet uitgevoerd"),
        ({"code": "FYSIO"}, "6 cijfers"),
        ({"units": 0}, "minstens 1"),
        ({}, "staat er op deze dag al"),
    ],
)
def test_what_is_refused_leaves_nothing(told, entry, words):
    told.did(5)
    with pytest.raises(NotAllowed, match=words):
        told.did(5, on=10, **entry)
    assert Zorgactiviteit.objects.count() == 1


def test_a_late_activity_reopens_and_says_why(told):
    told.did(0)
    told.did(20, on=60)
    assert told.rows() == [("11", 0, None, "")]
    assert told.changes() == ["opened", "closed", "reopened"]
    assert told.events()[-1].reason == "Activiteit van 23 augustus 2026 vastgelegd op 2 oktober 2026."
    assert told.events()[-1].by_id == told.by.user_id


def test_a_late_activity_moves_a_closing(told):
    told.did(0)
    told.did(20, on=100)
    assert told.rows() == [("11", 0, 62, "42_dagen")]
    assert told.changes() == ["opened", "closed", "moved"]
    assert (told.events()[1].closed_on, told.events()[2].closed_on) == (day(42), day(62))


def test_a_late_activity_takes_the_vervolg_back_in(told):
    told.did(0)
    told.did(50)
    told.did(30, on=60)
    assert told.rows() == [("11", 0, None, "")]
    assert told.changes() == ["opened", "closed", "opened", "gone", "reopened"]
    assert since(told.row().closes_on) == 92


def test_a_late_activity_moves_the_whole_chain(told):
    for number in (0, 50, 100, 150):
        told.did(number)
    assert told.rows() == [
        ("11", 0, 42, "42_dagen"), ("21", 43, 92, "42_dagen"), ("21", 93, 142, "42_dagen"), ("21", 143, None, ""),
    ]  # fmt: skip
    told.did(40, on=155)
    assert told.rows() == [("11", 0, 92, "42_dagen"), ("21", 93, 142, "42_dagen"), ("21", 143, None, "")]


# -- correcting and removing -----------------------------------------------------------------------------------------


def test_a_removed_activity_counts_no_longer_and_stays_to_be_seen(told):
    told.did(0)
    activity = told.did(30)
    subtrajects.remove(activity_id=activity.pk, reason="Verkeerde patiënt", by=told.by, now=noon(50))
    assert told.rows() == [("11", 0, 42, "42_dagen")]
    assert told.events()[-1].reason == "" and told.changes()[-1] == "closed"
    activity.refresh_from_db()
    assert (activity.removed_because, activity.removed_by_id) == ("Verkeerde patiënt", told.by.user_id)


def test_a_corrected_activity_is_replaced(told):
    told.did(0)
    wrong = told.did(30, on=44)
    entry = Entry("190962", day(3), Discipline.ERGOTHERAPIE, units=4)
    right = subtrajects.correct(activity_id=wrong.pk, entry=entry, reason="Verkeerde dag", by=told.by, now=noon(60))
    assert right.replaces_id == wrong.pk
    assert told.rows() == [("11", 0, 45, "42_dagen")]


def test_a_correction_that_changes_nothing_is_refused(told):
    activity = told.did(0)
    entry = Entry(activity.code, day(0), Discipline(activity.discipline), activity.units, activity.profile_class)
    with pytest.raises(NotAllowed, match="niets veranderd"):
        subtrajects.correct(activity_id=activity.pk, entry=entry, reason="Dag", by=told.by, now=noon(1))
    activity.refresh_from_db()
    assert activity.removed_at is None


@pytest.mark.parametrize("reason", ["", "  ", "\x00"])
def test_without_a_reason_nothing_is_removed(told, reason):
    activity = told.did(0)
    with pytest.raises(NotAllowed, match="Leg uit waarom"):
        subtrajects.remove(activity_id=activity.pk, reason=reason, by=told.by, now=noon(1))


def test_nothing_is_removed_twice(told):
    activity = told.did(0)
    subtrajects.remove(activity_id=activity.pk, reason="Fout", by=told.by, now=noon(1))
    with pytest.raises(NotAllowed, match="was al verwijderd"):
        subtrajects.remove(activity_id=activity.pk, reason="Fout", by=told.by, now=noon(1))


def test_removing_what_others_lean_on_is_refused(told):
    told.did(0)
    between = told.did(300)
    told.did(500)
    with pytest.raises(NotAllowed, match="valt dan buiten elk subtraject"):
        subtrajects.remove(activity_id=between.pk, reason="Fout", by=told.by, now=noon(501))


# -- finishing and declaring -----------------------------------------------------------------------------------------


def test_finishing_today_closes_when_the_day_has_ended(told):
    told.did(0)
    told.finished(14)
    assert told.rows() == [("11", 0, None, "")]
    assert (since(told.row().closes_on), told.row().closes_by) == (14, "afgerond")
    told.did(20)
    assert told.rows() == [("11", 0, 14, "afgerond"), ("21", 15, None, "")]


def test_a_finish_that_is_told_late_moves_the_closing(told):
    told.did(0)
    told.finished(14, on=60)
    assert told.rows() == [("11", 0, 14, "afgerond")]
    assert told.changes() == ["opened", "closed", "finished", "moved"]


@pytest.mark.parametrize(
    ("number", "on", "words"), [(61, 60, "toekomst"), (50, 60, "geen subtraject"), (-1, 60, "geen subtraject")]
)
def test_what_cannot_be_finished(told, number, on, words):
    told.did(0)
    with pytest.raises(NotAllowed, match=words):
        told.finished(number, on=on)


def test_a_treatment_is_finished_once(told):
    told.finished(14)
    with pytest.raises(NotAllowed, match="was al afgerond op 17 augustus 2026"):
        told.finished(14, on=15)


@pytest.fixture
def declared(told):
    told.did(0)
    told.did(50)
    subtrajects.declare(subtraject_id=told.row(0).pk, by=told.by, now=noon(51))
    return told


def test_what_was_declared_asks_for_a_correction(declared):
    declared.did(30, on=60)
    assert declared.rows() == [("11", 0, 42, "42_dagen"), ("21", 43, None, "")]
    assert declared.row(0).to_correct_since == noon(60)
    assert declared.changes()[-2:] == ["declared", "to_correct"]
    assert declared.events()[-1].reason.startswith("Activiteit van 2 september 2026")


def test_an_activity_that_moves_nothing_asks_for_it_too(declared):
    declared.did(0, on=60, code="190962")
    assert declared.row(0).to_correct_since == noon(60)


def test_the_vervolg_goes_on_behind_what_was_declared(declared):
    declared.did(30, on=60)
    declared.did(80)
    assert declared.rows() == [("11", 0, 42, "42_dagen"), ("21", 43, None, "")]
    assert since(declared.row().idle_on) == 122
    assert declared.changes().count("to_correct") == 1


def test_taken_back_it_follows_from_what_is_known_again(declared):
    declared.did(30, on=60)
    first = declared.row(0)
    subtrajects.take_back(subtraject_id=first.pk, reason="Gecrediteerd", by=declared.by, now=noon(61))
    assert declared.rows() == [("11", 0, None, "")]
    assert declared.row(0).to_correct_since is None
    assert declared.changes()[-3:] == ["taken_back", "gone", "reopened"]


def test_what_cannot_be_declared(told):
    with pytest.raises(NotAllowed, match="open subtraject"):
        subtrajects.declare(subtraject_id=told.row().pk, by=told.by, now=noon(1))
    with pytest.raises(NotAllowed, match="niet gedeclareerd"):
        subtrajects.take_back(subtraject_id=told.row().pk, reason="x", by=told.by, now=noon(1))


def test_what_is_declared_is_declared_once_and_not_finished_any_more(declared):
    with pytest.raises(NotAllowed, match="al gedeclareerd"):
        subtrajects.declare(subtraject_id=declared.row(0).pk, by=declared.by, now=noon(52))
    with pytest.raises(NotAllowed, match="al gedeclareerd"):
        declared.finished(20, on=52)


# -- the machtiging, and who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ends", "goes_on"), [(43, True), (42, False)])
def test_a_machtiging_that_still_holds_goes_on_in_the_vervolg(indiener, insurer, provider, ends, goes_on):
    grant = granted(provider, insurer, ends=ends)
    told = Told(indiener, insurer, granted=grant)
    told.did(0)
    told.did(50)
    assert (told.row(0).granted, told.row(1).granted) == (grant, grant if goes_on else None)


def test_only_who_files_for_the_provider_tells(told, lezer, adviseur, insurer):
    stranger = accounts.actor(*told.by.roles, organization=accounts.provider(name="Elders"))
    entry = Entry("190961", day(0), Discipline.FYSIOTHERAPIE)
    for someone in (lezer, adviseur, stranger):
        with pytest.raises(NotAllowed, match="Alleen een indiener of behandelaar"):
            subtrajects.register(zorgtraject_id=told.traject.pk, entry=entry, by=someone, now=noon(1))
    for someone in (lezer, adviseur):
        with pytest.raises(NotAllowed, match="Alleen een indiener of behandelaar"):
            Told(someone, insurer, number="2")
    with pytest.raises(NotAllowed, match="Alleen een indiener of behandelaar"):
        subtrajects.remove(activity_id=0, reason="x", by=told.by, now=noon(1))


def test_the_database_lets_the_provider_tell_and_its_insurer_only_look(told, adviseur):
    with tenancy.acting(tenancy.Context(told.by.organization_id, told.by.user_id)):
        told.did(0)
        told.did(50)
        SubtrajectWarning.objects.create(
            subtraject=told.row(), organization=told.traject.provider, ground="42_dagen", closes_on=day(92), days=14,
            at=noon(78),
        )  # fmt: skip
        told.did(30, on=60)
        assert told.rows() == [("11", 0, None, "")]
    with tenancy.acting(tenancy.Context(adviseur.organization_id, adviseur.user_id)):
        assert told.rows() == [("11", 0, None, "")]
        assert not Subtraject.objects.update(closes_on=day(100))
        assert not Zorgactiviteit.objects.update(units=2)
        assert not Zorgactiviteit.objects.all().delete()[0]
