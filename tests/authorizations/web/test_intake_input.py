"""Bad input at every step: answered in words, kept as typed, never a mistake of ours."""

from typing import Any

import pytest
import time_machine

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations.models import AuthorizationRequest
from authorizations.web.forms.intake import FORMS
from tests.factories import applications
from tests.factories import intake as drafts
from tests.factories.intake import NOW
from tests.factories.intake_pages import START, Browser, start_data, step_url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


# -- bad input -----------------------------------------------------------------------------------------------------


BAD = {
    "too long": "a" * 5000,
    "nul": "voor\x00na",
    "emoji": "pijn 😀 en 👩‍⚕️",
    "html": "<script>alert(1)</script><b>vet</b>",
    "right to left": "abc\u202egnirts\u200f",
    "impossible date": "31-02-2026",
    "other digits": "１２３٤٥",
    "number": "-1e999",
    "quotes": "'\"`; DROP TABLE x; --",
    "control": "a\x08\x1b[31mb",
    "lines": "een\r\ntwee\rdrie",
    "blank": "   \t ",
}
# Each step gets them all and each field some, each time another: to send each to each field takes three times as long.
TURNS = range(0, len(BAD), 3)
STAY = "zilveren-kruis-ggz-verblijf-2020"
STEPS_AND_POLICIES = [
    *((step, STAY if step == "verblijf" else "zilveren-kruis-msr") for step in FORMS),
    ("behandelplan", "asr-revalidatie-2020"),
]
WHOLE = {"vervolg": applications.follow_up, "verblijf": applications.stay}


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize(("step", "slug"), STEPS_AND_POLICIES)
def test_bad_input_is_answered_and_kept(
    step: str, slug: str, turn: int, log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    application = WHOLE.get(step, applications.application)()
    draft = drafts.started(indiener, insurer, application, slug=slug)
    client = log_in(indiener)
    names = [name for name in drafts.typed(draft, step, application) if name != "draft_version"]
    for prefix in ("treatments", "practitioners"):
        names += [f"{prefix}-0-{name}" for name in ("discipline", "kind", "sessions", "big_number", "started_on_0")]
    bad = [*BAD.values()]
    data = {name: bad[(number + turn) % len(bad)] for number, name in enumerate(names)}

    answer = client.post(step_url(draft, step), data | {"draft_version": draft.draft_version, "verder": "1"})

    assert answer.status_code in (302, 422)
    assert "<script>alert" not in answer.content.decode()
    draft.refresh_from_db()
    kept = draft.answers[step]
    assert kept, "what was typed is kept"
    assert {name: values for name, values in kept.items() if values != [_clean(data[name])]} == {}
    for address in (step_url(draft, step), step_url(draft, step) + "?terug=controle"):
        assert client.get(address).status_code == 200
    page = client.get(f"/aanvragen/{draft.reference}/controle/")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\x08", "").replace("\x1b", "").replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_bad_input_at_the_start_is_answered_and_kept(
    bad: str, log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    data = start_data(insurer)

    answer = log_in(indiener).post(START, dict.fromkeys([*data, "previous_number", "contract_reason"], bad))

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert answer.context["form"]["contract_reason"].value() == bad
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "１"])
def test_a_nonsense_version_never_overwrites(
    version: str, log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.filled(indiener, insurer)

    answer = log_in(indiener).post(
        step_url(draft, "patient"), {"surname": "Anders", "draft_version": version, "later": "1"}
    )

    assert answer.status_code == 409


@pytest.mark.parametrize("path", ["stap/onzin/", "stap/documenten/", "stap/vervolg/"])
def test_a_step_that_is_not_there_is_404(path: str, log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    draft = drafts.started(indiener, insurer)

    assert log_in(indiener).get(f"/aanvragen/{draft.reference}/{path}").status_code == 404


def test_a_page_has_a_fixed_number_of_queries(
    log_in: Browser, indiener: Actor, insurer: Organization, django_assert_max_num_queries: Any
) -> None:
    earlier = drafts.submitted(indiener, insurer)
    draft = drafts.ready(indiener, insurer, applications.follow_up(), previous=earlier)
    client = log_in(indiener)
    pages = {step_url(draft, step): 14 for step in FORMS} | {f"/aanvragen/{draft.reference}/controle/": 29}
    # The check also looks for a machtiging of another insurer; the plan for the codes to choose from, and how those
    # that were typed stand: of our own list and of releases.
    pages |= {step_url(draft, "behandelplan"): 19}
    for page, most in pages.items():
        client.get(page)
        with django_assert_max_num_queries(most, info=page):
            client.get(page)
