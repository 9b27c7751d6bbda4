"""The pages of overleg, in a real browser: axe finds nothing, also when something is wrong."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from authorizations.domain.deadlines import AMSTERDAM
from authorizations.models import AuthorizationRequest
from authorizations.services import overleg
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


def test_overleg_is_offered_and_agreed_on(authorization_in, plain_letters, opened):
    authorization = authorization_in("answered")
    now = worlds.NOW + timedelta(days=4)
    moment = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), AMSTERDAM).replace(hour=10)
    AuthorizationRequest.objects.filter(pk=authorization.pk).update(due_on=(now + timedelta(days=9)).date())
    with time_machine.travel(now, tick=True):
        page = opened(NOOR, f"/beoordelen/{authorization.reference}/overleg/")
        browser.look(page, "overleg-bieden")
        page.get_by_role("button", name="Bied overleg aan", exact=True).click()
        assert page.get_by_text("Vul minstens 1 moment in.").first.is_visible()
        assert browser.violations(page) == []
        overleg.offer(
            authorization_id=authorization.pk, moments=[moment, moment + timedelta(hours=2)], reach="088 123 45 67",
            by=people.actor(NOOR), now=now,
        )  # fmt: skip
        page = opened(JANSEN, f"/aanvragen/{authorization.reference}/overleg/")
        browser.look(page, "overleg-kiezen")
        page.get_by_role("button", name="Kies dit moment").click()
        assert page.get_by_text("Kies een moment.").first.is_visible()
        assert browser.violations(page) == []
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Kies dit moment").click()
        assert page.get_by_text("Het overleg is afgesproken.").is_visible()
        browser.look(page, "overleg-afgesproken")
        page = opened(NOOR, f"/beoordelen/{authorization.reference}/besluit/?uitkomst=denied")
        assert page.get_by_text("Let op: er is overleg afgesproken").is_visible()
        browser.look(page, "overleg-besluit")
    with time_machine.travel(moment + timedelta(minutes=30), tick=True):
        page = opened(NOOR, f"/beoordelen/{authorization.reference}/overleg/")
        browser.look(page, "overleg-uitkomst")
        page.get_by_label("Wat kwam er uit het overleg?").fill("Wij zijn het eens.")
        page.get_by_role("button", name="Leg de uitkomst vast").click()
        assert page.get_by_text("De uitkomst ligt vast.").is_visible()
        browser.look(page, "overleg-vastgelegd")
