from typing import Any

from django.core.management.commands import flush

from portal.tenancy.owner import as_owner


class Command(flush.Command):
    """Django's own, by the owner of the tables: the portal itself can empty none."""

    def handle(self, **options: Any) -> None:
        with as_owner():
            super().handle(**options)
