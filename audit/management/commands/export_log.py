from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.domain.events import Kind, Purpose
from audit.services import recording, verifying


class Command(BaseCommand):
    help = "Schrijft het hele logboek met zijn zegels naar een bestand; scripts/verify_log.py controleert het los."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand dat wordt gemaakt, regels JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        recording.by_the_portal(Kind.LOG_EXPORT, purpose=Purpose.LOGGING, detail={"wat": "alles"})
        with options["file"].open("x", encoding="utf-8") as file:
            options["file"].chmod(0o600)
            rows, seals = verifying.export(file)
        self.stdout.write(f"{rows} regels en {seals} zegels geschreven.")
