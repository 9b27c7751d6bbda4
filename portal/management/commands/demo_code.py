from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain import codes as totp
from accounts.services import factors


class Command(BaseCommand):
    help = "Geeft de code van 6 cijfers waarmee iemand van de demo nu inlogt. Alleen in de demo en de tests."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError("Dit werkt alleen in de demo. In productie heeft ieder een eigen app of sleutel.")
        email = options["email"].strip().lower()
        user = accounts.user_by_email(email)
        if user is None:
            raise CommandError(f"{email} woont niet in de demo. scripts/manage demo_accounts noemt wie er wonen.")
        # Of the app that there is now: in the demo people link another one too.
        app = accounts.factors_of(user.pk).filter(type=factors.Kind.TOTP).first()
        if app is None:
            raise CommandError(f"{email} heeft geen app: log in met een sleutel of herstelcode, of stel een app in.")
        now = timezone.now()
        left = 30 - int(now.timestamp()) % 30
        self.stdout.write(totp.code_at(factors.unseal(app.data["secret"]), totp.step_at(now)))
        self.stderr.write(f"Nog {left} seconden, en 1 keer te gebruiken.")
