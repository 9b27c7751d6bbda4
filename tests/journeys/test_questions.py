"""The advisor asks, the provider asks back, answers and adds; the term rests and runs."""

import pytest

from authorizations.domain.terms import DocumentKind
from tests.journeys import answers
from tests.journeys.story import JANSEN, NOOR

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_question_with_a_counter_question_an_answer_and_a_decision(journey):
    journey.a_request_that_is("submitted", days_ago=3)
    journey.an_advisor_opens_the_request()
    journey.he_takes_it()
    journey.he_asks("De eerste lijn is voldoende geprobeerd", "De laatste bladzijde van het verslag ontbreekt.")
    journey.then_he_reads("Wacht op aanbieder", "De beslistermijn rust")
    journey.then_the_term_rests()
    journey.then_a_mail_told_without_medical_content(JANSEN, "vraag")

    journey.the_provider_opens_the_request()
    journey.then_the_status_is("Informatie nodig")
    journey.then_she_reads("na uw antwoord")
    journey.she_asks_something_back("Volstaat een brief van de psycholoog?")
    journey.then_she_reads("Nog geen reactie")

    journey.an_advisor_opens_the_request()
    journey.he_replies_to_the_counter_question("Ja, als het aantal gesprekken erin staat.")

    journey.the_provider_opens_the_request()
    journey.she_answers(
        "De brief gaat hierbij.", *answers.paper(DocumentKind.BEHANDELVERSLAG_PSYCHOSOCIAAL, journey.today)
    )
    journey.then_the_term_runs()
    journey.then_the_status_is("Wordt beoordeeld")
    journey.then_she_reads("Ja, als het aantal gesprekken erin staat.")
    journey.she_adds_on_her_own_initiative(*answers.paper(DocumentKind.OVERIG, journey.today))
    journey.then_she_reads("Op eigen initiatief", "Op verzoek")

    journey.an_advisor_opens_the_request(NOOR)
    journey.then_he_reads("Antwoord binnen", "Ander document")
    journey.he_judges_every_criterion()
    journey.he_goes_to_decide("Toekennen")
    journey.he_writes(summary="Met het antwoord is duidelijk dat de eerste lijn is geprobeerd.")
    journey.he_decides()
    journey.the_provider_opens_the_request()
    journey.then_the_letter_is_in_the_portal("Met het antwoord is duidelijk")
