"""What a run of the retention writes down of what it deleted: per organisation and class of data."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from authorizations.domain.retention import Kept
from authorizations.models import RetentionReport, RetentionRun


@dataclass
class Gone:
    """What went, or would go, of one organisation and class."""

    organization: str
    kept: Kept
    oldest_on: date
    references: list[str] = field(default_factory=list)
    on_disk: int = 0


class Found:
    """What would go, gathered per organisation and class."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, Kept], Gone] = {}

    def add(self, owner: Any, kept: Kept, counted_from: date, reference: str) -> None:
        """Count one more."""
        line = self._lines.setdefault((owner.pk, kept), Gone(owner.name, kept, counted_from))
        line.oldest_on = min(line.oldest_on, counted_from)
        line.references.append(reference)

    def lines(self) -> list[Gone]:
        """Return all of it."""
        return list(self._lines.values())


def reported(
    run: RetentionRun, *, owner_id: int, kept: Kept, counted_from: date, references: list[str]
) -> RetentionReport:
    """Return the report of this organisation and class with these added to it; whoever deletes them saves it."""
    report, _ = RetentionReport.objects.get_or_create(
        run=run, organization_id=owner_id, kept=kept.value, defaults={"oldest_on": counted_from}
    )
    report.oldest_on = min(report.oldest_on, counted_from)
    report.requests += len(references)
    report.references += references
    return report
