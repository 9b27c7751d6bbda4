from typing import Any

from django.core.management.base import BaseCommand

from portal.world.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Noemt de accounts van de demo."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Inloggen kan als (wachtwoord voor iedereen: {PASSWORD})")
        for person in PEOPLE:
            roles = ", ".join(role.label.lower() for role in person.roles)
            self.stdout.write(f"  {person.email:<26} {person.organization}: {roles}")
        self.stdout.write("Daarna vraagt het portaal een code: scripts/manage demo_code noor@zk.example")
