"""The pages about policies in a real browser, wide and narrow: axe finds nothing and nothing sticks out."""

import pytest
import time_machine
from django.conf import settings

from authorizations.domain.lifecycle import Status
from authorizations.services import replays
from tests import browser
from tests.factories import authorizations as make
from tests.factories import desk, policies
from tests.factories.intake import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_(chromium, live_server, log_in):
    """Return a function that opens a browser in which somebody has logged in."""
    contexts = []

    def opened(who):
        context = chromium.new_context(base_url=live_server.url)
        contexts.append(context)
        cookie = log_in(who).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_a_policy_is_written_replayed_and_published(as_, beheerder, adviseur, indiener, insurer):
    with time_machine.travel(NOW, tick=True):
        make.policy_version(insurer)
        for _ in range(3):
            desk.filed(indiener, insurer, Status.GRANTED)
        draft = policies.begun(insurer)
        page = as_(beheerder)
        page.goto("/beheer/beleid/")
        browser.look(page, "beleid")
        page.get_by_role("link", name="Werk verder").click()
        page.get_by_role("link", name="Voeg een criterium toe").click()
        page.get_by_role("button", name="Bewaar in het concept").click()
        browser.look(page, "beleid-criterium-fouten")
        for name, text in {
            "code": "c9",
            "title": "De behandeling is niet langer dan nodig",
            "text": "Een behandeling duurt niet langer dan nodig is.",
            "article": "artikel 2.1, derde lid, Besluit zorgverzekering",
            "source": "Besluit van de verzekeraar",
        }.items():
            page.locator(f"[name={name}]").fill(text)
        page.get_by_role("button", name="Bewaar in het concept").click()
        page.get_by_text("Regel voor regel").click()
        browser.look(page, "beleid-concept")
        page.get_by_role("link", name="Wijzig de termijnen").click()
        browser.look(page, "beleid-termijnen")
        page.goto(f"/beheer/beleid/concept/{draft.pk}/naspelen/")
        page.get_by_role("button", name="Begin met naspelen").click()
        browser.look(page, "beleid-naspelen-bezig")
        while replays.do_next(now=NOW):
            pass
        looking = as_(adviseur)
        looking.goto(f"/beheer/beleid/concept/{draft.pk}/naspelen/")
        looking.locator("details summary").first.click()
        browser.look(looking, "beleid-naspelen")
        page.goto(f"/beheer/beleid/concept/{draft.pk}/publiceren/")
        page.get_by_role("button", name="Publiceer deze versie").click()
        browser.look(page, "beleid-publiceren-fouten")
        for part, text in zip(page.locator("[name^=vanaf_]").all(), ("1", "6", "2027"), strict=True):
            part.fill(text)
        page.get_by_label("Naam van deze versie").fill("2027-1")
        page.get_by_role("button", name="Publiceer deze versie").click()
        page.get_by_role("link", name="Vergelijk met versie 1").click()
        assert page.get_by_text("Nieuw criterium: De behandeling is niet langer dan nodig.").is_visible()
        browser.look(page, "beleid-versie")
