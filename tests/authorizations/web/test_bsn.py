"""A BSN is masked wherever it isn't asked for, and whole for whoever asks and may."""

import re

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from tests.factories import accounts, applications, desk, intake
from tests.factories.intake_pages import step_url
from tests.journeys.addresses import every_address, names_in, page_of
from tests.security.forms import forms_in

pytestmark = pytest.mark.django_db
BSN = "999996708"


def address(name, authorization):
    return reverse(f"authorizations:{name}", args=[authorization.reference])


@pytest.fixture
def filed(indiener, insurer, adviseur):
    return desk.filed(indiener, insurer, advisor=adviseur)


@pytest.mark.asvs("14.2.6")
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


@pytest.mark.asvs("14.2.6")
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


def walked(browser, authorization, walked_before):
    """Yield the path and the HTML of every page that this person may open, and wasn't at before."""
    names = names_in(authorization)
    for one in every_address():
        if one.takes <= names.keys() and one.name != "portal:health":
            path = one.path(names)
            if path in walked_before:
                continue
            walked_before.add(path)
            if page := page_of(browser.get(path)):
                yield path, page


@pytest.mark.asvs("14.2.1")
@pytest.mark.parametrize("who", ["indiener", "adviseur", "coordinator", "logbeheerder"])
def test_it_stands_in_no_address_and_goes_in_none(log_in, indiener, insurer, filed, request, who):
    draft = intake.filled(indiener, insurer)
    actor = accounts.actor(Role.LOGBEHEERDER, organization=insurer) if who == "logbeheerder" else None
    browser, boxes = log_in(actor or request.getfixturevalue(who)), 0
    walked_before: set[str] = set()
    for authorization in (filed, draft):
        for path, page in walked(browser, authorization, walked_before):
            for link in re.findall(r"""(?:href|src|action|data-[a-z-]*url)=["']([^"']*)["']""", page):
                assert BSN not in link and authorization.insured.surname not in link, path
            for form in forms_in(page, path):
                held = {name for name, _ in form.fields if re.search("bsn|surname|birth", name)}
                assert not held or form.method == "POST", path
                boxes += len(held)
    assert boxes or who in ("adviseur", "coordinator"), "otherwise this says nothing"


@pytest.mark.asvs("14.2.1")
def test_typing_it_leads_to_an_address_without_it(log_in, indiener, insurer):
    draft = intake.started(indiener, insurer)
    data = intake.typed(draft, "patient", applications.application())
    assert data["bsn"] == BSN
    answer = log_in(indiener).post(step_url(draft, "patient"), data | {"verder": "1"})
    assert answer.status_code == 302 and BSN not in answer["Location"] and data["surname"] not in answer["Location"]


@pytest.mark.asvs("14.2.1")
def test_in_an_address_it_is_not_heard(log_in, insurer, filed):
    """Who makes such a link by hand gets an empty form: the number isn't looked up, so nobody gets used to it."""
    browser = log_in(accounts.actor(Role.LOGBEHEERDER, organization=insurer))
    page = browser.get("/logboek/verzekerde/", {"bsn": BSN}).content.decode()
    assert BSN not in page and "6708" not in page
