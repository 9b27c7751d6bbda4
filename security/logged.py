"""Whether every answer with something of a dossier has exactly one row in the log: `python -m security.logged`."""

import re
import sys

from security import figures
from security.tests import run

TESTS = "tests/portal/test_audited.py"
SHOWN, FAILED = r"(\d+) antwoorden met gegevens", r"(\d+) (?:failed|error)"
ENOUGH = 60
"""So many answers with something of a dossier there are at least; with fewer, the test looked at the wrong pages."""


def main() -> int:
    """Run the tests and tell."""
    said: list[str] = []
    status = run(TESTS, said=said, LOG_LEVEL="CRITICAL")
    return status or int(not all(figure.met for figure in judge("".join(said))))


def judge(said: str) -> list[figures.Figure]:
    """Tell what the tests reached, by what they said."""
    shown, failed = (re.search(pattern, said) for pattern in (SHOWN, FAILED))
    return [
        figures.tell("toegangslogboek: proeven mislukt", failed[1] if failed else 0, target=0),
        figures.tell(
            "toegangslogboek: antwoorden met gegevens, elk met 1 regel",
            shown[1] if shown and not failed else 0,
            target=ENOUGH,
            at_least=True,
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
