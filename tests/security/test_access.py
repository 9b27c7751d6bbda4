"""Every address x who asks x whose it is x how: one right outcome each. `python -m security.access` asks them all."""

import os
import re
import time
from collections import Counter

import pytest

from security import figures
from tests.journeys.addresses import every_address
from tests.security import cells as table
from tests.security.fuzzing import quiet
from tests.security.verdict import LOOK, METHODS, Verdict
from tests.security.verdicts import MEDICAL, ROWS
from tests.security.world import STATES, things, visitors

pytestmark = pytest.mark.usefixtures("plain_letters")
WHOLE = os.environ.get("SECURITY_FORM") == "whole"
SHORT_STATES, SHORT_METHODS = ("waiting_for_provider", "granted"), ("GET", "POST")
# One in so many of the cells of the short form, which is a part of every run of the tests.
ONE_IN = 18
AT_LEAST, WITH_WORDS = (50_000, 50) if WHOLE else (1_900, 5)
STAY = 1_000
NUMBER = re.compile(r"MA-[0-9A-Z*~$=]{9}")
# What only the filing organisation and the medical unit may read, in the words of the invented requests.
CANARIES = (
    "Dagelijks pijn in rug",
    "M79.7",
    "Psycholoog in de eerste lijn",
    "Vier dagdelen werken",
    "houden elkaar in stand",
    "De stukken onderbouwen dit",
    "Uit de stukken blijkt niet",
    "mist de laatste pagina",
)


def test_every_address_has_its_verdict_and_no_verdict_is_of_nothing():
    assert {address.name for address in every_address()} == set(ROWS)


@pytest.mark.asvs("3.5.3", "4.1.4", "8.2.1", "8.2.2")
@pytest.mark.django_db
def test_every_cell_has_the_one_right_outcome_and_looking_changes_nothing(world, settings):
    # The table asks more often than anybody may; the limits have tests of their own.
    settings.RATE_LIMITS, settings.ACCOUNT_RATE_LIMITS = False, False
    began = time.monotonic()
    everybody = visitors()
    everything = things(everybody, STATES if WHOLE else SHORT_STATES)
    requests = {str(one.names["reference"]) for one in everything if one.state}
    asked = list(table.cells(everybody, everything, METHODS if WHOLE else SHORT_METHODS))
    if not WHOLE:
        asked = table.thinned(asked, ONE_IN)
    asked.sort(key=lambda cell: cell.method not in LOOK)
    wrong: list[str] = []
    leaked: list[str] = []
    outcomes: Counter[str] = Counter()
    told = 0
    before = table.fingerprint()
    looking = True
    for number, cell in enumerate(asked):
        if number % STAY == 0:
            for visitor in everybody:
                visitor.stay()
        if looking and cell.method not in LOOK:
            looking = False
            wrong += [f"kijken veranderde {name}" for name, rows in table.fingerprint().items() if rows != before[name]]
        with quiet(), table.writes() as written:
            outcome, answer = table.ask(cell)
        outcomes[outcome.name if isinstance(outcome, Verdict) else outcome] += 1
        if outcome != cell.expected:
            wrong.append(f"{cell}: {outcome} in plaats van {cell.expected}")
        if cell.method in LOOK and written.seen:
            wrong.append(f"{cell} schreef: {written.seen[0]}")
        said = "" if answer.streaming else answer.content.decode(errors="replace")
        elsewhere = cell.visitor.place not in everything[0].owners
        if elsewhere and cell.thing.names.get("reference") not in requests and requests & set(NUMBER.findall(said)):
            leaked.append(f"{cell} noemt een aanvraag")
        if any(canary in said for canary in CANARIES):
            told += 1
            if elsewhere or not (cell.visitor.roles or frozenset()) & MEDICAL:
                leaked.append(str(cell))
    seconds = time.monotonic() - began
    right, unit = len(asked) - len(wrong), f"van {len(asked)} in {seconds:.0f} s"
    figures.tell("toegangstabel: cellen met de juiste uitkomst", right, target=len(asked), unit=unit)
    words = "toegangstabel: antwoorden met medische woorden aan wie die niet mag lezen"
    figures.tell(words, len(leaked), target=0, unit=f"van {told} met zulke woorden")
    print(dict(outcomes))
    assert not wrong, "\n".join(wrong)
    assert leaked == []
    assert told > WITH_WORDS, "else these words could be ones that no page has"
    assert len(asked) >= AT_LEAST
