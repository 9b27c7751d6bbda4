"""What the database itself refuses about zorgtrajecten, whatever code asks for it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from accounts.models import User
from authorizations.domain.subtrajects import Change
from authorizations.models import (
    Subtraject,
    SubtrajectEvent,
    SubtrajectWarning,
    TrajectInsured,
    Zorgactiviteit,
    Zorgtraject,
)
from tests.factories import accounts
from tests.factories import subtrajects as make
from tests.factories.subtrajects import NOW, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db) -> User:
    return accounts.UserFactory()


@pytest.fixture
def traject(provider, insurer, user) -> Zorgtraject:
    return make.traject(provider, insurer, user)


def at_the_end() -> None:
    """Ask what the database checks when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# -- the zorgtraject -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"number": "1234567890123456"}, "value too long"),
        ({"number": ""}, "zorgtrajectnummer_fits"),
        ({"number": "zt-1"}, "zorgtrajectnummer_fits"),
        ({"indication": "hoofdpijn"}, "zorgtraject_indication_known"),
        ({"privacyverklaring": True}, "no_diagnosis_with_privacyverklaring"),
    ],
)
def test_a_zorgtraject_that_cannot_be(provider, insurer, user, columns, constraint):
    with pytest.raises(DatabaseError, match=constraint):
        make.traject(provider, insurer, user, **columns)


def test_a_number_is_of_one_zorgtraject_of_an_institution(provider, other_provider, insurer, user):
    make.traject(provider, insurer, user, number="123456789012345")
    make.traject(other_provider, insurer, user, number="123456789012345")
    with pytest.raises(IntegrityError, match="zorgtrajectnummer_once"):
        make.traject(provider, insurer, user, number="123456789012345")


