"""A vervolg on what was granted."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_vervolg_starts_from_what_is_known_and_asks_what_changed(journey):
    journey.a_request_that_is("granted", days_ago=30)
    journey.the_provider_opens_the_request()
    journey.she_asks_for_a_vervolg()
    journey.then_the_answers_of_before_stand_there()
    journey.she_goes_through_what_is_known()
    journey.she_tells_what_changed_but_not_why_it_is_exceptional()
    journey.then_the_portal_names_what_is_missing("uitzonderlijk")
    journey.she_tells_why_it_is_exceptional()
    journey.she_plans_the_vervolg()
    journey.she_uploads_what_is_asked()
    journey.she_goes_on()
    journey.she_fills_in_the_consent()
    journey.she_signs()
    journey.then_the_request_is_filed()
