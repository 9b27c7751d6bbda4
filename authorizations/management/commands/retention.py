from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from authorizations.domain.retention import Kept
from authorizations.services import retention


class Command(BaseCommand):
    help = "Verwijdert wat lang genoeg is bewaard, en schrijft daar een verslag van."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Alleen laten zien wat weg zou gaan")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            found = retention.due(today=timezone.localdate())
            for line in found:
                self._tell(line.organization, line.kept, len(line.references), line.oldest_on, line.references)
            self.stdout.write("Er is niets verwijderd." if found else "Er is niets dat weg mag.")
            return
        run = retention.run(now=timezone.now())
        reports = list(run.reports.select_related("organization"))
        for report in reports:
            self._tell(
                report.organization.name, Kept(report.kept), report.requests, report.oldest_on, report.references
            )
        self.stdout.write(f"Klaar: {sum(report.requests for report in reports)} verwijderd.")

    def _tell(self, organization: str, kept: Kept, number: int, oldest: Any, references: list[str]) -> None:
        self.stdout.write(f"{organization}, {kept.label}: {number}, oudste {oldest:%d-%m-%Y}: {', '.join(references)}")
