"""The rooms that other stories pass by: what anybody may read, what an advisor leafs through, who divides the work."""

import pytest

from tests.journeys.story import JANSEN, NOOR, TEAM

pytestmark = pytest.mark.django_db(transaction=True)


def test_before_logging_in_everything_about_a_policy_can_be_read(journey):
    journey.somebody_comes_to("/")
    journey.she_reads_about_a_policy("medisch-specialistische revalidatie")
    journey.then_she_reads(
        "Wanneer is er aanspraak", "Openen en sluiten subtraject", "MSR machtigingenbeleid", "8.30 - 17.00"
    )
    journey.she_asks_whether_a_machtiging_is_needed("14E489")
    journey.then_she_reads("Nee, een machtiging is niet nodig")


def test_each_side_sees_what_it_must_do_first(journey):
    journey.a_request_that_is("submitted", days_ago=1)
    first = journey.a_request_that_is("submitted", days_ago=20, person=1)
    waiting = journey.a_request_that_is("waiting_for_provider", days_ago=6, person=2)
    journey.a_request_that_is("in_review", days_ago=8, person=3)
    journey.a_request_that_is("answered", days_ago=9, person=4)
    journey.a_request_that_is("granted", days_ago=40, person=5)
    journey.a_request_that_is("draft", days_ago=2, person=1)
    journey.logs_in(NOOR)
    journey.then_the_queue_begins_and_ends_with(first, waiting)
    journey.picture("werkvoorraad")
    journey.logs_in(JANSEN)
    journey.then_what_waits_for_her_comes_first(waiting)
    journey.picture("dashboard")


def test_an_advisor_leafs_through_a_request(journey):
    journey.a_request_that_is("answered")
    journey.an_advisor_opens_the_request(NOOR)
    journey.the_pages_of_the_document_are_there()
    for part in ("Ingevuld formulier", "Uren en beleid", "Vragen", "Verloop en notities", "Eerdere aanvragen"):
        journey.he_looks_at(part)
    journey.he_writes_a_note("Volgende week bellen met de revalidatiearts.")
    journey.the_provider_opens_the_request(JANSEN)
    journey.then_nobody_of_the_provider_reads("Volgende week bellen")
    journey.she_opens_the_document("verwijsbrief.pdf")


def test_a_coordinator_divides_the_work_without_reading_it(journey):
    journey.a_request_that_is("submitted", days_ago=2)
    journey.an_advisor_opens_the_request(TEAM)
    journey.then_he_reads("De medische stukken zijn alleen voor medisch adviseurs.")
    journey.he_assigns_it_to("R. Kok", "Kok kent deze instelling.")
    journey.then_he_reads("R. Kok")


def test_the_letter_for_the_insured_goes_by_post(journey):
    journey.a_request_that_is("granted", days_ago=12)
    journey.an_advisor_goes_to_the_post()
    journey.he_makes_a_batch_and_posts_it()
    journey.then_he_reads("verstuurd")
