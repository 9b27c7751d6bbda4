"""A security key in a real browser: Chromium pretends that one is in the computer."""

import pytest
from playwright.sync_api import expect

from accounts import queries
from accounts.domain.roles import Role
from tests.browser import violations
from tests.factories.accounts import PASSWORD, person

pytestmark = pytest.mark.django_db(transaction=True)
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def page(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 390, "height": 900})
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def log_in(page, email):
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


def test_an_advisor_adds_a_key_and_logs_in_with_it(page, insurer):
    advisor = person(Role.MEDISCH_ADVISEUR, organization=insurer, app=False)
    log_in(page, advisor.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw tweede stap")
    page.get_by_role("link", name="Voeg een sleutel toe").click()
    page.get_by_label("Naam van de sleutel").fill("Sleutel aan de sleutelbos")
    assert violations(page) == []
    page.get_by_role("button", name="Voeg deze sleutel toe").click()
    page.get_by_role("button", name="Toon mijn herstelcodes").click()
    expect(page.locator(".mp-codes li")).to_have_count(10)
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.get_by_role("button", name="Uitloggen").click()
    log_in(page, advisor.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    assert violations(page) == []
    page.get_by_role("button", name="Gebruik uw beveiligingssleutel").click()
    expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()
    page.goto("/profiel/tweede-stap/")
    expect(page.locator("main")).to_contain_text("Sleutel aan de sleutelbos")
    assert violations(page) == []
    (key, _codes) = queries.factors_of(advisor.pk)
    assert key.last_used_at


def test_the_same_key_is_not_added_twice(page, insurer):
    advisor = person(Role.MEDISCH_ADVISEUR, organization=insurer, app=False)
    log_in(page, advisor.email)
    for _turn in range(2):
        page.goto("/profiel/tweede-stap/sleutel/")
        page.get_by_role("button", name="Voeg deze sleutel toe").click()
        if _turn == 0:
            page.get_by_role("button", name="Toon mijn herstelcodes").click()
            expect(page.locator(".mp-codes li")).to_have_count(10)
    expect(page.locator("[data-key-message]")).to_contain_text("staat al bij uw account")
