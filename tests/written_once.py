"""Between tests the database is emptied; the log refuses that, also from its owner. So here that one guard is off."""

from collections.abc import Iterator

import pytest
from django.db import connection

from portal.tenancy.owner import as_owner

TABLES = ("audit_accessevent", "audit_seal", "audit_erasure", "audit_logreview")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock(), as_owner(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_is_never_emptied")
    yield
