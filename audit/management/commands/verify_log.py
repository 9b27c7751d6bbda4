from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.domain.events import Kind, Outcome, Purpose
from audit.services import recording, sealing, verifying

MOST = 20


class Command(BaseCommand):
    help = "Controleert of het logboek heel is en noemt de eerste regel die is veranderd, verwijderd of ingevoegd."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="NUMMER:KENMERK",
            help="een zegel dat elders is bewaard (uit de dagelijkse e-mail); toont of het einde is afgeknipt",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for fault in verifying.faults(anchors=tuple(options["anchor"])):
            found.append(fault)
            if len(found) == MOST:
                break
        outcome = Outcome.FAILED if found else Outcome.DONE
        recording.by_the_portal(
            Kind.LOG_CHECKED, purpose=Purpose.LOGGING, outcome=outcome, detail={"fouten": len(found)}
        )
        if found:
            raise CommandError("Het logboek is niet heel.\n" + "\n".join(f"- {fault.words}" for fault in found))
        head = sealing.head()
        anchor = f"Laatste zegel {head.anchor}." if head else "Er zijn nog geen zegels."
        self.stdout.write(f"Het logboek is heel. {anchor} Nog niet verzegeld: {sealing.unsealed()} regels.")
