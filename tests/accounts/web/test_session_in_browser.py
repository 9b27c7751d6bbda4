"""The warning before a session ends: in time, with a way to stay, and what was typed stays."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.domain.roles import Role
from tests.browser import violations
from tests.factories.accounts import person
from tests.factories.logging_in import logged_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page_of(chromium, live_server):
    """Return a function that opens the profile of this person, who logged in so long ago; time stands still there."""
    contexts = []

    def opened(who, ago=timedelta()):
        client = logged_in(Client(), who, ago=ago.total_seconds())
        context = chromium.new_context(base_url=live_server.url)
        contexts.append(context)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page = context.new_page()
        page.clock.install()
        page.goto("/profiel/")
        page.get_by_label("Beroep").fill("klinisch geograaf")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("role", "minutes"), [(Role.INDIENER, 30), (Role.MEDISCH_ADVISEUR, 15)])
def test_two_minutes_before_the_end_it_asks_and_one_stays(page_of, role, minutes):
    page = page_of(person(role))
    warning = page.locator(".mp-session")
    # A page promises a quarter of a minute less than there is (accounts/web/sessions.py).
    page.clock.fast_forward((minutes - 2) * 60_000 - 20_000)
    expect(warning).to_be_empty()
    page.clock.fast_forward(7_000)
    expect(warning).to_contain_text("over 2 minuten uitgelogd")
    assert violations(page) == []
    page.get_by_role("button", name="Blijf ingelogd").click()
    expect(warning).to_be_empty()
    page.clock.fast_forward((minutes - 1) * 60_000)
    expect(warning).to_contain_text("over 2 minuten uitgelogd")
    page.clock.fast_forward(3 * 60_000)
    expect(warning).to_contain_text("U bent uitgelogd")
    expect(page.get_by_label("Beroep")).to_have_value("klinisch geograaf")


def test_at_the_end_of_a_long_day_there_is_no_staying(page_of):
    page = page_of(person(Role.INDIENER), ago=timedelta(hours=11, minutes=50))
    warning = page.locator(".mp-session")
    page.clock.fast_forward(9 * 60_000)
    expect(warning).to_contain_text("U bent vandaag lang ingelogd")
    expect(page.get_by_role("button", name="Blijf ingelogd")).to_have_count(0)
    expect(page.get_by_label("Beroep")).to_have_value("klinisch geograaf")
