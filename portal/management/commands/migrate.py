from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from portal.tenancy.owner import as_owner


class Command(migrate.Command):
    """Django's own, by the owner of the tables; and what it makes is secured at once."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
            if options["plan"] or options["check_unapplied"]:
                return
            call_command("createcachetable", verbosity=0, stdout=self.stdout)
        call_command("secure_database", verbosity=0, stdout=self.stdout, stderr=self.stderr)
