from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.tenancy import secure
from portal.tenancy.owner import as_owner


class Command(BaseCommand):
    help = "Scheidt de organisaties in de database: rol, rechten en row-level security. Opnieuw doen kan altijd."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with as_owner():
                report = secure.secure()
        except secure.NotSecured as refusal:
            raise CommandError(str(refusal)) from None
        for remark in report.remarks:
            self.stderr.write(remark)
        if report.unknown:
            self.stderr.write(f"Niet in portal/tenancy/registry.py, dus dicht: {', '.join(report.unknown)}.")
        if options["verbosity"]:
            self.stdout.write(f"{report.tables} tabellen gescheiden voor {report.role or 'iedereen'}.")
