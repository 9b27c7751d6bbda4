"""manage.py load_catalogue: bring the codes in step with the files that ship with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from ggz_codes.services import catalogue


class Command(BaseCommand):
    """Load the catalogue; a second time nothing changes."""

    help = "Laad de codelijsten die bij de code horen (veilig om te herhalen)."

    def handle(self, *args: Any, **options: Any) -> None:
        done = catalogue.load()
        self.stdout.write(f"Codes: {done.added} nieuw, {done.changed} gewijzigd, {done.unchanged} gelijk.")
