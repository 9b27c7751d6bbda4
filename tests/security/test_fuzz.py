"""Whatever is sent to a form, the answer is in words, never 500. `python -m security.fuzz` sends a lot more."""

import gc
import os
from random import Random

import pytest

from portal.world import people
from security import figures
from tests.security import fuzzing
from tests.security.forms import forms_in
from tests.security.verdict import Shown
from tests.security.world import STATES, knocking, things, visitors

pytestmark = pytest.mark.usefixtures("plain_letters")
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "600"))
SEED = int(os.environ.get("FUZZ_SEED", "20261124"))
WHOLE = REQUESTS > 5_000
ENOUGH = (
    "niemand",
    "behandelaar",
    "organisatiebeheerder",
    "medewerker",
    "medisch",
    "coordinator",
    "beheerder",
    "logbeheerder",
)
SELDOM_SEEN = {
    *("/inloggen/code/", "/inloggen/bevestigen/", "/profiel/tweede-stap/app/", "/profiel/tweede-stap/sleutel/"),
    *("/profiel/apparaten/", "/toegang-vragen/", "/beheer/toegang/", "/beheer/bewaren/"),
    *(
        "/logboek/",
        "/logboek/verzekerde/",
        "/logboek/account/",
        "/logboek/account/bestand/",
        "/logboek/maanden/2026-1/",
    ),
}
"""What is easily missed: it is there for few people, or only halfway something else."""
AT_HOME = ("", people.ESDOORN, people.ZILVEREN_KRUIS)


def test_a_form_is_read_as_a_browser_does():
    page = """<form method="post" action="weg/" data-autosave-url="/bewaar/">
    <input type="hidden" name="csrfmiddlewaretoken"><input name="naam" type="text" value="K.">
    <select name="soort"><option value="a"><option value="b" selected></select>
    <input type="checkbox" name="ja" value="1" checked><textarea name="tekst">Dag</textarea>
    <input type="file" name="stuk">
    <button name="stap" value="2"></button></form><form action="http://elders.example/"></form>"""
    sent, kept = sorted(forms_in(page, "/hier/"), key=lambda form: form.by_script)
    assert (sent.path, sent.method, sent.files) == ("/hier/weg/", "POST", ("stuk",))
    assert dict(sent.fields) == {"naam": "K.", "soort": "b", "ja": "1", "tekst": "Dag"}
    assert dict(sent.choices) == {"soort": ("a", "b"), "ja": ("1",), "stap": ("2",)}
    assert (kept.path, kept.by_script, kept.fields) == ("/bewaar/", True, sent.fields)


@pytest.mark.asvs("2.2.1", "2.2.2", "15.3.7", "1.3.12")
# Django leaves the temporary file of a body that breaks off halfway to be closed when it is thrown away.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.django_db
def test_nothing_that_is_sent_gives_an_error_of_ours(world):
    everybody = visitors()
    seen = things(everybody, STATES if WHOLE else STATES[:3])
    if not WHOLE:
        # Others have fewer forms, or the same.
        everybody = [
            one
            for one in everybody
            if one.name.startswith(ENOUGH) and one.place in AT_HOME and one.shown in (Shown.BOTH, Shown.NO_STEP_YET)
        ]
    everybody.append(knocking())
    with fuzzing.quiet():
        targets = fuzzing.collect(everybody, seen)
    Random(SEED).shuffle(targets)
    asked = {form.path for _, form in targets}
    assert asked >= SELDOM_SEEN, SELDOM_SEEN - asked
    tally = fuzzing.run(targets, requests=REQUESTS, seed=SEED)
    # Here, and not in whichever test comes next.
    gc.collect()
    print(tally)
    for where in sorted({fault.where for fault in tally.faults}):
        several = [fault for fault in tally.faults if fault.where == where]
        print(f"\n{len(several)} keer, het eerst door {several[0].visitor}: {several[0].sent}\n{where}")
    figures.tell("fuzz: antwoorden met 500", len(tally.faults), target=0, unit=f"van {tally.requests} verzoeken")
    assert not tally.faults
    assert tally.forms > 100
    assert {200, 302, 400, 403, 404, 405} <= tally.statuses.keys(), "else it didn't get anywhere"
