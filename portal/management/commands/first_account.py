from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from portal import beginning


class Command(BaseCommand):
    help = "Geeft een organisatie haar eerste beheerder; die nodigt daarna de anderen uit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organization", metavar="ORGANISATIE")
        parser.add_argument("email", metavar="E-MAIL")
        parser.add_argument("full_name", metavar="NAAM")
        parser.add_argument("--agb", default="", help="AGB-code: maakt een nieuwe zorgaanbieder")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            beginning.begin(
                organization=options["organization"],
                agb_code=options["agb"],
                email=options["email"],
                full_name=options["full_name"],
                now=timezone.now(),
            )
        except beginning.NotFirst as refusal:
            raise CommandError(str(refusal)) from None
        address = settings.PORTAL_URL + reverse("account_reset_password")
        self.stdout.write(f"{options['full_name']} kiest een wachtwoord op {address}")
