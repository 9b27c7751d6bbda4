"""Budgets on the pages and in the one question: may this provider declare binnen budget?"""

from datetime import date

import pytest
import time_machine

from accounts.models import Organization
from contracting.domain.budget import WhyBudget
from contracting.models import GgzBudget
from contracting.queries import budgets as asked
from tests.factories.contracting import NOW

pytestmark = pytest.mark.django_db
HERE = "/contracten/budgetten/"
ON = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def day(name, on):
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def whole(provider, **changes):
    sent = {"agb_code": provider.agb_code, "year": "2026", "region": "Proefregio", "amount": "1.250.000"}
    for name in ("regioplan_on", "agreed_on", "tariff_from"):
        sent |= day(name, date(2026, 1, 1))
    return sent | {"tariff_number": "TB/26-1"} | changes


def test_a_budget_answers_for_the_provider_and_for_who_declares_on_its_behalf(
    beheerder, organisatiebeheerder, provider, other_provider, insurer, other_insurer, log_in
):
    browser = log_in(beheerder)
    assert asked.ruling(provider.pk, insurer.pk, ON).reasons == (WhyBudget.UNKNOWN,)
    page = browser.post(f"{HERE}nieuw/", whole(provider, on_behalf=other_provider.agb_code), follow=True)
    assert "Het budget is vastgelegd." in page.content.decode() and other_provider.name in page.content.decode()
    assert asked.ruling(provider.pk, insurer.pk, ON).reasons == (WhyBudget.OWN,)
    assert asked.ruling(other_provider.pk, insurer.pk, ON).reasons == (WhyBudget.ON_BEHALF,)
    assert not asked.ruling(provider.pk, insurer.pk, date(2027, 1, 1)).may  # another year, another budget
    assert not asked.ruling(provider.pk, other_insurer.pk, ON).may
    answer = browser.get(HERE, {"agb": provider.agb_code} | day("day", ON)).content.decode()
    assert "<strong>Ja</strong>" in answer and WhyBudget.OWN.label in answer
    assert "TB/26-1" in log_in(organisatiebeheerder).get(HERE).content.decode()


def test_an_insurer_declares_on_behalf_of_nobody(beheerder, provider, other_insurer, log_in):
    Organization.objects.filter(pk=other_insurer.pk).update(agb_code="95990011")
    answer = log_in(beheerder).post(f"{HERE}nieuw/", whole(provider, on_behalf="95990011"))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"on_behalf"})


def test_what_was_wrong_is_withdrawn_with_the_reason_and_noted_anew(beheerder, provider, insurer, log_in):
    browser = log_in(beheerder)
    browser.post(f"{HERE}nieuw/", whole(provider))
    again = browser.post(f"{HERE}nieuw/", whole(provider))
    assert again.status_code == 422 and "Trek dat eerst in" in again.content.decode()
    first = GgzBudget.objects.get()
    for because, words in (
        (" ", "Schrijf op waarom"),
        ("x" * 400, "hoogstens 300"),
        ("Regio klopt niet.", "blijft te lezen"),
    ):
        page = browser.post(f"{HERE}intrekken/", {"budget": first.pk, "because": because}, follow=True)
        assert words in page.content.decode()
    assert (
        "al ingetrokken"
        in browser.post(f"{HERE}intrekken/", {"budget": first.pk, "because": "x"}, follow=True).content.decode()
    )
    assert not asked.ruling(provider.pk, insurer.pk, ON).may
    browser.post(f"{HERE}nieuw/", whole(provider, region="Andere regio"))
    assert asked.ruling(provider.pk, insurer.pk, ON).may
    assert "Regio klopt niet." in browser.get(HERE).content.decode()


def test_bad_input_is_said_at_its_field(beheerder, organisatiebeheerder, provider, log_in):
    browser = log_in(beheerder)
    answer = browser.post(f"{HERE}nieuw/", whole(provider, agb_code="1", on_behalf="12 abc", amount="veel", region=" "))
    assert (answer.status_code, set(answer.context["form"].errors)) == (
        422,
        {"agb_code", "on_behalf", "amount", "region"},
    )
    answer = browser.post(f"{HERE}nieuw/", whole(provider, tariff_number="", on_behalf="22990000", year="2019"))
    assert set(answer.context["form"].errors) == {"tariff_number", "on_behalf", "year"}
    assert browser.get(HERE, {"agb": "x", "day_0": "99"}).status_code == 422
    assert not GgzBudget.objects.exists()
    assert log_in(organisatiebeheerder).get(f"{HERE}nieuw/").status_code == 403
