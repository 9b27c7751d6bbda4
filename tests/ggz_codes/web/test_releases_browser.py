"""A release of codes in a real browser: bring it, watch it, look through the difference, activate it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts import queries as accounts
from accounts.domain.roles import Role
from ggz_codes.services import release_work
from kit import tenancy
from tests.browser import look, tidy
from tests.factories import accounts as people
from tests.factories.logging_in import logged_in
from tests.factories.release_files import canonical
from tests.factories.releases import loaded

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(chromium: Browser, live_server: Any, insurer: Any) -> Iterator[Page]:
    keeper = people.actor(Role.BEHEERDER, organization=insurer, full_name="Bea Beheer")
    client = Client()
    logged_in(client, accounts.user(keeper.user_id))
    context = chromium.new_context(base_url=live_server.url)
    context.add_cookies(
        [{"name": name, "value": one.value, "url": live_server.url} for name, one in client.cookies.items()]
    )
    with tidy(context) as opened:
        yield opened


def work() -> None:
    with tenancy.as_system(tenancy.WORKER):
        while release_work.do_next(now=timezone.now()):
            pass


def fill_in(page: Page, content: bytes, name: str = "codes.csv") -> None:
    page.get_by_label("Bestand").set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content}])
    page.get_by_label("Andere bron").check()
    page.get_by_label("Pakket").fill("codes")
    page.get_by_label("Uitgave", exact=True).fill("RZ18a")
    for question, day in (("Ingangsdatum", "1-1-2018"), ("Leverdatum", "17-11-2017")):
        boxes = page.get_by_role("group", name=question).get_by_role("textbox")
        for number, part in enumerate(day.split("-")):
            boxes.nth(number).fill(part)


def test_from_file_to_codes_in_force(page):
    many = [{"code": f"14E{one}"} for one in range(100, 170)]
    loaded(canonical(*many, {"code": "14E490", "tarief_eurocent": "137334"}, {"code": "14E500"}))
    page.goto("/beheer/codes/")
    look(page, "codes-lijst")
    page.get_by_role("button", name="Lees in en vergelijk").click()
    expect(page.get_by_role("heading", name="Controleer")).to_be_visible()
    look(page, "codes-lijst-fouten")
    newer = [{**one, "omschrijving": "Multidisciplinair behandelen klasse 7"} for one in many]
    fill_in(page, canonical(*newer, {"code": "14E490", "tarief_eurocent": "150000"}, {"code": "14E501"}))
    page.get_by_role("button", name="Lees in en vergelijk").click()
    expect(page.get_by_role("heading", name="Wij zijn bezig")).to_be_visible()
    look(page, "codes-bezig")
    work()
    expect(page.get_by_role("heading", name="Activeren?")).to_be_visible()
    look(page, "codes-verschil")
    page.get_by_role("link", name="Andere prijs").click()
    expect(page.get_by_role("cell", name="€ 1.500,00")).to_be_visible()
    look(page, "codes-prijs")
    page.get_by_role("link", name="Ontbreekt").click()
    expect(page.get_by_role("rowheader", name="14E500")).to_be_visible()
    look(page, "codes-ontbreekt")
    with page.expect_download() as download:
        page.get_by_role("link", name="Alles in één bestand (csv)").click()
    assert "Andere prijs;Declaratiecode;MSR;14E490" in Path(download.value.path()).read_text("utf-8-sig")
    page.get_by_role("button", name="Activeer deze uitgave").click()
    expect(page.get_by_text("Wordt geactiveerd")).to_be_visible()
    work()
    expect(page.get_by_text("In gebruik", exact=True)).to_be_visible()
    look(page, "codes-in-gebruik")


def test_a_file_with_faults(page):
    page.goto("/beheer/codes/")
    fill_in(page, canonical({"code": "1,5E+131"}, {"geldig_vanaf": "01/02/2020"}), name="uit-excel.csv")
    page.get_by_role("button", name="Lees in en vergelijk").click()
    work()
    expect(page.get_by_role("heading", name="Wat er fout is")).to_be_visible()
    expect(page.get_by_text("uit-excel.csv, regel 3")).to_be_visible()
    look(page, "codes-fouten")
