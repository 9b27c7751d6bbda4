from typing import Any

from audit.management.commands import erase_log
from portal.tenancy.owner import as_owner


class Command(erase_log.Command):
    """That of the log, by the owner of the tables: the portal itself can erase nothing."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
