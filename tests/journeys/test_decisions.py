"""A grant in part, a denial with a second advisor, and a request that was taken back meanwhile."""

import pytest

from portal.world.walk import NOT_MET
from tests.journeys.story import KOK, NOOR

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {
    "summary": "Wij geven toestemming voor een deel van de gevraagde uren.",
    "not_granted": "Zes uren fysiotherapie, want daarvoor staat in het behandelplan geen doel.",
    "indication_weighed": "Wij volgen de indicatie van de revalidatiearts.",
}
DENIAL = {
    "summary": "De behandeling in de eerste lijn is nog niet voldoende geprobeerd.",
    "not_granted": "De gevraagde revalidatie, omdat aan een van de voorwaarden niet is voldaan.",
    "indication_weighed": "Wij volgen de diagnose van de revalidatiearts.",
    "next_step": "Dien een nieuwe aanvraag in met een verslag van de behandeling.",
}


def test_a_grant_in_part(journey):
    journey.a_request_that_is("in_review")
    journey.an_advisor_opens_the_request()
    journey.he_judges_every_criterion(c3_omvang=NOT_MET["c3_omvang"])
    journey.he_goes_to_decide("Gedeeltelijk toekennen")
    journey.he_decides()
    journey.then_the_portal_names_what_is_missing("Kies toekennen", "motivering", "wat u niet toekent", "de indicatie")
    journey.he_writes(**WORDS, hours_fysiotherapie="12")
    journey.he_decides()
    journey.then_it_is_decided("Gedeeltelijk toegekend")

    journey.the_provider_opens_the_request()
    journey.then_the_status_is("Gedeeltelijk toegekend")
    journey.then_the_letter_is_in_the_portal(WORDS["not_granted"], "Fysiotherapie 18 12")
    assert journey.request.decisions.filter(grant__isnull=False).count() == 1


SAME = {"c2_eerste_lijn": "Er is geen verslag.", "c2a": "Van een behandeling in de eerste lijn zie ik niets."}


def test_two_advisors_at_once_who_think_differently(journey):
    journey.a_request_that_is("in_review")
    journey.an_advisor_opens_the_request(NOOR)
    journey.he_judges_every_criterion(c2_eerste_lijn=NOT_MET["c2_eerste_lijn"], c2a=NOT_MET["c2a"])

    journey.an_advisor_opens_the_request(KOK)
    journey.then_he_reads_nothing_of(*NOT_MET["c2a"])

    journey.logs_in(NOOR)
    journey.he_goes_to_decide("Afwijzen")
    journey.he_writes(**DENIAL)
    journey.he_decides("Stel afwijzing voor")

    journey.the_second_advisor_opens_the_request(KOK)
    journey.then_he_reads_nothing_of(*NOT_MET["c2a"], *DENIAL.values())
    journey.he_gives_an_own_opinion("Toekennen")
    journey.then_he_reads("de oordelen verschillen", NOT_MET["c2a"][0], DENIAL["summary"])
    journey.then_a_mail_told_without_medical_content(NOOR, "oordeelt anders")

    journey.an_advisor_opens_the_request(NOOR)
    journey.me.follow("Bekijk het voorstel")
    journey.then_he_reads("de oordelen verschillen", "De stukken onderbouwen dit.")
    journey.then_nothing_was_decided()
    journey.he_takes_it_back("Mijn collega las het journaal beter.")
    journey.he_judges("c2a")
    journey.he_judges("c2_eerste_lijn")
    journey.he_goes_to_decide("Toekennen")
    journey.he_writes(summary="Deze patiënt is aangewezen op revalidatie.")
    journey.he_decides()
    journey.then_it_is_decided("Toegekend")


def test_a_denial_that_a_second_advisor_hands_back_once(journey):
    journey.a_request_that_is("in_review")
    journey.an_advisor_opens_the_request(NOOR)
    journey.he_judges_every_criterion(c2_eerste_lijn=NOT_MET["c2_eerste_lijn"], c2a=NOT_MET["c2a"])
    journey.he_goes_to_decide("Afwijzen")
    journey.he_writes(**DENIAL)
    journey.he_decides("Stel afwijzing voor")
    journey.then_he_reads("tweede medisch adviseur")
    journey.then_nobody_confirms_the_own_proposal()
    journey.then_a_mail_told_without_medical_content(KOK, "tweede")

    journey.the_second_advisor_opens_the_request()
    journey.he_gives_an_own_opinion("Afwijzen", **SAME)
    journey.then_he_reads("de oordelen zijn gelijk")
    journey.he_hands_it_back("Noem ook welk verslag ontbreekt.")

    journey.an_advisor_opens_the_request(NOOR)
    journey.he_goes_to_decide("Afwijzen")
    journey.then_he_reads("Voorstel teruggegeven door R. Kok", "Noem ook welk verslag ontbreekt.")
    journey.he_writes(next_step="Dien een nieuwe aanvraag in met het eindverslag van de fysiotherapeut.")
    journey.he_decides("Stel afwijzing voor")

    journey.the_second_advisor_opens_the_request()
    journey.then_he_reads("U had al eerder deel aan deze aanvraag.")
    journey.he_gives_an_own_opinion("Afwijzen", **SAME)
    journey.he_confirms_it()
    journey.then_it_is_decided("Afgewezen")
    journey.the_provider_opens_the_request()
    journey.then_the_status_is("Afgewezen")
    journey.then_the_letter_is_in_the_portal("het eindverslag van de fysiotherapeut", "heroverweging", "SKGZ")


def test_a_decision_on_a_request_that_was_taken_back(journey):
    journey.a_request_that_is("in_review")
    journey.an_advisor_opens_the_request()
    journey.he_judges_every_criterion()
    journey.he_goes_to_decide("Toekennen")
    journey.he_writes(summary="Deze patiënt is aangewezen op revalidatie.")

    journey.the_provider_opens_the_request()
    journey.she_withdraws("De patiënt ziet ervan af.")
    journey.then_the_status_is("Ingetrokken")

    journey.logs_in(NOOR)
    journey.he_decides()
    journey.then_he_reads("ingetrokken")
    journey.then_nothing_was_decided()
