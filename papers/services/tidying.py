"""
Remove from disk what no row knows of, and what was refused.

Bytes come before their row (a row always has its bytes), so a crash in between leaves a file that nobody will ever ask
for. A day later it is gone.
"""

import uuid
from datetime import datetime
from pathlib import Path

from papers.delivery import store
from papers.domain.states import FileState
from papers.models import File


def remove_abandoned(*, now: datetime) -> int:
    """Remove uploads that never ended and files that never got a row; return how many."""
    leftovers = [*store.abandoned("incoming", now), *filter(is_not_kept, store.abandoned("files", now))]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def is_not_kept(path: Path) -> bool:
    """Tell whether a file in the store has no row, or one that says that we don't keep it."""
    kept = File.objects.filter(pk=uuid.UUID(path.name)).exclude(state=FileState.REFUSED.value)
    return not kept.exists()
