from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.domain.events import Kind, Outcome, Purpose
from audit.services import anchoring, recording, sealing, verifying

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

        parser.add_argument(
            "--anchor-anew",
            action="store_true",
            help="neem de keten aan zoals zij nu is, na het terugzetten van een back-up; dit staat ook in het logboek",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["anchor_anew"]:
            self.anchor_anew()
        try:
            found = list(islice(verifying.faults(anchors=tuple(options["anchor"])), MOST))
        except ValueError as error:
            raise CommandError(str(error)) from None
        outcome = Outcome.FAILED if found else Outcome.DONE
        recording.by_the_portal(
            Kind.LOG_CHECKED, purpose=Purpose.LOGGING, outcome=outcome, detail={"fouten": len(found)}
        )
        if found:
            raise CommandError("Het logboek is niet heel.\n" + "\n".join(f"- {fault.words}" for fault in found))
        head = sealing.head()
        anchor = f"Laatste zegel {head.anchor}." if head else "Er zijn nog geen zegels."
        self.stdout.write(f"Het logboek is heel. {anchor} Nog niet verzegeld: {sealing.unsealed()} regels.")

    def anchor_anew(self) -> None:
        """Remember the newest seal that there is now, and write down that somebody did."""
        head = sealing.head()
        before = anchoring.remembered()
        anchoring.remember(head.anchor if head else "")
        detail = {"anker_was": before.partition(":")[0], "anker_wordt": head.number if head else 0}
        recording.by_the_portal(Kind.LOG_CHECKED, purpose=Purpose.LOGGING, outcome=Outcome.DONE, detail=detail)
