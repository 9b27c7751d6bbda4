"""A story in a real browser: a provider asks for coulance, an insurer decides; axe finds nothing, also when wrong."""

import pytest
from django.conf import settings
from django.utils import timezone

from authorizations.models import CoulanceRequest
from authorizations.services import coulance_decisions
from tests import browser
from tests.factories import documents, notices
from tests.factories.notices import HAPPENED, claim

pytestmark = pytest.mark.django_db(transaction=True)
SLOW = 60_000


@pytest.fixture
def opened(chromium, live_server, log_in):
    """Return a function that opens a page as somebody."""
    contexts = []

    def open_as(who, path):
        context = chromium.new_context()
        contexts.append(context)
        cookie = log_in(who).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(SLOW)
        page.goto(live_server.url + path)
        return page

    yield open_as
    for context in contexts:
        context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).last.click()
    page.wait_for_load_state()


def test_coulance_is_asked_and_decided_on(indiener, insurer, coordinator, opened, tmp_path):
    page = opened(indiener, "/mijn-meldingen/")
    browser.look(page, "meldingen-leeg")
    page.get_by_role("link", name="Vraag coulance").click()
    page.get_by_label(insurer.name).check()
    press(page, "Begin het verzoek")
    press(page, "Dien het verzoek in")
    assert page.get_by_text("Kies: overmacht of calamiteit.").first.is_visible()
    browser.look(page, "coulance-fouten")
    page.get_by_label("Overmacht").check()
    page.get_by_label("Wat is er gebeurd?").fill(HAPPENED)
    bad = tmp_path / "declaraties.csv"
    bad.write_text("declaratienummer;bedrag\nD-1;1\n", encoding="utf-8")
    page.get_by_label("Bestand met declaraties").set_input_files(str(bad))
    press(page, "Bewaar als concept")
    assert page.get_by_text("In de eerste regel ontbreekt: soort_zorg").first.is_visible()
    assert page.get_by_label("Wat is er gebeurd?").input_value() == HAPPENED
    row = page.locator("[data-row]").first
    row.get_by_label("Declaratienummer of factuurnummer").fill("d 1")
    row.get_by_label("Soort zorg").select_option("ggz")
    row.get_by_label("Bedrag").fill("1.250,50")
    row.get_by_label("Code her-declaratie").select_option("01")
    for name, day in (("Geopend op", (15, 1, 2025)), ("Gesloten op", (28, 2, 2026))):
        for part, value in zip(("Dag", "Maand", "Jaar"), day, strict=True):
            row.get_by_role("group", name=name).get_by_label(part).fill(str(value))
    evidence = tmp_path / "proces-verbaal.pdf"
    evidence.write_bytes(documents.pdf())
    page.get_by_label("Stukken toevoegen").set_input_files(str(evidence))
    press(page, "Bewaar als concept")
    assert page.get_by_text("Uw concept is bewaard.").is_visible()
    browser.look(page, "coulance-concept")
    press(page, "Dien het verzoek in")
    assert page.get_by_text("Uw coulanceverzoek is ingediend.").is_visible()
    browser.look(page, "coulance-ingediend")

    asked = CoulanceRequest.objects.get()
    office = opened(coordinator, "/beoordelen/meldingen/")
    browser.look(office, "omzetplafonds-leeg")
    office.get_by_role("link", name="Coulanceverzoeken").click()
    browser.look(office, "coulance-lijst")
    office.get_by_role("link", name=asked.reference).click()
    press(office, "Pak dit verzoek op")
    office.get_by_text("Afwijzen").click()
    press(office, "Leg het besluit vast")
    assert office.get_by_text("Schrijf wat de zorgaanbieder nu kan doen.").first.is_visible()
    browser.look(office, "coulance-besluiten")
    office.get_by_label("Waarom besluit u dit?").fill("Een storing van 3 dagen verklaart dit niet.")
    office.get_by_label("Wat kan de zorgaanbieder nu doen?").fill("Stuur een stuk over de andere dagen.")
    press(office, "Leg het besluit vast")
    assert office.get_by_text("Uw besluit ligt vast.").is_visible()
    page.reload()
    assert page.get_by_text("Stuur een stuk over de andere dagen.").is_visible()
    browser.look(page, "coulance-besloten")


def test_the_pages_of_an_omzetplafond(indiener, insurer, coordinator, opened):
    page = opened(indiener, "/mijn-meldingen/omzetplafond/")
    press(page, "Verstuur de melding")
    browser.look(page, "omzetplafond-fouten")
    notice, now = notices.told(indiener, insurer.pk), timezone.now()
    asked = notices.coulance(indiener, insurer.pk, claim("D-1"), claim("D-2"))
    coulance_decisions.take(coulance_id=asked.pk, by=coordinator, now=now)
    office = opened(coordinator, f"/beoordelen/meldingen/omzetplafond/{notice.pk}/")
    press(office, "Pak deze melding op")
    office.get_by_label("Antwoord aan de zorgaanbieder").fill("Wij bellen u maandag.")
    browser.look(office, "omzetplafond-antwoorden")
    press(office, "Verstuur het antwoord")
    page.goto(page.url.partition("/mijn")[0] + f"/mijn-meldingen/omzetplafond/{notice.pk}/")
    assert page.get_by_text("Wij bellen u maandag.").is_visible()
    browser.look(page, "omzetplafond-beantwoord")
    page.get_by_role("link", name="Meldingen").first.click()
    browser.look(page, "meldingen-vol")
