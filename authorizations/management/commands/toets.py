"""manage.py toets: the shell door to the checks. It needs no database and no server. Bron: checks.md."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authorizations.domain import check_files
from authorizations.domain import policy as policies
from authorizations.domain.checks import TOETSEN
from authorizations.services.policies import shipped

SOME_FAULTS, UNREADABLE = 3, 2


class Command(BaseCommand):
    """Judge every row of a CSV file. Exit status: 0 all judged, 3 some rows have a fault, 2 the file can't be read."""

    help = "Beoordeel elke rij van een CSV-bestand (UTF-8, puntkomma, kopregel)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("toets", choices=sorted(TOETSEN), help="welke toets")
        parser.add_argument("invoer", metavar="INVOER.csv", type=Path)
        parser.add_argument("--uit", metavar="UITVOER.csv", type=Path, help="zonder: naar het scherm")
        parser.add_argument("--policy", metavar="NAAM", help="het beleid dat de lezing kiest")

    def handle(self, *args: Any, **options: Any) -> None:
        policy = _policy(options["policy"])
        try:
            with (
                options["invoer"].open(encoding="utf-8", newline="") as incoming,
                _outgoing(options["uit"]) as outgoing,
            ):
                toets = TOETSEN[options["toets"]]
                done = check_files.judge_file(toets, incoming, outgoing, policy, untouched=True)
        except check_files.Unreadable as unreadable:
            raise CommandError(f"{options['invoer']}: {unreadable}", returncode=UNREADABLE) from None
        except FileNotFoundError as error:
            raise CommandError(f"{error.filename}: dit bestand bestaat niet.", returncode=UNREADABLE) from None
        except OSError as error:
            words = f"{error.filename or options['uit'] or 'uitvoer'}: dit lukt niet ({error.strerror})."
            raise CommandError(words, returncode=UNREADABLE) from None
        if done.faults:
            raise CommandError(
                f"{done.faults} van {done.rows} rijen niet beoordeeld: zie de kolom fout.", returncode=SOME_FAULTS
            )


def _policy(name: str | None) -> policies.Policy | None:
    if name is None:
        return None
    known = shipped()
    if name not in known:
        raise CommandError(f"Onbekend beleid: {name}. Kies uit: {', '.join(sorted(known))}.", returncode=UNREADABLE)
    return known[name]


@contextmanager
def _outgoing(path: Path | None) -> Iterator[TextIO]:
    """Give a file that appears under its name only when it is whole, or the screen."""
    if path is None:
        # The screen's own encoding may be another one.
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as screen:
            yield screen
        return
    unfinished = path.with_name(path.name + ".deel")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
