"""
Django's PostgreSQL, told in every transaction for whom it is asked (kit/tenancy.py).

`set_config(…, true)` holds until the transaction ends, so a connection from the pool never knows whom it served
before. A statement outside a transaction gets one of its own. Whatever comes here by another way sees nothing.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from kit import tenancy

TELL = (
    "SELECT set_config('portal.organization', %s, true), set_config('portal.user', %s, true),"
    " set_config('portal.system', %s, true)"
)
ABOUT_ROWS = re.compile(r"\s*\(?\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|DECLARE|EXPLAIN)\b", re.IGNORECASE)
"""What needs a context. Much else (VACUUM, CREATE DATABASE) may not stand in a transaction at all."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that knows what it told PostgreSQL in this transaction; None when that is uncertain."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: tenancy.Context | None = tenancy.NOBODY
        self.execute_wrappers.append(self._in_context)

    def _in_context(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        # Also because after an error PostgreSQL listens to nothing but ROLLBACK TO SAVEPOINT.
        if not ABOUT_ROWS.match(str(sql)):
            return execute(sql, params, many, context)
        if not self.connection.autocommit:
            with self.wrap_database_errors:
                self._tell()
            return execute(sql, params, many, context)
        if tenancy.current() == tenancy.NOBODY:
            return execute(sql, params, many, context)
        try:
            with self.wrap_database_errors, self.connection.transaction():
                self._tell()
                return execute(sql, params, many, context)
        finally:
            self._told = tenancy.NOBODY

    def _tell(self) -> None:
        wanted = tenancy.current()
        if self._told != wanted:
            self.connection.execute(TELL, (str(wanted.organization_id or ""), str(wanted.user_id or ""), wanted.system))
            self._told = wanted

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
