"""Whether a code holds, for anybody who wants to know."""

from datetime import date

from playwright.sync_api import expect


def test_an_ended_code_leads_to_what_came_in_its_place(journey):
    journey.somebody_looks_for("108B16", on=date(2020, 6, 1))
    journey.then_she_reads("1 code op 1 juni 2020", "Beëindigd")
    journey.she_opens_the_code("108B16")
    journey.then_she_reads("Wat ervoor in de plaats kwam", "tot en met 31-12-2019")
    journey.she_opens_the_code("25B145")
    journey.then_she_reads("Vanaf 1-1-2020", "Geldig")


def test_words_find_codes_and_a_zorgtype_shows_its_prestaties(journey):
    journey.somebody_looks_for("psychiatrische binnen budget")
    journey.she_opens_the_code("303")
    journey.then_she_reads("Prestatie bij dit zorgtype 25B130", "regioplan")


def test_without_a_release_there_is_no_estimate_and_nothing_typed_is_lost(journey):
    journey.somebody_looks_for("14E489")
    journey.she_asks_what_product_to_expect("0711", "300")
    assert "geen uitgave van de NZa" in journey.me.obstacles()[0]
    expect(journey.me.page.get_by_label("Hoeveel gewogen minuten behandeling zijn er?")).to_have_value("300")
