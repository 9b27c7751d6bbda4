"""What the database itself refuses about the dbc's of the GGZ."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from authorizations.models import Dbc
from tests.factories import accounts
from tests.factories import subtrajects as make
from tests.factories.subtrajects import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db):
    return accounts.UserFactory()


@pytest.fixture
def dbc(provider, insurer, user):
    traject = make.traject(provider, insurer, user, indication="psychic")

    def create(opened_on, closed_on=None, kind="vervolg", **columns):
        values = {"zorgtraject": traject, "zorgtype": "255", "registered_by": user, "registered_at": NOW}
        if closed_on:
            values |= {"closed_by": user, "closed_at": NOW}
        return Dbc.objects.create(kind=kind, opened_on=opened_on, closed_on=closed_on, **(values | columns))

    return create


def at_the_end():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"opened_on": date(2020, 12, 31)}, "dbcs_do_not_overlap"),
        ({"kind": "initieel"}, "one_initial_dbc"),
        ({"kind": "tussen"}, "dbc_kind_known"),
        ({"zorgtype": "25"}, "dbc_zorgtype_three_digits"),
        ({"closed_on": date(2022, 1, 3)}, "dbc_at_most_365_days"),
        ({"closed_on": date(2021, 1, 1)}, "dbc_at_most_365_days"),
        ({"closed_at": NOW}, "dbc_closed_whole"),
        ({"removed_at": NOW}, "dbc_removed_pair"),
        ({"opened_on": date(2019, 1, 1), "closed_on": date(2019, 2, 1)}, "dbcs_in_order"),
    ],
)
def test_a_dbc_that_cannot_be(dbc, columns, constraint):
    dbc(date(2020, 1, 1), date(2020, 12, 31), "initieel", zorgtype="155")
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        dbc(**({"opened_on": date(2021, 1, 2)} | columns))
        at_the_end()
    dbc(date(2021, 1, 2), date(2022, 1, 2))
    at_the_end()


def test_a_vervolg_needs_an_initial_one(dbc):
    with pytest.raises(DatabaseError, match="dbcs_in_order"), transaction.atomic():
        dbc(date(2021, 1, 2))
        at_the_end()


def test_rehabilitation_has_no_dbc(dbc, provider, insurer, user):
    other = make.traject(provider, insurer, user)
    with pytest.raises(DatabaseError, match="dbc_in_the_ggz"), transaction.atomic():
        dbc(date(2021, 1, 2), kind="initieel", zorgtraject=other)


def test_it_is_written_once_closed_once_and_removed_once(dbc, user):
    row = dbc(date(2020, 1, 1), kind="initieel")
    rows = Dbc.objects.filter(pk=row.pk)
    closing = {"closed_on": date(2020, 2, 1), "closed_by": user, "closed_at": NOW}
    removal = {"removed_by": user, "removed_at": NOW}
    for values in ({"zorgtype": "156"}, {"opened_on": date(2020, 1, 2)}, {**closing, "kind": "vervolg"}):
        with pytest.raises(DatabaseError, match="dbc_is_written_once"), transaction.atomic():
            rows.update(**values)
    rows.update(**closing)
    with pytest.raises(DatabaseError, match="dbc_is_written_once"), transaction.atomic():
        rows.update(closed_on=date(2020, 2, 2))
    rows.update(**removal)
    for values in (dict.fromkeys(removal), dict.fromkeys(closing)):
        with pytest.raises(DatabaseError, match="dbc_is_written_once"), transaction.atomic():
            rows.update(**values)
    at_the_end()


def test_the_initial_one_stays_while_a_vervolg_stands(dbc, user):
    row = dbc(date(2020, 1, 1), date(2020, 2, 1), "initieel")
    dbc(date(2020, 3, 1))
    with pytest.raises(DatabaseError, match="dbcs_in_order"), transaction.atomic():
        Dbc.objects.filter(pk=row.pk).update(removed_by=user, removed_at=NOW)
        at_the_end()
    row.zorgtraject.delete()
    at_the_end()
