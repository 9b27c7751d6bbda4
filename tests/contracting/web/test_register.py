"""The register on the pages: who sees what, what is wrong said at its field, and the public list."""

from datetime import date

import pytest
import time_machine

from contracting.domain.register import ContractStatus
from contracting.models import Contract, Publication
from tests.factories import contracting as make
from tests.factories.contracting import NOW

pytestmark = pytest.mark.django_db
S = ContractStatus
HERE = "/contracten/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def day(name, on):
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def test_a_beheerder_puts_a_contract_in_the_register_and_takes_a_step(
    beheerder, organisatiebeheerder, provider, log_in
):
    browser = log_in(beheerder)
    sent = {"agb_code": provider.agb_code, "year": "2027", **day("on", date(2026, 10, 1))}
    page = browser.post(f"{HERE}nieuw/", sent, follow=True).content.decode()
    contract = Contract.objects.get()
    assert "Het contract staat in het register." in page and "Voorstel, op 1 oktober 2026" in page
    step = {"move": "agree", "note": "", **day("on", date(2026, 11, 1))}
    assert "De stap is vastgelegd." in browser.post(f"{HERE}{contract.pk}/stap/", step, follow=True).content.decode()
    again = browser.post(f"{HERE}{contract.pk}/stap/", step)
    assert (again.status_code, set(again.context["form"].errors)) == (422, {"move"})
    rows = b"".join(browser.get(f"{HERE}register.csv").streaming_content).decode()
    assert f"2027;{provider.name};{provider.agb_code};2027-01-01;2027-12-31;Overeenstemming;2026-11-01;nee" in rows
    seen = log_in(organisatiebeheerder).get(f"{HERE}{contract.pk}/")
    assert "Overeenstemming, op 1 november 2026" in seen.content.decode() and seen.context["form"] is None


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(beheerder, insurer, provider, log_in):
    browser = log_in(beheerder)
    sent = {"agb_code": "123", "name": "x" * 10_000, "year": "20277", **day("on", date(2099, 1, 1))}
    answer = browser.post(f"{HERE}nieuw/", sent)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"agb_code", "name", "year"})
    sent = {"agb_code": provider.agb_code, "year": "2027", **day("on", date(2099, 1, 1))}
    answer = browser.post(f"{HERE}nieuw/", sent | day("starts_on", date(2026, 1, 1)))
    assert set(answer.context["form"].errors) == {"on", "starts_on"}
    assert provider.agb_code in answer.content.decode() and not Contract.objects.exists()
    contract = make.contract(insurer, provider)
    answer = browser.post(f"{HERE}{contract.pk}/stap/", {"move": "lapse", "note": "", **day("on", date(2026, 11, 1))})
    assert set(answer.context["form"].errors) == {"note"}


def test_another_organization_gets_404(beheerder, other_insurer, other_provider, organisatiebeheerder, log_in):
    theirs = make.contract(other_insurer, other_provider)
    for somebody in (beheerder, organisatiebeheerder):
        assert log_in(somebody).get(f"{HERE}{theirs.pk}/").status_code == 404
        assert theirs.provider.name not in log_in(somebody).get(HERE).content.decode()
    assert log_in(beheerder).post(f"{HERE}{theirs.pk}/stap/", {}).status_code == 404


def test_anybody_reads_the_public_list_and_that_a_newer_one_came(beheerder, insurer, provider, client, log_in):
    make.contract(insurer, provider, year=2027, status=S.AGREED)
    browser = log_in(beheerder)
    assert browser.get(f"{HERE}publiceren/").context["form"]["year"].value() == 2027
    assert browser.post(f"{HERE}publiceren/", {"year": "2026"}).status_code == 422
    browser.post(f"{HERE}publiceren/", {"year": "2027"})
    first = Publication.objects.get()
    page = client.get(f"/gecontracteerd/{first.pk}/").content.decode()
    assert provider.name in page and "Gepubliceerd op 2 november 2026" in page and "nieuwere lijst" not in page
    assert provider.agb_code in b"".join(client.get(f"/gecontracteerd/{first.pk}/lijst.csv").streaming_content).decode()
    with time_machine.travel(date(2026, 11, 12)):
        log_in(beheerder).post(f"{HERE}publiceren/", {"year": "2027"})
    assert "Er is een nieuwere lijst." in client.get(f"/gecontracteerd/{first.pk}/").content.decode()
    assert client.get("/gecontracteerd/").content.decode().count("1 zorgaanbieder.") == 1
