import os
from typing import Any

from django.db.backends.postgresql import creation

from kit.postgres import base
from portal import embedded
from portal.tenancy.owner import as_owner
from tests.postgres import made


class DatabaseCreation(creation.DatabaseCreation):
    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        with as_owner():
            return super().create_test_db(*args, **kwargs)

    def _create_test_db(self, *args: Any, **kwargs: Any) -> str:
        if "PYTEST_XDIST_WORKER" not in os.environ:
            return super()._create_test_db(*args, **kwargs)
        # PostgreSQL copies no database that somebody is reading.
        with embedded.alone(made.lock()):
            with self._nodb_cursor() as cursor:
                if self._database_exists(cursor, made.NAME):
                    self.connection.settings_dict["TEST"]["TEMPLATE"] = made.NAME
            return super()._create_test_db(*args, **kwargs)

    def destroy_test_db(self, *args: Any, **kwargs: Any) -> None:
        with as_owner():
            super().destroy_test_db(*args, **kwargs)

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        # A worker or web process that a test just ended may not have let go yet.
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(test_database_name)} WITH (FORCE)")


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
