"""The question "do you have a contract?" reads the contract register of the insurer."""

from datetime import date

import pytest
import time_machine

from accounts.models import Organization
from authorizations.models import AuthorizationRequest
from contracting.domain.register import ContractStatus
from portal.world import people
from tests.factories import contracting as make
from tests.factories.contracting import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
SAYS = "Volgens het register van Zilveren Kruis heeft u een contract, van 1 januari 2026 tot en met 31 december 2026."
NEEDED = {
    "antwoord": "1", "policy": "zilveren-kruis-msr", "code": "14E489", "contract": "nee", "intake": "ja",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def jansen():
    return people.actor("jansen@esdoorn.example")


@pytest.fixture
def contract(jansen):
    insurer = Organization.objects.get(name=people.ZILVEREN_KRUIS)
    return make.contract(insurer, Organization.objects.get(pk=jansen.organization_id), status=ContractStatus.SIGNED)


def start(browser, on, **changes):
    form = browser.get("/aanvragen/nieuw/").context["form"]
    sent = {"policy": "zilveren-kruis-msr", "kind": "msr_first", "contracted": "nee"}
    sent |= {"planned_start_on_0": on.day, "planned_start_on_1": on.month, "planned_start_on_2": on.year}
    return browser.post("/aanvragen/nieuw/", sent | {"creation_key": form["creation_key"].value()} | changes)


def test_who_starts_a_request_reads_what_the_register_says(jansen, contract, log_in):
    browser = log_in(jansen)
    answer = start(browser, date(2026, 12, 31))
    assert answer.status_code == 422 and SAYS in answer.context["form"].errors["contracted"][0]
    assert not AuthorizationRequest.objects.exists()
    assert start(browser, date(2027, 1, 1)).status_code == 302  # the contract is over by then
    why = {"contracted": "ja", "contract_reason": "Deze zorg valt buiten het contract."}
    assert start(browser, date(2026, 12, 31), **why).status_code == 302
    step = AuthorizationRequest.objects.get(planned_start_on=date(2026, 12, 31))
    assert SAYS in browser.get(f"/aanvragen/{step.reference}/stap/aanvraag/").content.decode()


def test_is_a_machtiging_needed_reads_it_too(jansen, contract, log_in, client):
    page = log_in(jansen).get("/aanvragen/nodig/", NEEDED).content.decode()
    assert "Dat staat in uw contract" in page and SAYS in page
    assert "Nee, een machtiging is niet nodig" in client.get("/aanvragen/nodig/", NEEDED).content.decode()
    refused = log_in(jansen).post("/aanvragen/nodig/verklaring/", NEEDED)
    assert refused.status_code == 422


def test_without_a_contract_in_the_register_it_only_asks(jansen, log_in):
    assert start(log_in(jansen), date(2026, 12, 31)).status_code == 302
