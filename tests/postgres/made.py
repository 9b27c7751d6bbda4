"""
To make the database of the tests takes half a minute of one processor. With more processes it is made once, while they
still read which tests there are; each then gets a copy, which is secured like any other.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal import embedded

NAME = "gemaakt"


def lock() -> Path:
    """The file that is locked while the database is being made."""
    return Path(os.environ["PORTAL_TEST_FOLDER"], "made.lock")


def begin(config: pytest.Config) -> None:
    """Begin making it, on a PostgreSQL that ends with this run, for processes that come soon."""
    here = not hasattr(config, "workerinput") and getattr(config.option, "numprocesses", None)
    if here and "PORTAL_TEST_POSTGRES" in os.environ:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        making = subprocess.Popen(
            [sys.executable, "-m", "tests.postgres.made"], env=environment, stdout=subprocess.DEVNULL
        )
        config.add_cleanup(lambda: end(making))


def end(making: subprocess.Popen) -> None:
    making.terminate()
    making.wait()


def copy(address: str) -> None:
    """Put the tables, when they are made, into an empty database elsewhere; what migrates that finds little to do."""
    server, _, options = os.environ.get("DATABASE_OWNER_URL", "").partition("?")
    ours = f"{server.rpartition('/')[0]}/{NAME}?{options}"
    programs = embedded.postgres_binaries()
    with embedded.alone(lock()):
        dumped = subprocess.run([programs / "pg_dump", ours], capture_output=True)
    if dumped.returncode == 0:
        psql = [programs / "psql", "-X", "-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1", address]
        subprocess.run(psql, input=dumped.stdout, check=True)


def main() -> None:
    with embedded.alone(lock()):
        import django

        django.setup()
        from django.db import connection

        from portal.tenancy.owner import as_owner

        # It gets its name when it is complete: who finds no database of this name makes one the usual way.
        half = connection.creation.create_test_db(verbosity=0, serialize=False)
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        with as_owner(), connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{half}" RENAME TO {NAME}')


if __name__ == "__main__":
    main()
