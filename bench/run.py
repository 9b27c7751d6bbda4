"""
Measure: `make bench`, or `make bench ARGS="pages --quick"`.

Prints medians, p95 and ratios; decides nothing. How to read them: docs/speed.md.
"""

import argparse
import logging
import time
from contextlib import ExitStack

from bench import house, table
from portal import embedded

SIZE, QUICK = 200_000, 5_000
WHAT = ("pages", "letters", "uploads", "log", "sweep", "activities", "catalogue", "codes", "viewer", "desk", "checks")


def main() -> None:
    """Measure what was asked."""
    asked = argparse.ArgumentParser(description="Meet hoe snel het portaal is.")
    asked.add_argument("what", nargs="*", choices=[*WHAT, []], help="standaard alles")
    asked.add_argument("--quick", action="store_true", help=f"{QUICK} aanvragen en weinig herhalingen")
    asked.add_argument("--requests", type=int, default=0, help=f"standaard {SIZE}")
    given = asked.parse_args()
    size = given.requests or (QUICK if given.quick else SIZE)
    with ExitStack() as running:
        home = house.House(size, running)
        home.furnish()
        logging.disable()  # the pages that are measured in this process would fill the terminal
        print(table.machine(embedded.major_version()), flush=True)
        from bench import (
            activity_file,
            catalogue,
            checks,
            codes,
            desk,
            letters,
            log,
            pages,
            seed,
            sweep,
            uploads,
            viewer,
        )

        began = time.monotonic()
        seed.fill(size, lambda words: print(f"  {time.monotonic() - began:4.0f} s  {words}", flush=True))
        measures = {
            "pages": pages.measure,
            "letters": letters.measure,
            "uploads": uploads.measure,
            "log": log.measure,
            "sweep": sweep.measure,
            "activities": activity_file.measure,
            "catalogue": catalogue.measure,
            "codes": codes.measure,
            "viewer": viewer.measure,
            "desk": desk.measure,
            "checks": checks.measure,
        }
        for what in given.what or WHAT:
            measures[what](home, quick=given.quick)


if __name__ == "__main__":
    main()
