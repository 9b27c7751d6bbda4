"""A zorgtraject whose number changed: recorded by who treats, followed by the insurer, found by every number."""

import pytest

from tests.journeys.story import JANSEN, NOOR
from tests.journeys.treating import NUMBER

pytestmark = pytest.mark.django_db(transaction=True)
BERG = "berg@lariks.example"


def test_another_number_stands_out_until_the_switch_of_software_is_recorded(journey):
    journey.a_zorgtraject(60, diagnosis="M54.5")
    journey.a_zorgtraject(30, number="NIEUW1", diagnosis="M54.5")
    journey.she_opens_the_zorgtraject(JANSEN, number="NIEUW1")
    journey.then_she_reads("Een ander nummer voor dezelfde zorg?", NUMBER)
    journey.the_insurer_looks_at_the_numbers(NOOR)
    journey.then_it_waits_for_an_explanation("NIEUW1")
    journey.logs_in(JANSEN)
    journey.she_says_it_is_the_same_care(NUMBER, "NIEUW1")
    journey.me.press("Leg de omzetting vast")
    journey.then_the_portal_names_what_is_missing("dag")
    journey.she_records_the_switch(days_ago=31)
    journey.then_she_reads(f"Nummer {NUMBER} is omgezet naar NIEUW1.", f"Zorgtrajectnummer {NUMBER} werd NIEUW1")
    journey.the_insurer_looks_at_the_numbers(NOOR)
    journey.then_it_stands_as_changed(NUMBER, "NIEUW1", days_ago=31)
    journey.she_opens_the_zorgtraject(NOOR, found="NIEUW1")
    journey.then_he_reads(f"{NUMBER} werd NIEUW1", "heeft de omzetting vastgelegd")


def test_a_zorgtraject_in_the_ggz_goes_on_under_another_number(journey):
    journey.a_zorgtraject_in_the_ggz("L0140", opened=420, closed=160, by=BERG)
    journey.she_opens_the_zorgtraject(BERG, number="L0140")
    journey.she_adds_a_vervolg_dbc("255", opened=159)
    journey.then_she_reads("2, vervolg", "255")
    journey.she_says_the_number_changed("L0140")
    journey.she_records_the_switch(days_ago=150, new="8800140")
    journey.then_she_reads("Nummer L0140 is omgezet naar 8800140.", "Nu bekend als 8800140")
    journey.she_opens_the_zorgtraject(NOOR, number="8800140", found="L0140")
    journey.then_he_reads("L0140 werd 8800140", "2, vervolg", "Initiële dbc van", "Vervolg-dbc van")
