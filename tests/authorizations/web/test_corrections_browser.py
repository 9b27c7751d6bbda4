"""The page on which a letter is corrected, in a real browser: axe finds nothing, also when something is wrong."""

import pytest
from django.conf import settings

from portal.world import people
from tests import browser

pytestmark = pytest.mark.django_db(transaction=True)


def test_correcting_a_letter(authorization_in, plain_letters, chromium, live_server, log_in):
    authorization = authorization_in("denied")
    context = chromium.new_context()
    cookie = log_in(people.actor("noor@zk.example")).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/beoordelen/{authorization.reference}/brief-herstellen/")
    browser.look(page, "brief-herstellen")
    group = page.get_by_role("group", name="Verbetering 1", exact=True)
    group.get_by_label("Er staat").fill("in de eerste lijn nog niet is geprobeerd")
    page.get_by_role("button", name="Vervang de brief").click()
    assert page.get_by_text("Schrijf wat er is verbeterd.").first.is_visible()
    assert browser.violations(page) == []
    group.get_by_label("Er moet staan").fill("in de eerste lijn niet is geprobeerd")
    page.get_by_label("Wat is er verbeterd?").fill("Een woord stond er te veel.")
    page.get_by_role("button", name="Vervang de brief").click()
    assert page.get_by_text("De brief is hersteld.").is_visible()
    browser.look(page, "brief-hersteld")
    context.close()
