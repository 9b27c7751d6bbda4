"""The checks in a real browser, by somebody who isn't logged in: a case, a file, wide and narrow, nothing for axe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import look, tidy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    context = chromium.new_context(base_url=live_server.url)
    with tidy(context) as opened:
        yield opened


def fill_day(page: Page, question: str, day: str) -> None:
    boxes = page.get_by_role("group", name=question).get_by_role("textbox")
    for number, part in enumerate(day.split("-")):
        boxes.nth(number).fill(part)


def test_a_case_of_closing_and_of_the_vervolg(page):
    page.goto("/")
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Controles").click()
    look(page, "controles")
    page.get_by_role("link", name="Is het subtraject gesloten?").click()
    look(page, "afsluiting")
    page.get_by_role("button", name="Bekijk het antwoord").click()
    expect(page.get_by_role("heading", name="Controleer 3 punten")).to_be_visible()
    look(page, "afsluiting-fouten")
    fill_day(page, "Wanneer is het subtraject geopend?", "4-1-2021")
    page.get_by_label("Chronische pijn").check()
    page.get_by_label("Welke activiteiten zijn er geweest?").fill("4-1-2021\n20 januari 2021")
    fill_day(page, "Wanneer is de behandeling afgerond?", "18-1-2021")
    fill_day(page, "Op welke dag wilt u het weten?", "15-2-2021")
    page.get_by_role("button", name="Bekijk het antwoord").click()
    expect(page.get_by_role("heading", name="Ja, het subtraject is gesloten op 18 januari 2021")).to_be_visible()
    expect(page.get_by_text("De reden: de behandeling is klaar.")).to_be_visible()
    expect(page.get_by_text("Volgens de NZa blijft het open")).to_be_visible()
    page.get_by_text("Zo staat het in een bestand").click()
    expect(page.get_by_text("STRIJDIG_NZA_42 ACTIVITEIT_NA_AFRONDING")).to_be_visible()
    look(page, "afsluiting-antwoord")

    page.get_by_role("link", name="Controles").last.click()
    page.get_by_role("link", name="Wanneer begint het vervolg?").click()
    fill_day(page, "Wanneer is het subtraject gesloten?", "15-2-2021")
    fill_day(page, "Wanneer is de volgende activiteit?", "1-5-2021")
    page.get_by_role("button", name="Bekijk het antwoord").click()
    expect(page.get_by_role("heading", name="Het vervolg begint op 16 februari 2021")).to_be_visible()
    look(page, "vervolg-antwoord")


def test_a_file(page, tmp_path):
    file = tmp_path / "zaken.csv"
    file.write_text("nr;gesloten_op;volgende_activiteit\né;2021-02-15;2021-05-01\n2;morgen;\n", encoding="utf-8")
    page.goto("/controles/vervolg/")
    page.get_by_label("Bestand (csv)").set_input_files(file)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download de uitkomst").click()
    assert download.value.suggested_filename == "vervolg-2-rijen-1-fout.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8").splitlines() == [
        "nr;gesloten_op;volgende_activiteit;vervolg;fout",
        "é;2021-02-15;2021-05-01;2021-02-16;",
        "2;morgen;;;gesloten_op: 'morgen' is geen datum",
    ]
    page.get_by_role("button", name="Bekijk welke rijen niet lukken").click()
    expect(page.get_by_role("heading", name="1 van 2 rijen niet te beoordelen")).to_be_visible()
    look(page, "vervolg-bestand")
    file.write_text("nr;gesloten_op\n1;2021-02-15\n", encoding="utf-8")
    page.get_by_label("Bestand (csv)").set_input_files(file)
    page.get_by_role("button", name="Download de uitkomst").click()
    expect(page.get_by_role("link", name="Deze kolom ontbreekt: volgende_activiteit.")).to_be_visible()
    look(page, "vervolg-bestand-fout")


@pytest.mark.parametrize("name", ["machtigingsplicht", "weging"])
def test_the_other_checks(page, name):
    page.goto(f"/controles/{name}/")
    look(page, name)
    given = {"weging": "?antwoord=1&activiteiten=190960x4", "machtigingsplicht": "?antwoord=1&gecontracteerd=ja"}[name]
    page.goto(f"/controles/{name}/{given}")
    expect(page.locator("#antwoord")).to_be_visible()
    look(page, f"{name}-antwoord")


def test_a_rule_of_the_ggz(page):
    page.goto("/controles/")
    page.get_by_role("link", name="Regels van de GGZ").click()
    page.get_by_text("Zo vult u elke rij").click()
    look(page, "ggz")
    page.get_by_role("link", name="Welk zorgtype hoort bij deze crisis?").click()
    look(page, "ggz-crisis")
    page.get_by_role("button", name="Bekijk het antwoord").click()
    expect(page.get_by_role("heading", name="Controleer 3 punten")).to_be_visible()
    look(page, "ggz-crisis-fouten")
    for question, answer in (("Is er in uw regio", "Ja"), ("Hoort u bij", "Ja"), ("Moet de crisis-dbc", "Nee")):
        page.get_by_role("group", name=question).get_by_label(answer).check()
    page.get_by_role("button", name="Bekijk het antwoord").click()
    expect(page.get_by_role("heading", name="Zorgtype 303: Acute psychiatrische hulpverlening")).to_be_visible()
    look(page, "ggz-crisis-antwoord")
    page.get_by_role("link", name="Regels van de GGZ").click()
    page.get_by_role("link", name="Is deze code geldig?").click()
    page.get_by_label("Om welke code gaat het?").fill("108b16")
    fill_day(page, "Wanneer is de dbc geopend?", "1-1-2020")
    page.get_by_role("button", name="Bekijk het antwoord").click()
    expect(page.get_by_text("Opvolger: 25B145, 25B146 of 25B147.")).to_be_visible()
    look(page, "ggz-code-antwoord")


def test_a_crisis_step_by_step(page):
    page.goto("/controles/")
    page.get_by_role("link", name="Kies het crisiszorgtype").click()
    look(page, "crisis")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Controleer 1 punt")).to_be_visible()
    for answer in ("Ja", "Ja", "Nee"):
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Zorgtype 303: Acute psychiatrische hulpverlening")).to_be_visible()
    look(page, "crisis-303")
    page.get_by_role("link", name="Wijzig het antwoord op: Hoort u bij").click()
    look(page, "crisis-halverwege")
    page.get_by_label("Nee", exact=True).check()
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Zorgtype 305: Acute psychiatrische hulpverlening")).to_be_visible()
