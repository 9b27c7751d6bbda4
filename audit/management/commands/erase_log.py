from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from audit.domain import retention
from audit.services import erasing


class Command(BaseCommand):
    help = f"Verwijdert regels van het logboek die langer dan {retention.YEARS} jaar zijn bewaard."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="alleen tellen")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        number, rows = erasing.erasable(now)
        if not options["dry_run"] and number:
            rows = erasing.erase(up_to_seal=number, now=now)
        done = "te verwijderen" if options["dry_run"] else "verwijderd"
        self.stdout.write(f"{rows} regels {done}.")
