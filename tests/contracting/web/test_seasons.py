"""The purchasing calendar on the pages, and the startbrief as its provider finds it."""

import pytest
import time_machine

from contracting.domain.register import ContractStatus
from contracting.models import Season, StartLetter
from tests.factories import contracting as make
from tests.factories.contracting import NOW

pytestmark = pytest.mark.django_db
HERE = "/contracten/kalender/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def filled(browser, **changes):
    """Return what the form begins with, and the policy and contact person."""
    form = browser.get(f"{HERE}nieuw/").context["form"]
    sent = {"year": "2027", "policy": "Wij kopen zelf in.", "contact_name": "I. Koper", "contact_email": "i@zk.example"}
    for name, value in form.initial.items():
        if name != "year":
            sent |= {f"{name}_0": str(value.day), f"{name}_1": str(value.month), f"{name}_2": str(value.year)}
    return sent | changes


def test_a_calendar_is_made_and_the_startbrief_reaches_its_provider(
    beheerder, organisatiebeheerder, other_organisatiebeheerder, insurer, provider, log_in
):
    browser = log_in(beheerder)
    make.contract(insurer, provider, status=ContractStatus.MAY_DECLARE)
    page = browser.post(f"{HERE}nieuw/", filled(browser), follow=True).content.decode()
    assert "De inkoopkalender is bewaard." in page and "Stuur de startbrief aan 1 zorgaanbieder" in page
    season = Season.objects.get()
    assert "Contractjaar 2027" in browser.get(HERE).content.decode()
    sent = browser.post(f"{HERE}{season.pk}/startbrieven/", follow=True).content.decode()
    assert "1 zorgaanbieder krijgt de startbrief." in sent and provider.name in sent
    again = browser.post(f"{HERE}{season.pk}/startbrieven/", follow=True).content.decode()
    assert "die de startbrief nog niet heeft" in again
    link = f"/contracten/startbrieven/{StartLetter.objects.get().pk}/"
    theirs = log_in(organisatiebeheerder)
    assert link in theirs.get("/contracten/").content.decode()
    assert theirs.get(link).status_code == 302  # the worker still makes it
    assert log_in(other_organisatiebeheerder).get(link).status_code == 404


def test_bad_input_is_said_at_its_field(beheerder, log_in):
    browser = log_in(beheerder)
    wrong = filled(browser, contact_email="geen adres", policy="x" * 10_000, publish_on_0="40", year="99")
    answer = browser.post(f"{HERE}nieuw/", wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"contact_email", "policy", "publish_on", "year"}
    answer = browser.post(f"{HERE}nieuw/", filled(browser, publish_on_0="1", publish_on_1="10"))
    assert set(answer.context["form"].errors) == {"publish_on"}
    assert not Season.objects.exists()
