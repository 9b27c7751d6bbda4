"""A BSN is masked wherever it isn't asked for, and whole for whoever asks and may."""

import re

import pytest
from django.urls import reverse

from tests.factories import desk

pytestmark = pytest.mark.django_db
BSN = "999996708"


def address(name, authorization):
    return reverse(f"authorizations:{name}", args=[authorization.reference])


@pytest.fixture
def filed(indiener, insurer, adviseur):
    return desk.filed(indiener, insurer, advisor=adviseur)


@pytest.mark.parametrize(
    ("who", "page"), [("indiener", "request-detail"), ("lezer", "request-detail"), ("adviseur", "review-detail")]
)
def test_pages_show_its_last_digits(log_in, filed, request, who, page):
    browser = log_in(request.getfixturevalue(who))
    shown = browser.get(address(page, filed) + "?toon=formulier").content.decode()
    assert "*****6708" in shown
    assert BSN not in shown
    assert "Toon het hele BSN" in shown


@pytest.mark.parametrize("who", ["indiener", "adviseur"])
def test_a_press_of_the_button_shows_it_whole_and_nothing_keeps_it(log_in, filed, request, who):
    answer = log_in(request.getfixturevalue(who)).post(address("bsn", filed))
    assert answer.status_code == 200
    assert BSN in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "Wij leggen vast dat u dit nummer hebt bekeken" in answer.content.decode()


def test_its_address_alone_leads_to_the_request(log_in, indiener, filed):
    answer = log_in(indiener).get(address("bsn", filed))
    assert (answer.status_code, answer["Location"]) == (302, address("request-detail", filed))


@pytest.mark.parametrize("who", ["other_indiener", "organisatiebeheerder", "medewerker", "coordinator", "beheerder"])
def test_to_anybody_else_it_is_not_there(log_in, filed, request, who):
    answer = log_in(request.getfixturevalue(who)).post(address("bsn", filed))
    assert answer.status_code == 404
    assert BSN not in answer.content.decode()


def test_the_receipt_has_its_last_digits(log_in, indiener, filed):
    from authorizations.services import letters

    receipt = letters.issue_receipt(filed, now=desk.NOW).letter.html
    assert "*****6708" in receipt
    assert BSN not in re.sub(r"\s", "", receipt)
