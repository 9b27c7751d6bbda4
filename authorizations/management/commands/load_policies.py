from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authorizations.domain import policy as policies
from authorizations.services import policies as service


class Command(BaseCommand):
    help = "Laadt de beleidsversies uit data/policies/ die er nog niet zijn."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            versions = service.load_all(now=timezone.now())
        except (service.Changed, policies.Unreadable) as problem:
            raise CommandError(str(problem)) from problem
        for version in versions:
            self.stdout.write(f"Geladen: {version}")
        if not versions:
            self.stdout.write("Alle beleidsversies waren al geladen.")
