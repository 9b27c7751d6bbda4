"""Every page of people in a real browser, wide and narrow: axe finds nothing and nothing sticks out."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from accounts.domain.roles import Role
from accounts.models import Invitation
from accounts.services import invitations
from tests.browser import PATIENCE, violations
from tests.factories.accounts import PASSWORD, InvitationFactory, LocationFactory, MembershipFactory, actor, person

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def look(chromium, live_server):
    """Return a function that opens a page, judges it, and gives it."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)

    def judge(path: str | None = None, *, name: str) -> Page:
        if path is not None:
            page.goto(live_server.url + path)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} sticks out"
            if PICTURES:
                page.screenshot(path=Path(PICTURES, f"{name}-{width}.png"), full_page=True)
        return page

    judge.log_in = lambda client: context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    yield judge
    context.close()
    assert complaints == []


def test_before_logging_in(look, log_in, organisatiebeheerder):
    page = look("/inloggen/", name="inloggen")
    page.get_by_role("button", name="Inloggen").click()
    look(name="inloggen-fouten")
    page.get_by_label("E-mailadres").fill("niemand@voorbeeld.nl")
    page.get_by_label("Wachtwoord", exact=True).fill("een heel lang wachtwoord")
    page.get_by_role("button", name=re.compile("Toon")).click()
    assert page.get_by_label("Wachtwoord", exact=True).get_attribute("type") == "text"
    page.get_by_role("button", name="Inloggen").click()
    look(name="inloggen-onjuist")
    look("/inloggen/gestopt/", name="gestopt")
    page = look("/wachtwoord-vergeten/", name="wachtwoord-vergeten")
    page.get_by_label("E-mailadres").fill("niemand@voorbeeld.nl")
    page.get_by_role("button", name="Stuur mij een link").click()
    look(name="wachtwoord-verstuurd")
    look("/wachtwoord-vergeten/x-onzin/", name="wachtwoord-link-oud")
    look("/wachtwoord-vergeten/klaar/", name="wachtwoord-klaar")
    look("/uitnodiging/onzin/", name="uitnodiging-onbruikbaar")
    secrets = []
    invitations.invite(
        by=organisatiebeheerder,
        email="gerda@voorbeeld.nl",
        full_name="Gerda Vos",
        roles=[Role.INDIENER],
        link_to=lambda secret: secrets.append(secret) or secret,
        now=Invitation._meta.get_field("invited_at").to_python("2099-01-01T09:00:00Z"),
    )
    page = look(reverse("accounts:invitation", args=secrets), name="uitnodiging")
    page.get_by_label("Wachtwoord", exact=True).fill("kort")
    page.get_by_role("button", name="Maak mijn account").click()
    look(name="uitnodiging-fouten")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Maak mijn account").click()
    look(name="uitnodiging-klaar")


def test_the_pages_of_a_manager(look, log_in, organisatiebeheerder, provider, other_provider):
    colleague = person(Role.INDIENER, Role.LEZER, organization=provider, profession="Revalidatiearts")
    MembershipFactory(user_id=organisatiebeheerder.user_id, organization=other_provider, started_by=colleague)
    location = LocationFactory(organization=provider)
    InvitationFactory(organization=provider)
    look.log_in(log_in(organisatiebeheerder))
    look("/uitloggen/", name="uitloggen")
    for name, arguments in {
        "profile": [],
        "choose-organization": [],
        "organization": [],
        "organization-change": [],
        "location-add": [],
        "location-change": [location.pk],
        "location-stop": [location.pk],
        "colleagues": [],
        "invite": [],
        "colleague-roles": [colleague.pk],
        "colleague-remove": [colleague.pk],
    }.items():
        look(reverse(f"accounts:{name}", args=arguments), name=name)
    page = look("/profiel/wachtwoord/", name="wachtwoord-wijzigen")
    page.get_by_role("button", name="Bewaar wachtwoord").click()
    look(name="wachtwoord-wijzigen-fouten")
    page = look(reverse("accounts:invite"), name="invite")
    page.get_by_role("button", name="Verstuur uitnodiging").click()
    look(name="invite-fouten")
    page = look(reverse("accounts:profile"), name="profile")
    page.get_by_label("BIG-nummer").fill("28000000000")
    page.get_by_role("button", name="Bewaar profiel").click()
    look(name="profile-waarschuwing")


def test_the_pages_of_an_insurer(look, log_in):
    manager = actor(Role.BEHEERDER, Role.MEDISCH_ADVISEUR)
    look.log_in(log_in(manager))
    for name in ("profile", "organization", "organization-change", "colleagues", "invite"):
        look(reverse(f"accounts:{name}"), name=f"verzekeraar-{name}")


def test_keys_for_programs(look, log_in, provider, organisatiebeheerder, indiener):
    look.log_in(log_in(organisatiebeheerder))
    page = look("/organisatie/api-sleutels/", name="sleutels-geen")
    page.get_by_role("link", name="Maak een sleutel").click()
    look(name="sleutel-maken")
    page.get_by_role("button", name="Maak de sleutel").click()
    look(name="sleutel-maken-fouten")
    page.get_by_label("Naam van de sleutel").fill("EPD, productie, locatie Noord-Oost aan de Kerkstraat")
    page.get_by_label(indiener.name).check()
    page.get_by_role("button", name="Maak de sleutel").click()
    text = look(name="sleutel-gemaakt").locator("#sleutel").inner_text()
    assert re.fullmatch(r"mp_[0-9a-f]{8}_[\w-]{43}", text)
    page.get_by_role("link", name=re.compile("Ik heb de sleutel bewaard")).click()
    assert text[:12] in look(name="sleutels").locator("table").inner_text()
    page.get_by_role("link", name=re.compile("Trek in")).click()
    look(name="sleutel-intrekken")
    page.get_by_role("button", name="Trek deze sleutel in").click()
    assert "Ingetrokken" in look(name="sleutels-ingetrokken").locator("table").inner_text()
