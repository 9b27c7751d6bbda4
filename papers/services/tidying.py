"""
Remove from disk what no row knows of, and what was refused.

Bytes come before their row and go after it (a row always has its bytes), so a crash in between leaves a file that
nobody will ever ask for. A day later it is gone.
"""

import uuid
from datetime import datetime

from kit import tenancy
from papers.delivery import store
from papers.domain.states import FileState
from papers.models import File, Letter


def remove_abandoned(*, now: datetime) -> int:
    """
    Remove uploads that never ended and files that never got a row; return how many.

    :raises tenancy.NotSystem: when rows of somebody could be hidden, for then their files would go
    """
    tenancy.demand_system()
    leftovers = [
        *store.abandoned("incoming", now),
        *(path for path in store.abandoned("files", now) if not _is_file(path.name)),
        *(path for path in store.abandoned("pages", now) if not _is_file(path.parent.name)),
        *(path for path in store.abandoned("letters", now) if not _is_letter(path.stem)),
    ]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def _is_file(name: str) -> bool:
    """Tell whether a file has a row that says that we keep it."""
    kept = File.objects.exclude(state=FileState.REFUSED.value)
    return _not_ours(name) or kept.filter(pk=name).exists()


def _is_letter(name: str) -> bool:
    return _not_ours(name) or Letter.objects.filter(reference=name).exists()


def _not_ours(name: str) -> bool:
    """Tell whether this isn't the name of anything that we keep: then it isn't ours to remove."""
    try:
        uuid.UUID(name)
    except ValueError:
        return True
    return False
