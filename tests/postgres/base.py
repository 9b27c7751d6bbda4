from typing import Any

from django.db.backends.postgresql import creation

from kit.postgres import base
from portal.tenancy.owner import as_owner


class DatabaseCreation(creation.DatabaseCreation):
    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        with as_owner():
            return super().create_test_db(*args, **kwargs)

    def destroy_test_db(self, *args: Any, **kwargs: Any) -> None:
        with as_owner():
            super().destroy_test_db(*args, **kwargs)

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        # A worker or web process that a test just ended may not have let go yet.
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(test_database_name)} WITH (FORCE)")


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
