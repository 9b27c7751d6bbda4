"""In a real browser: whoever leaves a step in the middle of a sentence finds it again, whatever went wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization, User
from authorizations.models import AuthorizationRequest
from tests.factories import accounts
from tests.factories import intake as drafts
from tests.factories.logging_in import code_for

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "zeven blauwe fietsen in de regen"
GONE = "U bent uitgelogd. Wat u hier typte staat er nog."


@pytest.fixture
def ilse(provider: Organization) -> Actor:
    someone = accounts.actor(Role.INDIENER, organization=provider, full_name="Ilse Indiener")
    user = User.objects.get(pk=someone.user_id)
    user.set_password(PASSWORD)
    user.save()
    return someone


@pytest.fixture
def draft(ilse: Actor, insurer: Organization) -> AuthorizationRequest:
    return drafts.started(ilse, insurer)


@pytest.fixture
def browser(
    chromium: Browser, live_server: Any, log_in: Callable[[Actor], Client], ilse: Actor
) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=live_server.url)
    context.set_default_timeout(15_000)
    client = log_in(ilse)
    client.get("/aanvragen/")
    for name in (settings.SESSION_COOKIE_NAME, settings.LAST_PERSON_COOKIE_NAME):
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    yield context
    context.close()


def open_step(browser: BrowserContext, draft: AuthorizationRequest, step: str = "patient") -> Page:
    page = browser.new_page()
    page.goto(f"/aanvragen/{draft.reference}/stap/{step}/")
    return page


def logs_in(page: Page) -> None:
    email = User.objects.get(full_name="Ilse Indiener").email
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.get_by_label("Code", exact=True).fill(code_for(email))
    page.get_by_role("button", name="Verder").click()


def kept(draft: AuthorizationRequest, name: str) -> str:
    draft.refresh_from_db()
    return draft.answers.get("patient", {}).get(name, [""])[0]


def wait_until_kept(page: Page, draft: AuthorizationRequest, name: str, text: str) -> None:
    for _ in range(100):
        if kept(draft, name) == text:
            return
        page.wait_for_timeout(100)
    assert kept(draft, name) == text


def test_a_link_after_the_session_ended_leads_past_the_log_in_page_with_what_was_typed(
    browser: BrowserContext, draft: AuthorizationRequest
) -> None:
    page = open_step(browser, draft)
    Session.objects.all().delete()
    page.get_by_label("Achternaam").fill("Bakker")
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_be_in_viewport()

    page.get_by_role("navigation").get_by_role("link", name="Documenten").first.click()
    page.get_by_text("Wat u typte is bewaard").wait_for()
    logs_in(page)
    page.get_by_role("button", name="Ga verder").click()

    wait_until_kept(page, draft, "surname", "Bakker")


def test_after_logging_in_in_another_tab_the_page_goes_on_saving(
    browser: BrowserContext, draft: AuthorizationRequest
) -> None:
    page = open_step(browser, draft)
    Session.objects.all().delete()
    page.get_by_label("Achternaam").fill("Bakker")
    with browser.expect_page() as opened:
        page.get_by_role("link", name="Log opnieuw in").click()
    logs_in(opened.value)
    opened.value.wait_for_url("**/aanvragen/")

    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    expect(page.get_by_text(GONE)).to_have_count(0)
    assert kept(draft, "surname") == "Bakker"


def test_a_link_after_another_tab_was_first_leads_to_both_answers(
    browser: BrowserContext, draft: AuthorizationRequest
) -> None:
    first, second = open_step(browser, draft), open_step(browser, draft)
    first.get_by_label("Achternaam").fill("Bakker")
    wait_until_kept(first, draft, "surname", "Bakker")
    second.get_by_label("Plaats").fill("Zwolle")
    words = second.get_by_role("alert").filter(has_text="U wijzigde dit concept zelf in een ander tabblad")
    expect(words).to_be_in_viewport()

    second.get_by_role("navigation").get_by_role("link", name="Documenten").first.click()

    second.get_by_role("heading", name="Patiënt: twee versies").wait_for()
    # What wasn't typed here doesn't take away what was typed there.
    expect(second.get_by_role("group", name="Achternaam").get_by_label("Bewaard in een ander tabblad")).to_be_checked()
    second.get_by_role("button", name="Bewaar deze keuze").click()
    wait_until_kept(second, draft, "city", "Zwolle")
    assert kept(draft, "surname") == "Bakker"


def test_reloading_in_the_middle_of_a_word_is_no_conflict_with_oneself(
    browser: BrowserContext, draft: AuthorizationRequest
) -> None:
    page = open_step(browser, draft)
    # The save of the parting page arrives after the new page was made.
    page.route("**/bewaren/", lambda route: (page.wait_for_timeout(600), route.continue_()))
    page.get_by_label("Achternaam").fill("Bakker")
    page.reload()

    expect(page.get_by_label("Achternaam")).to_have_value("Bakker")
    # Only that one comes late: two that wait at once would wait for each other here.
    page.unroute("**/bewaren/")
    page.get_by_label("Achternaam").fill("Bakker-Smit")

    wait_until_kept(page, draft, "surname", "Bakker-Smit")
    expect(page.get_by_text("wijzigde dit concept")).to_have_count(0)


def test_a_save_of_which_the_answer_got_lost_is_no_conflict_either(
    browser: BrowserContext, draft: AuthorizationRequest
) -> None:
    page = open_step(browser, draft)
    lost: list[int] = []

    def lose_the_first_answer(route: Any) -> None:
        if lost:
            return route.continue_()
        route.fetch()
        lost.append(1)
        return route.abort()

    page.route("**/bewaren/", lose_the_first_answer)
    page.get_by_label("Achternaam").fill("Bakker")
    page.get_by_text("Bewaren lukt nu niet").wait_for()
    page.get_by_label("Achternaam").fill("Bakker-Smit")

    wait_until_kept(page, draft, "surname", "Bakker-Smit")
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()


def test_a_link_waits_for_a_word_while_nothing_can_be_kept(
    browser: BrowserContext, draft: AuthorizationRequest
) -> None:
    page = open_step(browser, draft)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/bewaren/", lambda route: route.abort())
    page.get_by_label("Achternaam").fill("Bakker")
    link = page.get_by_role("link", name="Aanvragen", exact=True)
    link.click()

    warning = page.get_by_role("alert").filter(has_text="Wat u typte staat alleen nog op deze pagina.")
    expect(warning).to_be_in_viewport()
    link.click()
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Achternaam")).to_have_value("Bakker")
