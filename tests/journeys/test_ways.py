"""The same work in other ways: without a mouse, and without JavaScript."""

import pytest

from tests.journeys.filing import REQUIRED
from tests.journeys.story import JANSEN

pytestmark = pytest.mark.django_db(transaction=True)


def test_filing_with_the_keyboard_alone(journey):
    journey.a_draft_that_lacks_nothing()
    journey.somebody_comes_to("/inloggen/")
    journey.by_keyboard_she_logs_in(JANSEN)
    journey.by_keyboard_she_skips_to_the_content()
    journey.she_opens_the_step("patient")
    journey.by_keyboard_she_fills_in_the_patient()
    journey.then_the_step_is("Soort aanvraag")
    journey.me.go(f"/aanvragen/{journey.reference}/controle/")
    journey.by_keyboard_she_signs()
    journey.then_the_request_is_filed()


def test_filing_without_javascript(journey):
    journey.a_provider_starts_an_msr_request(javascript=False)
    journey.she_fills_in_the_patient()
    journey.she_fills_in_the_care()
    journey.she_fills_in_the_referral()
    journey.she_fills_in_the_earlier_treatment()
    journey.she_fills_in_the_plan()
    journey.she_chooses_all_files_and_sends_them_with_the_page()
    journey.she_fills_in_the_consent()
    journey.she_signs()
    journey.then_the_request_is_filed()
    journey.then_the_receipt_shows_exactly_what_was_sent(*REQUIRED)
