from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.world import codes, people


class Command(BaseCommand):
    help = "Geeft de code van 6 cijfers waarmee iemand van de demo nu inlogt. Alleen in de demo en de tests."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError("Dit werkt alleen in de demo. In productie heeft ieder een eigen app of sleutel.")
        email = options["email"].strip().lower()
        if email not in {person.email for person in people.PEOPLE}:
            raise CommandError(f"{email} woont niet in de demo. scripts/manage demo_accounts noemt wie er wonen.")
        now = timezone.now()
        left = 30 - int(now.timestamp()) % 30
        self.stdout.write(codes.code_now(email, now=now))
        self.stderr.write(f"Nog {left} seconden, en 1 keer te gebruiken.")
