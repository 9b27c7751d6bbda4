"""The parts in a real browser: for everybody, at every width, with and without JavaScript."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import violations
from tests.kit import urls

PDF = {"name": "verwijsbrief.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("/?fouten", {}),
        ("/?fouten", {"viewport": {"width": 390, "height": 844}}),
        ("/?fouten", {"color_scheme": "dark"}),
        ("/?beoordelaar", {"viewport": {"width": 1920, "height": 900}}),
        ("/?fouten", {"viewport": {"width": 320, "height": 256}, "forced_colors": "active"}),
    ],
)
def test_axe_finds_nothing_and_nothing_sticks_out(visit, query, how):
    page = visit(query, **how)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_error_summary_has_the_focus_and_leads_to_the_field(visit):
    page = visit("/?fouten")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Een BIG-nummer heeft 11 cijfers. U vulde er 10 in.").click()
    expect(page.get_by_label("BIG-nummer")).to_be_focused()
    page.get_by_role("link", name="Vul een bestaande datum in").click()
    expect(page.get_by_label("Dag", exact=True)).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False])
def test_rows_are_added_and_removed(visit, javascript):
    page = visit("/", java_script_enabled=javascript)
    rows = page.get_by_role("group", name="Eerdere behandelingen").get_by_role("group")
    page.get_by_label("Aantal behandelingen").first.fill("18")
    page.get_by_role("button", name="Behandeling toevoegen").click()
    expect(rows).to_have_count(2)
    page.get_by_label("Aantal behandelingen").last.fill("5")
    page.get_by_role("button", name="Behandeling toevoegen").click()
    page.get_by_role("button", name="Verwijder behandeling 2").click()
    expect(rows).to_have_count(2)
    values = [one.input_value() for one in page.get_by_label("Aantal behandelingen").all()]
    assert values == ["18", ""]
    expect(rows.last).to_contain_text("Behandeling 2")
    assert page.locator("[data-error-summary]").count() == 0


def test_added_rows_arrive_at_the_server(visit):
    page = visit("/")
    page.get_by_role("button", name="Behandeling toevoegen").click()
    expect(page.get_by_label("Discipline").nth(1)).to_be_focused()
    page.get_by_role("button", name="Verwijder behandeling 1").click()
    page.get_by_label("Aantal behandelingen").last.fill("negen")
    page.locator(".mp-buttons").get_by_role("button", name="Bewaar en ga door").click()
    expect(page.get_by_label("Aantal behandelingen").last).to_have_value("negen")
    expect(page.get_by_role("link", name="Vul een heel getal in, bijvoorbeeld 28.").first).to_be_visible()


def test_totals_and_counts_run_along(visit):
    page = visit("/")
    page.get_by_role("button", name="Discipline toevoegen").click()
    page.get_by_label("Uren", exact=True).last.fill("4,5")
    expect(page.locator(".mp-total")).to_contain_text("8,5 uur")
    page.get_by_label("Uren", exact=True).last.fill("90 min")
    expect(page.locator(".mp-total")).to_contain_text("5,5 uur")
    page.get_by_label("Uren", exact=True).last.fill("1,25 uur")
    expect(page.locator(".mp-total")).to_contain_text("5,25 uur")
    page.get_by_label("Opmerking").fill("a" * 201)
    expect(page.get_by_text("Uw tekst is 1 teken te lang.")).to_be_visible()


def test_uploads_show_each_file_and_one_bad_file_costs_nothing(visit):
    page = visit("/concept/")
    names = ["goed.pdf", "virus.pdf", "stuk.pdf", "verslag.docx"]
    page.get_by_label("Verwijsbrief").set_input_files([{**PDF, "name": name} for name in names])
    files = page.locator(".mp-files")
    expect(files.get_by_text("Gecontroleerd")).to_be_visible()
    expect(files.get_by_text("zit een virus")).to_be_visible()
    expect(files.get_by_text("geen pdf, jpg of png")).to_be_visible()
    expect(files.get_by_text("Controleer uw verbinding")).to_be_visible()
    expect(page.get_by_text("1 bestand toegevoegd. 3 bestanden lukten niet.")).to_be_attached()
    assert violations(page) == []
    page.get_by_role("button", name="Probeer opnieuw stuk.pdf").click()
    expect(files.get_by_text("Gecontroleerd")).to_have_count(2)
    expect(page.locator("#stand")).to_have_text("Compleet")
    page.get_by_role("button", name="Verwijder virus.pdf").click()
    expect(files.get_by_text("zit een virus")).to_have_count(0)
    assert ("verwijsbrief", "goed.pdf", 8) in urls.seen["uploads"]
    assert len(urls.seen["uploads"]) == 4


def test_a_draft_is_kept_and_a_later_post_knows_its_version(visit):
    page = visit("/concept/")
    page.get_by_label("Naam").fill("K. B.")
    expect(page.get_by_role("status").get_by_text("Concept bewaard om 10.42 uur")).to_be_visible()
    assert urls.seen["kept"]["naam"] == "K. B."
    page.get_by_label("Naam").fill("K. Bos")
    page.get_by_role("button", name="Bewaar en ga door").click()
    page.wait_for_function("!document.querySelector('form')")
    posted = json.loads(page.locator("body").inner_text())
    assert posted["naam"] == "K. Bos"
    assert posted["verder"] == "1"
    assert posted["draft_version"] == str(posted["version"])


def test_another_tab_that_was_first_is_told_and_nothing_is_overwritten(visit):
    page = visit("/concept/")
    urls.seen["version"] = 7
    page.get_by_label("Naam").fill("K. B.")
    expect(page.get_by_text("S. Verhoeven wijzigde dit concept om 10.44 uur.")).to_be_visible()
    expect(page.get_by_role("link", name="Bekijk wat er nu bewaard is")).to_have_attribute("href", "/nu/")
    expect(page.get_by_label("Naam")).to_have_value("K. B.")
    assert "kept" not in urls.seen


@pytest.mark.asvs("14.3.1")
def test_nothing_stays_in_the_browser(visit):
    page = visit("/concept/")
    page.get_by_label("Naam").fill("K. B.")
    expect(page.get_by_text("Concept bewaard")).to_be_visible()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
