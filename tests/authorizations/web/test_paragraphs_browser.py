"""The standard texts in a real browser: where they are kept, and where one is put in; axe finds nothing."""

import pytest
from django.conf import settings
from django.utils import timezone

from authorizations.domain.paragraphs import Place
from authorizations.services import paragraphs
from portal.world import people
from tests import browser

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_standard_text_is_kept_and_put_in(authorization_in, plain_letters, chromium, live_server, log_in):
    authorization = authorization_in("in_review")
    paragraphs.write(
        policy_slug=authorization.policy_version.slug, place=Place.SUMMARY, order=1, title="Aangewezen op revalidatie",
        text="U bent aangewezen op revalidatie.", replaces_id=None, by=people.actor("beheer@zk.example"),
        now=timezone.now(),
    )  # fmt: skip
    for who, path, name in (
        ("beheer@zk.example", "/beheer/alineas/", "alineas"),
        ("noor@zk.example", f"/beoordelen/{authorization.reference}/besluit/?uitkomst=granted", "alinea-invoegen"),
    ):
        context = chromium.new_context()
        cookie = log_in(people.actor(who)).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        browser.look(page, name)
        if name == "alinea-invoegen":
            page.get_by_label("Vaste alinea", exact=True).select_option(label="Aangewezen op revalidatie")
            page.get_by_role("button", name="Voeg in").click()
            assert page.locator("#id_summary").input_value() == "U bent aangewezen op revalidatie."
        context.close()
