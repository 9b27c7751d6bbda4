"""
After a test that commits its rows go. Django lets PostgreSQL make new files for every table and index, and then writes
down again which models there are: two thirds of a second. Here only what is there is deleted, which takes a tenth.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from portal.tenancy.owner import as_owner

KEPT = ("django_migrations", "django_content_type", "auth_permission")
"""What the tables are, not what is in them: no page writes these."""
ENOUGH = 32 * 2**20
"""Bytes. What is deleted or rolled back still takes room; with more than this the files are made new after all."""
TABLES = """
    SELECT string_agg(format('%%I', relname), ', '), sum(pg_relation_size(oid)) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL(%s)
"""
MAY_PASS_RULES = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
# Keys to other tables, and the guards of rows that are written once, would have a say in it.
WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"
# As TRUNCATE does: first wait until whoever is still writing is done.
ALONE = "LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE"


def empty() -> bool:
    """Delete the rows of all tables; False when the owner of the tables isn't somebody who may."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MAY_PASS_RULES)
        if cursor.fetchone() != (True,):
            return False
        cursor.execute(WITHOUT_TRIGGERS)
        cursor.execute(TABLES, [list(KEPT)])
        tables, size = cursor.fetchone()
        if size > ENOUGH:
            cursor.execute(f"TRUNCATE {tables}")
            return True
        cursor.execute(ALONE.format(tables))
        cursor.execute("; ".join(f"DELETE FROM {table}" for table in tables.split(", ")))
    return True


@pytest.fixture(scope="session", autouse=True)
def emptied() -> Iterator[None]:
    """Let this be how a test that commits ends."""
    usual = TransactionTestCase._fixture_teardown

    def teardown(test: TransactionTestCase) -> None:
        # A test in a transaction, which has a way of its own, doesn't come here.
        if not empty():
            usual(test)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
