"""From an empty form to a letter."""

import pytest

from tests.journeys.filing import PSYCHOSOCIAL, REQUIRED

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_request_for_chronic_pain_from_a_draft_with_errors_to_a_letter(journey):
    journey.a_provider_starts_an_msr_request()
    journey.she_fills_in_the_patient(bsn="999996709")
    journey.then_the_portal_names_what_is_missing("BSN")
    journey.she_goes_to_the_step("Soort aanvraag")
    journey.she_fills_in_the_care()
    journey.she_fills_in_the_referral()
    journey.she_fills_in_the_earlier_treatment()
    journey.she_fills_in_the_plan()
    journey.she_uploads(*(kind for kind in REQUIRED if kind is not PSYCHOSOCIAL))
    journey.picture("documenten")
    journey.she_goes_on()
    journey.she_fills_in_the_consent()
    journey.she_signs()
    journey.then_the_portal_names_what_is_missing("BSN", "psychosocia")
    journey.she_mends_the_bsn()
    journey.she_adds_what_was_forgotten(PSYCHOSOCIAL)
    journey.she_signs()
    journey.then_the_request_is_filed()
    journey.then_the_receipt_shows_exactly_what_was_sent(*REQUIRED)
    journey.then_a_mail_told_without_medical_content("jansen@esdoorn.example", "ontvangen")

    journey.an_advisor_opens_the_request()
    journey.he_takes_it()
    for criterion in ("c1", "c2_meerwaarde", "c2_eerste_lijn"):
        journey.he_judges(criterion)
    journey.he_opens_it()
    journey.picture("beoordelen")
    journey.he_judges_every_criterion()
    journey.he_goes_to_decide("Toekennen")
    journey.he_writes(summary="Deze patiënt is aangewezen op medisch-specialistische revalidatie.")
    journey.then_the_preview_says("Bekijk de brief aan de aanbieder", "aangewezen op", "14D838")
    journey.he_decides()
    journey.then_it_is_decided("Toegekend")

    journey.the_provider_opens_the_request()
    journey.then_the_status_is("Toegekend")
    journey.then_the_letter_is_in_the_portal("aangewezen op", "14D838", "heroverweging", "SKGZ")
