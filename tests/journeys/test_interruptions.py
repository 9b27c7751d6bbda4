"""Two tabs, a session that ends, a button that is pressed twice: nothing is lost and nothing happens double."""

import pytest

from tests.journeys.story import JANSEN

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tabs_show_their_conflict_and_nothing_is_lost(journey):
    journey.a_draft_that_lacks_nothing()
    journey.logs_in(JANSEN)
    journey.she_opens_the_step("patient")
    first = journey.in_a_second_tab_she_saves("Bakker-de Wit")
    journey.in_the_first_tab_she_saves_something_else(first, "Bakker-Smit")
    journey.then_she_sees_both_answers("Bakker-de Wit", "Bakker-Smit")
    journey.she_chooses("Bakker-Smit")
    journey.then_it_was_kept("patient", "surname", "Bakker-Smit")


def test_a_session_that_ends_while_typing_costs_nothing(journey):
    journey.a_draft_that_lacks_nothing()
    journey.logs_in(JANSEN)
    journey.she_opens_the_step("patient")
    journey.the_session_ends()
    journey.she_fills_in_the_patient(bsn="12345678")
    journey.she_logs_in_again_and_goes_on()
    journey.then_the_step_is("Patiënt")
    journey.then_the_portal_names_what_is_missing("BSN")
    journey.then_it_was_kept("patient", "bsn", "12345678")


def test_filing_twice_and_going_back_leave_one_request(journey):
    journey.a_draft_that_lacks_nothing()
    journey.logs_in(JANSEN)
    other = journey.in_another_tab_stood_the_same_form()
    journey.she_presses_twice()
    journey.then_the_request_is_filed()
    journey.she_goes_back_in_her_browser()
    journey.then_the_request_is_filed()
    journey.she_files_there_too(other)
    journey.then_the_request_is_filed()
    journey.then_it_was_filed_once()
