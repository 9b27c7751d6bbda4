"""How PostgreSQL is to go about a statement, where what it believes of a table can't be right."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def whole_tables() -> Iterator[None]:
    """
    Let PostgreSQL join whole tables at once in this block, which is in a transaction.

    Nobody has counted rows that were just put in, so it takes them for a handful and goes through 40,000 rows for each
    of 40,000. The portal may not let it count (ANALYZE is for the owner).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")
