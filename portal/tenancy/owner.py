"""The owner of the tables: who makes and secures them, and is nobody else's business."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

ADDRESS = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the role of DATABASE_OWNER_URL in this block; without it the role of DATABASE_URL has to do."""
    if settings.DATABASE_OWNER is None:
        yield
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
