"""How PostgreSQL is told to go about a statement."""

import pytest
from django.db import connection, transaction

from kit.postgres.plans import whole_tables

pytestmark = pytest.mark.django_db


def nested_loops() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        return cursor.fetchone()[0]


def test_tables_are_joined_as_a_whole_in_the_block_alone():
    with whole_tables():
        assert nested_loops() == "off"
    assert nested_loops() == "on"


def test_after_an_error_nothing_of_it_is_left():
    with pytest.raises(ZeroDivisionError), transaction.atomic(), whole_tables():
        raise ZeroDivisionError
    assert nested_loops() == "on"
