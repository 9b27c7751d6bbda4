"""
Django's PostgreSQL, told in every transaction for whom it is asked (kit/tenancy.py).

`set_config(…, true)` holds until the transaction ends, so a connection from the pool never knows whom it served
before. It goes in one message with the first question, which outside a transaction makes the two one transaction: each
message and its answer is a turn to wait for a processor. Whatever comes here by another way sees nothing.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.sql import SQL, Literal

from kit import tenancy

TELL = SQL(
    "SELECT set_config('portal.organization', {}, true), set_config('portal.user', {}, true),"
    " set_config('portal.system', {}, true)"
)
TOLD = re.compile(r"SELECT set_config\('portal\.organization', [^;]*; ")
ABOUT_ROWS = re.compile(r"\s*\(?\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|DECLARE|EXPLAIN)\b", re.IGNORECASE)
"""What needs a context. Much else (VACUUM, CREATE DATABASE) may not stand in a transaction at all."""


@lru_cache(maxsize=1024)
def telling(context: tenancy.Context) -> str:
    """Return the SQL that tells PostgreSQL of this context, from numbers and a name that the code gives itself."""
    known = (str(context.organization_id or ""), str(context.user_id or ""), context.system)
    return TELL.format(*map(Literal, known)).as_string()


class Operations(DatabaseOperations):
    """What Django shows of a question is the question, without what was told before it."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        shown = super().last_executed_query(cursor, sql, params)
        return shown and TOLD.sub("", shown, count=1)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that knows what it told PostgreSQL in this transaction; None when that is uncertain."""

    ops_class = Operations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: tenancy.Context | None = tenancy.NOBODY
        self.execute_wrappers.append(self._in_context)

    def _in_context(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        wanted, alone = tenancy.current(), self.connection.autocommit
        # Also because after an error PostgreSQL listens to nothing but ROLLBACK TO SAVEPOINT.
        if self._told == wanted or not ABOUT_ROWS.match(str(sql)):
            return execute(sql, params, many, context)
        # Many at once, and a cursor that PostgreSQL keeps, are more than one message by themselves.
        if many or not isinstance(sql, str) or isinstance(context["cursor"].cursor, psycopg.ServerCursor):
            return self._in_turn(wanted, execute, sql, params, many, context)
        answer = execute(f"{telling(wanted)}; {sql}", params, many, context)
        context["cursor"].nextset()
        self._told = tenancy.NOBODY if alone else wanted
        return answer

    def _in_turn(self, wanted: tenancy.Context, execute: Callable[..., Any], *asked: Any) -> Any:
        if not self.connection.autocommit:
            with self.wrap_database_errors:
                self.connection.execute(telling(wanted))
            self._told = wanted
            return execute(*asked)
        with self.wrap_database_errors, self.connection.transaction():
            self.connection.execute(telling(wanted))
            return execute(*asked)

    # Where PostgreSQL forgets what it was told.

    def connect(self) -> None:
        self._told = tenancy.NOBODY
        super().connect()

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self._told = tenancy.NOBODY

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._told = tenancy.NOBODY

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._told = tenancy.NOBODY

    def _savepoint_rollback(self, sid: str) -> None:
        # What was told since the savepoint is undone, so what holds now was told at some time before.
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None
