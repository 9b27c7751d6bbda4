"""The owner of the tables: who makes and secures them, and is nobody else's business."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection

ADDRESS = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


class NoOwner(CommandError):
    """Raised when tables are to be made or changed by who may not."""


@contextmanager
def as_owner() -> Iterator[None]:
    """
    Connect as the role of DATABASE_OWNER_URL in this block; without it the role of DATABASE_URL has to do.

    :raises NoOwner: when that role isn't the owner, as it shouldn't be
    """
    if settings.DATABASE_OWNER is None:
        try:
            yield
        except ProgrammingError as error:
            if not re.search("permission denied|must be owner", str(error)):
                raise
            raise NoOwner(
                "De rol van DATABASE_URL mag geen tabellen maken of wijzigen, en dat hoort zo. "
                "Zet DATABASE_OWNER_URL: de rol van wie de tabellen zijn (zie docs/deployment.md)."
            ) from None
        return
    ours = connection.settings_dict
    before = {part: ours[part] for part in ADDRESS}
    _disconnect()
    ours.update({part: settings.DATABASE_OWNER[part] for part in ADDRESS})
    try:
        yield
    finally:
        _disconnect()
        ours.update(before)


def _disconnect() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
