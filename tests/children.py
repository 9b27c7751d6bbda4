"""What a process gets to know that a test starts."""

import os

from django.db import connection


def environment() -> dict[str, str]:
    """Return the environment for a worker or web process that sees the database of the tests in this process."""
    name = connection.settings_dict["NAME"]
    address, _, options = os.environ["DATABASE_URL"].partition("?")
    return {**os.environ, "DATABASE_URL": f"{address.rpartition('/')[0]}/{name}{'?' + options if options else ''}"}
