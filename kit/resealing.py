"""
Sealing secrets under another key in bulk, straight in SQL.

It goes through a table by its key, in batches that are each a transaction of their own, and skips rows that somebody
holds. So it may be killed at any moment and started again: what is done is done, the rest is found by its form.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kit import crypto
from kit.encrypted import keyring, place, secrets_of

BATCH = 500
PERMIT = "SET LOCAL portal.resealing = 'on'"
"""What the triggers of frozen rows look for; they also ask for the owner of the table (papers/migrations/0002)."""

Change = Callable[[str, str], str]
"""From place and value to the value that shall stand there."""
Condition = Callable[[str], str]
"""From a column to the condition that it must be changed."""


@dataclass(frozen=True)
class Table:
    """A table with secrets."""

    name: str
    key: str
    key_type: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, model: type[models.Model]) -> "Table":
        """Return the table of this model."""
        key = model._meta.pk
        key_type = "uuid" if isinstance(key, models.UUIDField) else "bigint"
        columns = tuple(str(field.column) for field in secrets_of(model))
        return cls(model._meta.db_table, str(key.column), key_type, columns)


def tables() -> list[Table]:
    """Return every table with secrets."""
    return [Table.of(model) for model in apps.get_models() if secrets_of(model)]


def under_another_key(column: str) -> str:
    """Return the condition that this column is sealed under a key that isn't the current one."""
    start = f"{crypto.VERSION}|{keyring().current}|"
    # Only the first letters are read: a long text isn't fetched to see its key.
    return f"({column} <> '' AND left({column}, {len(start)}) <> '{start}')"


def condition(table: Table, each: Condition) -> str:
    """Return the condition that some column of a row is like this."""
    return " OR ".join(each(f'"{column}"') for column in table.columns)


def count(connection: BaseDatabaseWrapper, table: Table, each: Condition) -> int:
    """Return how many rows have such a column."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table.name}" WHERE {condition(table, each)}')  # noqa: S608
        return int(cursor.fetchone()[0])


def rewrite(connection: BaseDatabaseWrapper, table: Table, each: Condition, change: Change) -> Iterator[int]:
    """Change the rows with such a column, batch by batch; give how many rows each batch had."""
    last: Any = None
    while True:
        with transaction.atomic(using=connection.alias):
            rows = _take(connection, table, each, last)
            if rows:
                _write(connection, table, [_changed(table, row, change) for row in rows])
                last = rows[-1][0]
        if not rows:
            return
        yield len(rows)


def reseal(where: str, value: str) -> str:
    """Return the value under the current key."""
    keys = keyring()
    return keys.seal(keys.open(value, where), where) if crypto.key_of(value) != keys.current else value


def _take(connection: BaseDatabaseWrapper, table: Table, each: Condition, last: Any) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    after = f'"{table.key}" > %s AND ' if last is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(PERMIT)
        cursor.execute(
            f'SELECT "{table.key}", {columns} FROM "{table.name}" WHERE {after}({condition(table, each)}) '  # noqa: S608
            f'ORDER BY "{table.key}" LIMIT {BATCH} FOR NO KEY UPDATE SKIP LOCKED',
            [last] if last is not None else None,
        )
        return list(cursor.fetchall())


def _changed(table: Table, row: tuple[Any, ...], change: Change) -> tuple[Any, ...]:
    key, *values = row
    return (
        key,
        *(
            change(place(table.name, column, key), value) if value else value
            for column, value in zip(table.columns, values, strict=True)
        ),
    )


def _write(connection: BaseDatabaseWrapper, table: Table, rows: list[tuple[Any, ...]]) -> None:
    sets = ", ".join(f'"{column}" = v.c{number}' for number, column in enumerate(table.columns))
    names = ", ".join(f"c{number}" for number in range(len(table.columns)))
    lists = ", ".join([f"%s::{table.key_type}[]", *["%s::text[]"] * len(table.columns)])
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table.name}" t SET {sets} FROM unnest({lists}) AS v(key, {names}) '  # noqa: S608
            f'WHERE t."{table.key}" = v.key',
            [list(column) for column in zip(*rows, strict=True)],
        )
