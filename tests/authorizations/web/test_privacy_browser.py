"""The pages of the privacyverklaring in a real browser: axe finds nothing, also when something is wrong."""

import pytest
import time_machine
from django.conf import settings

from authorizations.models import AuthorizationRequest
from portal.world import people
from tests import browser
from tests.factories import world as worlds

pytestmark = pytest.mark.django_db(transaction=True)
NOOR, JANSEN = "noor@zk.example", "jansen@esdoorn.example"


@pytest.fixture
def opened(chromium, live_server, log_in):
    """Return a function that opens a page as somebody."""
    contexts = []

    def open_as(who, path):
        context = chromium.new_context()
        contexts.append(context)
        cookie = log_in(people.actor(who)).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_as
    for context in contexts:
        context.close()


def test_it_is_given_checked_and_withdrawn(authorization_in, plain_letters, opened):
    authorization = authorization_in("in_review")
    own = f"/aanvragen/{authorization.reference}/"
    with time_machine.travel(worlds.NOW, tick=True):
        page = opened(JANSEN, own)
        page.get_by_role("link", name="Geef een privacyverklaring").click()
        browser.look(page, "privacy-geven")
        page.get_by_role("button", name="Onderteken en verwijder de diagnose").click()
        assert page.get_by_text("Kies hoe u de verklaring geeft.").first.is_visible()
        browser.look(page, "privacy-geven-fout")
        page.get_by_label("Online: de patiënt tekende bij u").check()
        page.get_by_label("De patiënt", exact=True).check()
        page.get_by_label("Naam van wie tekende").fill("J. Jansen")
        for name, value in (("Dag", "2"), ("Maand", "11"), ("Jaar", "2026")):
            page.get_by_label(name, exact=True).fill(value)
        page.get_by_label("Uw beroep").fill("Revalidatiearts")
        page.get_by_label("onderteken de privacyverklaring").check()
        page.get_by_label("Ja, verwijder deze gegevens.").check()
        page.get_by_role("button", name="Onderteken en verwijder de diagnose").click()
        assert page.get_by_text("De privacyverklaring geldt.").is_visible()
        browser.look(page, "privacy-aanvraag")
        browser.look(opened(JANSEN, f"{own}privacyverklaring/"), "privacy-geldt")
        browser.look(opened(JANSEN, f"{own}privacyverklaring/intrekken/"), "privacy-intrekken")
        browser.look(opened(JANSEN, f"{own}documenten/extra/"), "privacy-documenten")
        browser.look(opened(NOOR, f"/beoordelen/{authorization.reference}/"), "privacy-bureau")
        page = opened(NOOR, f"/beoordelen/{authorization.reference}/privacyverklaring/")
        browser.look(page, "privacy-controle")
        page.get_by_label("Ja, beide handtekeningen kloppen").check()
        page.get_by_role("button", name="Leg de controle vast").click()
        assert page.get_by_text("De verklaring is in orde.").is_visible()
    assert AuthorizationRequest.objects.get(pk=authorization.pk).without_diagnosis
