"""
Take in hundreds of hostile and of ordinary files, as the portal does, with the virus scanner on:
`python -m security.uploads [--each 6] [--quick] [--seed 1]`.

Ends with 1 when a hostile file is kept, anything crashes, or one takes 5 seconds; and when more than 1 in 100 of the
ordinary files is refused. The scanner knows the EICAR test file only: how well viruses are found is not tested here.
"""

import argparse
import io
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from security import figures
from security.samples import Sample

SLOW = 5.0
REFUSED_AT_MOST = 0.01


@dataclass
class Outcome:
    """What became of the files of a class."""

    files: int = 0
    accepted: int = 0
    crashed: list[str] = field(default_factory=list)
    slowest: float = 0.0
    reasons: list[str] = field(default_factory=list)


def take_in(samples: Iterable[Sample]) -> dict[str, Outcome]:
    """Offer each file as an upload is; return what became of them, by class."""
    from django.utils import timezone

    from papers.services import files

    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for sample in samples:
        outcome, stream = outcomes[sample.kind], io.BytesIO(sample.content)
        outcome.files += 1
        began = time.monotonic()
        try:
            kept = files.receive(
                stream=stream, name=sample.name, size=len(sample.content), by_user_id=None, now=timezone.now()
            )
            outcome.accepted += 1
            if not kept.is_clean:
                outcome.reasons.append(f"{sample.name}: {kept.state}")
        except files.Refused as refusal:
            outcome.reasons.append(f"{sample.name}: {refusal.message}")
        except Exception as error:
            # Whatever it is: an upload that ends in an error page is a crash.
            outcome.crashed.append(f"{sample.name}: {type(error).__name__}: {error}")
        outcome.slowest = max(outcome.slowest, time.monotonic() - began)
    return outcomes


def show(title: str, outcomes: dict[str, Outcome]) -> Outcome:
    """Print a table, and return all classes together."""
    print(f"\n{title}\n\n{'soort':<44}{'bestanden':>10}{'bewaard':>9}{'fout':>6}{'traagste':>10}")
    total = Outcome()
    for kind, one in outcomes.items():
        print(f"{kind:<44}{one.files:>10}{one.accepted:>9}{len(one.crashed):>6}{one.slowest:>8.2f} s")
        total.files += one.files
        total.accepted += one.accepted
        total.crashed += one.crashed
        total.slowest = max(total.slowest, one.slowest)
        total.reasons += one.reasons
    name = f"{len(outcomes)} soorten samen"
    print(f"{name:<44}{total.files:>10}{total.accepted:>9}{len(total.crashed):>6}{total.slowest:>8.2f} s")
    return total


def main() -> int:
    """Run what was asked and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=6, help="hostile files per class")
    parser.add_argument("--quick", action="store_true", help="one file per class and per producer")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from kit import tenancy
    from security import hostile_files, ordinary

    call_command("migrate", verbosity=0)
    tenancy.become(tenancy.Context(system=tenancy.COMMAND))
    each = 1 if asked.quick else asked.each
    hostile = show("Vijandige bestanden", take_in(hostile_files.CATALOGUE.samples(each, asked.seed)))
    clean = show("Gewone bestanden", take_in(ordinary.samples(asked.seed, quick=asked.quick)))
    print()
    for line in [*hostile.crashed, *clean.crashed, *clean.reasons]:
        print(f"  {line}")
    return 0 if judge(hostile, clean, classes=len(hostile_files.CATALOGUE.makers)) else 1


def judge(hostile: Outcome, clean: Outcome, *, classes: int) -> bool:
    """Tell what became of the files; say whether all is as it should be."""
    of_hostile = f"van {hostile.files}, {classes} soorten"
    told = [
        figures.tell("uploads: vijandige bestanden bewaard", hostile.accepted, target=0, unit=of_hostile),
        figures.tell(
            "uploads: fouten van het portaal",
            len(hostile.crashed) + len(clean.crashed),
            target=0,
            unit=f"van {hostile.files + clean.files}",
        ),
        figures.tell(
            "uploads: traagste vijandige bestand", f"{hostile.slowest:.2f}", target=SLOW, at_most=True, unit="s"
        ),
        figures.tell(
            "uploads: gewone bestanden geweigerd",
            clean.files - clean.accepted,
            target=int(clean.files * REFUSED_AT_MOST),
            at_most=True,
            unit=f"van {clean.files}",
        ),
    ]
    return all(figure.met for figure in told)


if __name__ == "__main__":
    sys.exit(main())
