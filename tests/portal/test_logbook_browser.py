"""The pages of the logbeheerder in a real browser, wide and narrow: axe finds nothing and nothing sticks out."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.domain.roles import Role
from audit.domain.events import Kind, Network, Outcome, Where
from audit.models import AccessEvent
from tests.audit import rows
from tests.browser import PATIENCE, violations
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def page(chromium, live_server, log_in, insurer, provider, adviseur, monkeypatch):
    monkeypatch.setattr(rows, "INSURER", insurer.pk)
    monkeypatch.setattr(rows, "PROVIDER", provider.pk)
    reader = rows.who(adviseur.user_id, insurer.pk, "Noor Adviseur")
    where = Where(Network.ADDRESS, "192.0.2.7")
    for number in range(52):
        rows.logged(Kind.READ, f"MA-{number:09d}", by=reader, where=where)
    rows.logged(Kind.LIST, *(f"MA-{number:09d}" for number in range(9)), by=reader, where=where)
    rows.logged(Kind.DECIDE, "MA-000000001", by=reader, where=where)
    rows.logged(Kind.READ, "MA-000000002", by=rows.who(9, provider.pk, "Elders"), where=where)
    rows.logged(Kind.DOWNLOAD, "MA-000000003", by=reader, where=where, outcome=Outcome.REFUSED)
    keeper = log_in(make.actor(Role.LOGBEHEERDER, organization=insurer, full_name="Fleur Logboek"))
    context = chromium.new_context()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": keeper.cookies[settings.SESSION_COOKIE_NAME].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    context.close()


def judge(page, name):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} sticks out"
        if PICTURES:
            page.screenshot(path=Path(PICTURES, f"{name}-{width}.png"), full_page=True)


def test_a_logbeheerder_at_work(page, live_server, adviseur):
    today = timezone.localdate()
    page.goto(f"{live_server.url}/logboek/")
    judge(page, "logboek")
    page.get_by_role("link", name="Oudere regels").click()
    judge(page, "logboek-ouder")
    page.goto(f"{live_server.url}/logboek/maanden/")
    judge(page, "maanden")
    page.goto(f"{live_server.url}/logboek/maanden/{today.year}-{today.month}/")
    judge(page, "maand")
    page.goto(f"{live_server.url}/logboek/verzekerde/")
    judge(page, "verzekerde")
    page.get_by_role("button", name="Maak het overzicht").click()
    judge(page, "verzekerde-fout")
    page.get_by_label("Burgerservicenummer").fill("999996708")
    page.get_by_role("button", name="Maak het overzicht").click()
    page.get_by_role("heading", level=1, name="Wie zag mijn gegevens?").wait_for()
    judge(page, "verzekerde-overzicht")
    page.goto(f"{live_server.url}/logboek/account/")
    judge(page, "account")
    page.get_by_label("Account", exact=True).select_option(str(adviseur.user_id))
    for name in ("Vanaf welke dag?", "Tot en met welke dag?"):
        group = page.get_by_role("group", name=name)
        for label, value in (("Dag", today.day), ("Maand", today.month), ("Jaar", today.year)):
            group.get_by_label(label).fill(str(value))
    page.get_by_role("button", name="Toon wat dit account kon zien").click()
    page.get_by_role("heading", name="Aanvragen").first.wait_for()
    judge(page, "account-antwoord")
    assert AccessEvent.objects.filter(kind=Kind.INSURED_OVERVIEW.value, outcome=Outcome.DONE).exists()


def test_a_month_that_is_over_is_signed_off(page, live_server):
    rows.backdate(days=62)
    page.goto(f"{live_server.url}/logboek/maanden/")
    page.get_by_role("link").filter(has_text="20").last.click()
    judge(page, "maand-voorbij")
    page.get_by_label("Wat vond u?").fill("Een vergissing. Gebeld met de adviseur.")
    page.get_by_role("button", name="Teken deze maand af").click()
    page.get_by_text("Afgetekend", exact=True).wait_for()
    judge(page, "maanden-afgetekend")
