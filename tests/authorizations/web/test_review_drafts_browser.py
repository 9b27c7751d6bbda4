"""In a real browser: who leaves the desk in the middle of a sentence finds the sentence again."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from authorizations.models import CriterionAssessment, DeskDraft
from tests.factories import accounts, desk

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_shortcut_goes_to_the_open_criterion(
    chromium: Any, live_server: Any, log_in: Any, indiener: Any, insurer: Any
) -> None:
    noor = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer, big_number="19012345601")
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    cookie = log_in(noor).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/beoordelen/{taken.reference}/?criterium=c2a")
    page.keyboard.press("Alt+c")
    assert page.evaluate("document.activeElement.name") == "c2a-verdict"
    context.close()


def test_typing_survives_a_link_and_the_saving_of_another_criterion(
    chromium: Any, live_server: Any, log_in: Any, indiener: Any, insurer: Any
) -> None:
    noor = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer, big_number="19012345601")
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    cookie = log_in(noor).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(8000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/beoordelen/{taken.reference}/?criterium=c1")
    page.locator("#id_c1-motivation").fill("Halverwege een zin")
    page.get_by_role("link", name="Uren en beleid").click()
    page.wait_for_url("**toon=uren**")
    assert page.locator("#id_c1-motivation").input_value() == "Halverwege een zin"
    page.locator("#criterium-c2a summary").click()
    page.locator("#id_c2a-motivation").fill("Een andere zin")
    page.locator("#id_c1-verdict_0").check()
    page.locator("#criterium-c1 button[type=submit]").click()
    page.get_by_text("Oordeel bewaard.").wait_for()
    assert page.locator("#id_c2a-motivation").input_value() == "Een andere zin"
    page.locator("#id_c2a-motivation").fill("Een andere zin, en meer")
    page.locator("#criterium-c2a").get_by_text("Bewaard om").wait_for()
    context.close()
    assert CriterionAssessment.objects.get().criterion == "c1"
    assert [draft.form for draft in DeskDraft.objects.all()] == ["criterium-c2a"]
    assert complaints == []


def test_a_link_after_the_session_ended_takes_no_sentence_away(
    chromium: Any, live_server: Any, log_in: Any, indiener: Any, insurer: Any
) -> None:
    noor = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer, big_number="19012345601")
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    cookie = log_in(noor).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(8000)
    page.goto(f"{live_server.url}/beoordelen/{taken.reference}/?criterium=c1")
    Session.objects.all().delete()
    page.locator("#id_c1-motivation").fill("Halverwege een zin")
    page.get_by_role("link", name="Uren en beleid").click()

    words = page.get_by_role("alert").filter(has_text="U bent uitgelogd. Wat u hier typte staat er nog.")
    expect(words).to_be_in_viewport()
    assert "toon=uren" not in page.url
    expect(page.locator("#id_c1-motivation")).to_have_value("Halverwege een zin")
    page.once("dialog", lambda dialog: dialog.dismiss())
    context.close()
