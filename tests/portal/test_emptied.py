"""Where a test that commits leaves a row behind, the next one finds it."""

import pytest
from django.db import connection

from tests import emptied

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, int]:
    """Count what is in each table that has anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        names = {name for (name,) in cursor.fetchall()} - {"django_migrations"}
        counted = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            counted[name] = cursor.fetchone()[0]
    return {name: number for name, number in counted.items() if number}


@pytest.mark.parametrize("enough", [emptied.ENOUGH, 0], ids=["deleted", "files made new"])
def test_nothing_is_left_but_what_the_tables_are(draft, monkeypatch, enough):
    monkeypatch.setattr(emptied, "ENOUGH", enough)
    assert {"authorizations_authorizationrequest", "accounts_user", "papers_file"} & rows().keys()
    emptied.empty()
    assert rows().keys() == {"django_content_type", "auth_permission"}
