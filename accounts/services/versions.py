"""Two tabs, two colleagues: notice that what someone changes isn't what they saw."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import models


class Changed(Exception):
    """Raised when the row was changed after the page was shown."""


def fingerprint(row: models.Model, fields: Mapping[str, Any] | tuple[str, ...]) -> str:
    """Return a short mark of what these fields hold now; a page sends it back with its form."""
    return hashlib.sha256(repr([(name, getattr(row, name)) for name in sorted(fields)]).encode()).hexdigest()[:16]


def apply(row: models.Model, *, seen: str, fields: Mapping[str, Any]) -> None:
    """
    Change a locked row, unless it was changed since the page was shown. Saving the same twice is fine.

    :raises Changed: when somebody else (or another tab) was first
    """
    if all(getattr(row, name) == value for name, value in fields.items()):
        return
    if fingerprint(row, fields) != seen:
        raise Changed
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
