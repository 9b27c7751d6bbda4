"""What both sides see of a dossier beside the work itself, in a real browser: axe finds nothing, nothing sticks out."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from portal.world import people
from tests import browser
from tests.factories import world as worlds

pytestmark = pytest.mark.django_db(transaction=True)
SEES = {
    "jansen@esdoorn.example": "/aanvragen/{}/",
    "noor@zk.example": "/beoordelen/{}/?toon=verloop",
    "team@zk.example": "/beoordelen/{}/",
}


@pytest.fixture
def look(chromium, live_server, log_in):
    """Return a function that opens a page as somebody, wide and narrow, and judges it."""
    contexts = []

    def open_as(who, path, name):
        context = chromium.new_context()
        contexts.append(context)
        cookie = log_in(people.actor(who)).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        for details in page.locator(".mp-clocks details").all():
            details.locator("summary").click()
        browser.look(page, name)
        return page

    yield open_as
    for context in contexts:
        context.close()


def test_the_page_to_take_a_dossier_along(authorization_in, plain_letters, look):
    authorization = authorization_in("granted")
    for who in ("jansen@esdoorn.example", "noor@zk.example"):
        page = look(who, f"/aanvragen/{authorization.reference}/dossier/", f"dossier-{who.split('@')[0]}")
        page.get_by_role("button", name="Haal het dossier op").click()
        assert page.get_by_text("Kies waarvoor u het dossier ophaalt.").first.is_visible()
        assert browser.violations(page) == []
        page.get_by_label("Een heroverweging").check()
        with page.expect_download() as download:
            page.get_by_role("button", name="Haal het dossier op").click()
        assert download.value.suggested_filename == f"dossier-{authorization.reference}.zip"


def test_the_clocks_of_a_request(authorization_in, plain_letters, look):
    authorization = authorization_in("answered")
    with time_machine.travel(worlds.NOW + timedelta(days=6), tick=True):
        for who, path in SEES.items():
            page = look(who, path.format(authorization.reference), f"tijd-{who.split('@')[0]}")
            assert page.locator(".mp-clocks__drawing").is_visible()
