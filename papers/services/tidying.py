"""
Remove from disk what no row knows of.

Bytes come before their row (a row always has its bytes), so a crash in between leaves a file that nobody will ever ask
for. A day later it is gone.
"""

import uuid
from datetime import datetime
from pathlib import Path

from kit import tenancy
from papers.delivery import store
from papers.models import File


def remove_abandoned(*, now: datetime) -> int:
    """
    Remove uploads that never ended and files that never got a row; return how many.

    :raises tenancy.NotSystem: when rows of somebody could be hidden, for then their files would go
    """
    tenancy.demand_system()
    leftovers = [*store.abandoned("incoming", now), *filter(has_no_row, store.abandoned("files", now))]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def has_no_row(path: Path) -> bool:
    """Tell whether a file in the store has no row."""
    return not File.objects.filter(pk=uuid.UUID(path.name)).exists()
