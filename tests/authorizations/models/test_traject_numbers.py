"""What the database itself refuses about changed zorgtrajectnummers."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from authorizations.models import NumberSignal, TrajectNumber
from tests.factories import accounts
from tests.factories import subtrajects as make
from tests.factories.subtrajects import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db):
    return accounts.UserFactory()


@pytest.fixture
def traject(provider, insurer, user):
    return make.traject(provider, insurer, user)


@pytest.fixture
def changed(traject, user):
    def create(old, new, **columns):
        values = {
            "provider_id": traject.provider_id,
            "reason": "softwarewissel",
            "changed_on": NOW.date(),
            "registered_by": user,
            "registered_at": NOW,
        }
        return TrajectNumber.objects.create(zorgtraject=traject, old_number=old, new_number=new, **(values | columns))

    return create


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"old": "A"}, "old_number_once"),
        ({"new": "B"}, "new_number_once"),
        ({"old": "B", "new": "A"}, "changed_numbers_in_a_ring"),
        ({"new": "P"}, "changed_number_differs"),
        ({"new": "q"}, "changed_numbers_fit"),
        ({"reason": "zomaar"}, "changed_number_reason_known"),
        ({"from_agb": "12345678"}, "changed_number_of_another_by_merger"),
        ({"from_agb": "1", "reason": "fusie"}, "changed_number_of_another_by_merger"),
        ({"changed_on": NOW.date() + timedelta(days=1)}, "changed_number_not_in_the_future"),
        ({"withdrawn_at": NOW}, "changed_number_withdrawn_pair"),
    ],
)
def test_a_change_that_cannot_be(changed, columns, constraint):
    changed("A", "B")
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        changed(**({"old": "P", "new": "Q"} | columns))


def test_a_ring_of_three_is_refused_and_of_another_institution_is_none(changed):
    changed("A", "B")
    changed("B", "C")
    changed("C", "D", from_agb="12345678", reason="fusie")
    with pytest.raises(DatabaseError, match="ring"), transaction.atomic():
        changed("C", "A")


def test_it_hangs_on_a_zorgtraject_of_the_institution(changed, other_provider):
    with pytest.raises(DatabaseError, match="changed_number_of_own_traject"), transaction.atomic():
        changed("A", "B", provider_id=other_provider.pk)


def test_it_is_written_once_and_withdrawn_once(changed, user):
    row = changed("A", "B")
    rows = TrajectNumber.objects.filter(pk=row.pk)
    withdrawn = {"withdrawn_by": user, "withdrawn_at": NOW}
    for values in ({"new_number": "C"}, {**withdrawn, "reason": "fusie"}):
        with pytest.raises(DatabaseError, match="changed_number_is_written_once"), transaction.atomic():
            rows.update(**values)
    rows.update(**withdrawn)
    changed("A", "B")
    with pytest.raises(DatabaseError, match="changed_number_is_written_once"), transaction.atomic():
        rows.update(withdrawn_at=None, withdrawn_by=None)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"state": "weg", "answered_at": NOW, "answered_by_id": 1}, "number_signal_state_known"),
        ({"state": "omgezet"}, "number_signal_answered_whole"),
        ({"answered_at": NOW}, "number_signal_answered_whole"),
        ({"earlier": None}, "number_signal_about_two"),
    ],
)
def test_a_signal_that_cannot_be(provider, insurer, user, traject, columns, constraint):
    earlier = make.traject(provider, insurer, user)
    values = {"zorgtraject": traject, "earlier": earlier, "raised_at": NOW} | columns
    values["earlier"] = values["earlier"] or traject
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        NumberSignal.objects.create(**values)
