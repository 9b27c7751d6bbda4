"""After a decision: another advisor looks at it again, or the machtiging is changed while it runs."""

from datetime import timedelta

import pytest

from tests.factories.documents import pdf
from tests.journeys.story import JANSEN, KOK, NOOR

pytestmark = pytest.mark.django_db(transaction=True)
GROUNDS = "In het behandelplan staat op bladzijde 3 wel een doel voor de fysiotherapie."
ANSWER = "Het doel staat in het behandelplan. Daarom kennen wij alle uren toe."


def test_a_grant_in_part_that_another_advisor_revises(journey):
    journey.a_request_that_is("partly_granted")
    journey.she_goes_to_ask_for_heroverweging()
    journey.she_asks_for_heroverweging(GROUNDS)
    journey.then_the_portal_names_what_is_missing("toestemming van de verzekerde")
    journey.she_asks_for_heroverweging(GROUNDS, authorisation=pdf(), further=pdf())
    journey.then_she_reads("Heroverweging", "Ontvangen", "U krijgt uiterlijk")
    journey.then_a_mail_told_without_medical_content(JANSEN, "Heroverweging ontvangen")

    journey.an_advisor_opens_the_heroverweging(NOOR)
    journey.then_he_may_not_do_it()
    journey.an_advisor_opens_the_heroverweging(KOK)
    journey.he_takes_the_heroverweging()
    journey.then_he_reads(GROUNDS, "authorisation.pdf", "Gedeeltelijk toegekend")
    journey.he_revises(ANSWER, "Gegevens in het dossier zijn over het hoofd gezien", met="c3_omvang")
    journey.she_adds_to_it("brief.pdf", pdf())
    journey.logs_in(KOK)
    journey.he_answers()
    journey.then_the_portal_names_what_is_missing("Er kwam intussen een document bij")
    journey.then_he_reads("brief.pdf")
    journey.he_answers()
    journey.then_he_reads("Herzien door", "Dit besluit is herzien")

    journey.then_the_answer_is_in_the_portal(ANSWER, "SKGZ", "R. Kok", "medisch adviseur", "Fysiotherapie 18 18")
    journey.then_she_reads("Dit besluit is herzien", "Nieuw besluit: toegekend")
    journey.then_a_mail_told_without_medical_content(JANSEN, "Antwoord op de heroverweging")


def test_a_machtiging_that_lasts_longer(journey):
    journey.a_request_that_is("granted")
    until = journey.request.granted.ends_on + timedelta(days=14)
    journey.she_asks_for_a_longer_machtiging(until, "Het herstel gaat trager dan gedacht.")
    journey.then_she_reads("De machtiging wijzigen", "In behandeling")
    journey.an_advisor_grants_the_change(NOOR, "De verlenging is nodig om de doelen te halen.")
    journey.then_he_reads("Toegekend op", "vervangt")
    journey.logs_in(JANSEN)
    journey.me.go(f"/aanvragen/{journey.reference}/")
    journey.me.reload_until("Lees het besluit over de wijziging (pdf)")
    journey.then_a_mail_told_without_medical_content(JANSEN, "Besluit over de wijziging")