def test_with_a_privacyverklaring_there_is_no_diagnosis(provider, insurer, user):
    assert make.traject(provider, insurer, user, privacyverklaring=True, diagnosis="").diagnosis == ""


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE authorizations_zorgtraject SET diagnosis = 'M54.5'", "zorgtraject_diagnosis_is_sealed"),
        ("UPDATE authorizations_trajectinsured SET bsn = '999996708'", "trajectinsured_bsn_is_sealed"),
        ("UPDATE authorizations_trajectinsured SET bsn_hash = ''", "trajectinsured_bsn_is_sealed"),
    ],
)
def test_nothing_medical_stands_open(traject, statement, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        sql(statement)


def test_what_was_sealed_is_read_again(traject):
    assert Zorgtraject.objects.get(pk=traject.pk).diagnosis == "M54.5"
    insured = TrajectInsured.objects.get(zorgtraject=traject)
    assert (insured.bsn, insured.short_name) == (make.BSN, "K. V. (1981)")


# -- the subtraject --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"zorgtype": "31"}, "subtraject_zorgtype_known"),
        ({"finished_on": day(-1)}, "subtraject_finished_in_order"),
        ({"closes_on": day(121)}, "subtraject_end_foreseen"),
        ({"closes_on": day(-1)}, "subtraject_end_foreseen"),
        ({"closes_by": ""}, "subtraject_end_foreseen"),
        ({"closes_by": "verveling"}, "subtraject_end_foreseen"),
        ({"closes_by": "42_dagen+"}, "subtraject_end_foreseen"),
        ({"closed_by": "120_dagen"}, "subtraject_closed_pair"),
        ({"closed_on": day(120), "closed_by": "120_dagen"}, "subtraject_closed_pair"),
        ({"closed_on": day(120), "closed_at": NOW}, "subtraject_closed_as_foreseen"),  # and without a ground
        ({"closed_on": day(119), "closed_by": "120_dagen", "closed_at": NOW}, "subtraject_closed_as_foreseen"),
        ({"closed_on": day(120), "closed_by": "42_dagen", "closed_at": NOW}, "subtraject_closed_as_foreseen"),
        ({"declared_at": NOW}, "subtraject_declared_when_closed"),
        ({"to_correct_since": NOW}, "subtraject_to_correct_when_declared"),
    ],
)
def test_a_subtraject_that_cannot_be(traject, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make.subtraject(traject, **columns)


@pytest.mark.parametrize("closed", [121, -1])
def test_a_subtraject_lasts_at_most_120_days(traject, closed):
    with pytest.raises(IntegrityError, match="subtraject_at_most_120_days"):
        make.subtraject(traject, 0, closed)


def test_a_subtraject_may_last_120_days(traject):
    assert make.subtraject(traject, 0, 120).closed_on == day(120)


@pytest.mark.parametrize("opened", [50, 100, 120])
def test_two_subtrajects_of_a_zorgtraject_do_not_overlap(traject, opened):
    make.subtraject(traject, 0, 120)
    with pytest.raises(IntegrityError, match="subtrajects_do_not_overlap"):
        make.subtraject(traject, opened, opened + 20)


def test_those_of_another_zorgtraject_may(traject, provider, insurer, user):
    make.subtraject(traject, 0, 120)
    assert make.subtraject(make.traject(provider, insurer, user), 0, 60)


def test_one_subtraject_is_open_at_a_time(traject):
    make.subtraject(traject)
    # Told apart from the overlap, which would refuse this as well.
    sql("SET CONSTRAINTS subtrajects_do_not_overlap DEFERRED")
    with pytest.raises(IntegrityError, match="one_open_subtraject"):
        make.subtraject(traject, 121)


@pytest.mark.parametrize("zorgtype", ["11", "13"])
def test_a_zorgtraject_begins_once(traject, zorgtype):
    make.subtraject(traject, 0, 120)
    with pytest.raises(IntegrityError, match="one_first_subtraject"):
        make.subtraject(traject, 121, zorgtype=zorgtype)


@pytest.mark.parametrize("opened", [121, 241, 361])
def test_a_vervolg_opens_the_day_after_or_on_day_121_or_241(traject, opened):
    make.subtraject(traject, 0, 120)
    make.subtraject(traject, opened)
    at_the_end()


@pytest.mark.parametrize("opened", [122, 240, 242, 360, 362, 481])
def test_a_vervolg_opens_on_no_other_day(traject, opened):
    make.subtraject(traject, 0, 120)
    make.subtraject(traject, opened)
    with pytest.raises(IntegrityError, match="vervolg_follows_on_closing"):
        at_the_end()


def test_a_vervolg_follows_on_something(traject):
    make.subtraject(traject, 121)
    with pytest.raises(IntegrityError, match="vervolg_follows_on_closing"):
        at_the_end()


def test_nothing_but_a_vervolg_follows(traject):
    first = make.subtraject(traject, 0, 120)
    Subtraject.objects.filter(pk=first.pk).update(zorgtype="21")
    with pytest.raises(IntegrityError, match="vervolg_follows_on_closing"):
        at_the_end()


def test_a_closing_that_moves_takes_its_vervolg_along(traject):
    first, following = make.subtraject(traject, 0, 60), make.subtraject(traject, 61)
    Subtraject.objects.filter(pk=first.pk).update(closes_on=day(50), closed_on=day(50))
    with pytest.raises(IntegrityError, match="vervolg_follows_on_closing"):
        at_the_end()
    assert following.pk


def test_both_may_move_in_one_transaction(traject):
    first, following = make.subtraject(traject, 0, 60), make.subtraject(traject, 61)
    sql("SET CONSTRAINTS subtrajects_do_not_overlap, vervolg_still_follows_on_closing DEFERRED")
    Subtraject.objects.filter(pk=first.pk).update(closes_on=day(90), closed_on=day(90))
    Subtraject.objects.filter(pk=following.pk).update(opened_on=day(91))
    at_the_end()


@pytest.mark.parametrize(
    "change",
    [
        {"closed_on": day(100), "closes_on": day(100)},
        {"closed_by": "42_dagen", "closes_by": "42_dagen"},
        {"closed_on": None, "closed_by": "", "closed_at": None},
        {"opened_on": day(1)},
        {"zorgtype": "13"},
        {"finished_on": day(120)},
    ],
)
def test_what_was_declared_stays_as_it_was(traject, change):
    declared = make.subtraject(traject, 0, 120, declared_at=NOW)
    with pytest.raises(IntegrityError, match="declared_subtraject_is_frozen"):
        Subtraject.objects.filter(pk=declared.pk).update(**change)


def test_a_declared_subtraject_may_be_marked_for_correction_and_taken_back(traject):
    declared = Subtraject.objects.filter(pk=make.subtraject(traject, 0, 120, declared_at=NOW).pk)
    assert declared.update(to_correct_since=NOW)
    assert declared.update(to_correct_since=None, declared_at=None)
    assert declared.update(closes_on=day(100), closed_on=day(100))


# -- activities ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"code": "19096"}, "zorgactiviteit_code_six_digits"),
        ({"code": "19096A"}, "zorgactiviteit_code_six_digits"),
        ({"units": 0}, "zorgactiviteit_some_units"),
        ({"profile_class": 0}, "zorgactiviteit_profile_class_two_digits"),
        ({"profile_class": 100}, "zorgactiviteit_profile_class_two_digits"),
        ({"discipline": "kapper"}, "zorgactiviteit_discipline_known"),
        ({"removed_at": NOW}, "zorgactiviteit_removed_whole"),
        ({"removed_because": "Vergissing"}, "zorgactiviteit_removed_whole"),
        ({"performed_on": NOW.date() + timedelta(days=1)}, "zorgactiviteit_not_in_the_future"),
    ],
)
def test_an_activity_that_cannot_be(traject, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make.activity(traject, **columns)


def test_the_day_of_an_activity_is_that_in_the_netherlands(traject):
    late = NOW.replace(hour=23, minute=30)  # half past midnight in Amsterdam
    assert make.activity(traject, registered_at=late, performed_on=late.date() + timedelta(days=1))


def test_an_activity_stands_there_once_until_it_is_removed(traject, user):
    removed = {"removed_at": NOW, "removed_by": user, "removed_because": "Vergissing"}
    make.activity(traject, 3, **removed)
    make.activity(traject, 3)
    make.activity(traject, 3, discipline="ergotherapie")
    with pytest.raises(IntegrityError, match="zorgactiviteit_once"):
        make.activity(traject, 3, units=4)


def test_why_it_was_removed_is_sealed(traject, user):
    make.activity(traject, removed_at=NOW, removed_by=user, removed_because="Vergissing")
    with pytest.raises(IntegrityError, match="zorgactiviteit_reason_is_sealed"):
        sql("UPDATE authorizations_zorgactiviteit SET removed_because = 'Vergissing'")


# -- history and warnings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"change": "verdwenen"}, "subtraject_event_known"),
        *(({"change": change.value}, "subtraject_event_with_reason")
          for change in (Change.REOPENED, Change.MOVED, Change.GONE, Change.TAKEN_BACK, Change.TO_CORRECT)),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be(traject, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        SubtrajectEvent.objects.create(zorgtraject=traject, opened_on=day(0), at=NOW, **columns)


def test_a_reason_is_sealed(traject):
    with pytest.raises(IntegrityError, match="subtraject_event_reason_is_sealed"):
        sql(
            "INSERT INTO authorizations_subtrajectevent (zorgtraject_id, opened_on, change, closed_by, reason, at)"
            " VALUES (%s, %s, 'closed', '', 'open en bloot', now())",
            traject.pk,
            day(0),
        )


def test_a_warning_is_given_once_and_only_of_what_comes_by_itself(traject):
    values = {"subtraject": make.subtraject(traject), "organization": traject.provider, "at": NOW}
    values |= {"closes_on": day(120), "days": 14}
    SubtrajectWarning.objects.create(ground="120_dagen", **values)
    with pytest.raises(IntegrityError, match="subtraject_warning_once"), transaction.atomic():
        SubtrajectWarning.objects.create(ground="120_dagen", **values)
    with pytest.raises(IntegrityError, match="subtraject_warning_ground_known"):
        SubtrajectWarning.objects.create(ground="afgerond", **values)


def test_every_constraint_has_words_for_people():
    for model in (Zorgtraject, Subtraject, Zorgactiviteit, SubtrajectEvent, SubtrajectWarning):
        for constraint in model._meta.constraints:
            assert constraint.violation_error_message != models.BaseConstraint.default_violation_error_message


def test_a_form_hears_those_words(traject):
    make.subtraject(traject, 0, 120)
    overlapping = Subtraject(
        zorgtraject=traject, zorgtype="21", opened_on=day(60), closes_on=day(100), closes_by="42_dagen"
    )
    with pytest.raises(ValidationError, match="loopt op die dagen al een subtraject"):
        overlapping.validate_constraints()
