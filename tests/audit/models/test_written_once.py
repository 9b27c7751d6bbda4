"""The database refuses every change of the log: from the portal for want of the right, and from the owner as well."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from audit.models import AccessEvent
from audit.services import sealing
from portal.tenancy.owner import as_owner
from tests.audit import rows

pytestmark = pytest.mark.django_db(transaction=True)


def refused(sql, *before):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        do(sql)
    with as_owner(), pytest.raises(IntegrityError, match="log_is_written_once"), transaction.atomic():
        for statement in before:
            do(statement)
        do(sql)


def do(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


@pytest.mark.parametrize("sql", ["UPDATE audit_accessevent SET outcome = 0", "DELETE FROM audit_accessevent"])
def test_a_row_is_never_changed_or_removed(sql):
    rows.logged()
    refused(sql)
    assert AccessEvent.objects.count() == 1


@pytest.mark.parametrize("table", ["audit_accessevent", "audit_seal", "audit_erasure", "audit_logreview"])
def test_a_table_is_never_emptied(table):
    # Off in the tests, which empty the database between them.
    refused(f"TRUNCATE {table}", f"ALTER TABLE {table} ENABLE TRIGGER {table}_is_never_emptied")


@pytest.mark.parametrize("sql", ["UPDATE audit_seal SET row_count = 9", "DELETE FROM audit_seal"])
def test_a_seal_is_never_changed_or_removed(sql):
    rows.logged()
    sealing.seal()
    refused(sql)


def test_a_row_of_five_years_ago_may_go():
    rows.logged()
    rows.backdate(years=5, minutes=1)
    with as_owner():
        assert do("DELETE FROM audit_accessevent") == 1


def test_number_and_moment_come_from_the_database():
    event = rows.logged(took_ms=90_000)
    forged = AccessEvent(**{field.attname: getattr(event, field.attname) for field in AccessEvent._meta.fields})
    forged.pk, forged.at, forged.took_ms = 1, timezone.now().replace(year=2001), 0
    forged.save(force_insert=True)
    first, second = AccessEvent.objects.order_by("id")
    assert second.pk > first.pk == event.pk
    assert abs((timezone.now() - second.at).total_seconds()) < 60
    assert 60 < (timezone.now() - first.at).total_seconds() < 150


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"action": "X"}, "access_action_is_known"),
        ({"outcome": 3}, "access_outcome_is_known"),
        ({"purpose": "nieuwsgierig"}, "access_purpose_is_known"),
        ({"network_type": 2, "network_id": ""}, "access_network_pair"),
        ({"life_cycle": 99}, "access_life_cycle_is_known"),
        ({"sensitivity": "zeer"}, "access_sensitivity_is_known"),
        ({"checks": "TTT"}, "access_controls_are_four"),
    ],
)
def test_a_row_says_what_the_norm_knows(fields, name):
    event = rows.logged()
    values = {field.attname: getattr(event, field.attname) for field in AccessEvent._meta.fields if field.name != "id"}
    with pytest.raises(IntegrityError, match=name):
        AccessEvent.objects.create(**values | fields)
