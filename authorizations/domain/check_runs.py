"""
The run of a whole file through a check: how far it is, which steps it takes, and how long it still needs.

Bron: checks.md ("a whole CSV file with a progress bar and a result file"); the bounds are our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from authorizations.domain import words
from kit.terms import Term

MEGABYTES = 100
MOST_BYTES = MEGABYTES * 1024 * 1024
MOST_COLUMNS = 300
MOST_AT_ONCE = 10
"""So many runs of one organisation wait or are at work; who wants more, waits for one of them."""
KEPT = timedelta(days=30)
"""How long a file is kept with its result after the last thing that happened to it, as with other files for reading."""
MOST_IN_WORKBOOK = 250_000
"""More rows than this nobody looks through in a spreadsheet, and to make that takes the worker minutes."""
TOO_BIG = f"Dit bestand is te groot. Het mag {MEGABYTES} MB zijn. Stuur het in delen, of laat kolommen weg."


class RunStatus(Term):
    """How far a run is."""

    WAITS = "wacht", "Wacht"
    CHECKS = "controleert", "Controleert"
    DONE = "klaar", "Klaar"
    STOPPED = "gestopt", "Gestopt"
    FAILED = "mislukt", "Mislukt"


AT_WORK = (RunStatus.WAITS, RunStatus.CHECKS)
OVER = (RunStatus.DONE, RunStatus.STOPPED, RunStatus.FAILED)
WORKER, OWNER = "the worker", "who brought it"


@dataclass(frozen=True)
class RunStep:
    """A step: who takes it, from where to where, and what happened then."""

    who: str
    sources: tuple[RunStatus, ...]
    target: RunStatus
    words: str


RUN_STEPS: Mapping[str, RunStep] = {
    "begin": RunStep(WORKER, (RunStatus.WAITS,), RunStatus.CHECKS, "Controle begonnen"),
    "finish": RunStep(WORKER, (RunStatus.CHECKS,), RunStatus.DONE, "Alle rijen gecontroleerd"),
    "fail": RunStep(WORKER, AT_WORK, RunStatus.FAILED, "Controle mislukt"),
    "stop": RunStep(OWNER, AT_WORK, RunStatus.STOPPED, "Controle gestopt"),
    "go_on": RunStep(OWNER, (RunStatus.STOPPED, RunStatus.FAILED), RunStatus.WAITS, "Controle hervat"),
}


def why_not(step: str, status: RunStatus) -> str:
    """Return why this step can't be taken now; nothing when it can."""
    if status in RUN_STEPS[step].sources:
        return ""
    return f"Dat kan nu niet. De controle staat op: {status.label.lower()}."


def rate(rows: int, seconds: float) -> int:
    """Return how many rows a second the worker does, rounded down."""
    return int(rows / seconds) if seconds else 0


def time_left(*, done: int, total: int, seconds: float) -> str:
    """Return in words how long the rest takes, when it goes on as so far; nothing while nobody can tell."""
    if not done or not seconds:
        return ""
    left = seconds * (total - done) / done
    if left < 10:
        return "nog enkele seconden"
    if left < 90:
        return f"nog ongeveer {round(left / 10) * 10} seconden"
    minutes = round(left / 60)
    return f"nog ongeveer {words.number(minutes)} {'minuut' if minutes == 1 else 'minuten'}"
