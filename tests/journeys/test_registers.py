"""What goes beside and around a request: one story per topic."""

import pytest

from portal.world import walk
from tests.journeys.registering import MANAGER
from tests.journeys.story import ASR, DUIN, JANSEN, NOOR

pytestmark = pytest.mark.django_db(transaction=True)
BERG = "berg@lariks.example"


def test_a_stay_in_the_ggz_is_granted_in_days(journey):
    journey.a_stay_without_a_diagnosis(BERG)
    journey.the_request_is_opened_by(BERG)
    journey.then_she_reads("Verblijf", "Vraag over deze aanvraag?", "8.00 - 18.00 uur")
    journey.an_advisor_opens_the_request(NOOR)
    journey.he_takes_it()
    journey.he_judges_every_criterion()
    journey.he_checks_the_privacyverklaring()
    journey.he_goes_to_decide("Toekennen")
    journey.then_he_reads("Dagen verblijf")
    journey.he_writes(summary="Verblijf is nodig.")
    journey.he_decides()
    journey.then_the_portal_names_what_is_missing("25C001")
    journey.me.page.locator("#id_codes_checked").check()
    journey.he_decides()
    journey.the_request_is_opened_by(BERG)
    journey.then_the_status_is("Toegekend")
    journey.then_the_letter_is_in_the_portal("Dagen verblijf 60 60", "Zorgtype 155")


def test_another_insurer_asks_for_minutes_and_who_treats(journey):
    content = walk.application(today=journey.today)
    journey.a_request_under("asr-revalidatie-2020", content, JANSEN)
    journey.the_request_is_opened_by(JANSEN)
    journey.then_she_reads("a.s.r.", "Postbus 2072")
    journey.an_advisor_opens_the_request(ASR)
    journey.he_takes_it()
    journey.he_looks_at("Uren en beleid")
    journey.then_he_reads("Minuten", "2.400")
    journey.somebody_elsewhere_opens_it(NOOR)
    journey.then_there_is_no_such_page()


def test_an_omzetplafond_is_told_and_answered(journey):
    journey.she_tells_of_an_omzetplafond("Wij verwachten 40 verwijzingen in december.")
    journey.then_she_reads("Ontvangen")
    journey.the_office_answers_the_omzetplafond("Wij bellen u maandag over een verhoging.")
    journey.logs_in(JANSEN)
    journey.me.page.reload()
    journey.then_she_reads("Wij bellen u maandag over een verhoging.", "Vraag over uw overeenkomst?", "071 751 00 61")
    assert any("omzetplafond" in mail for mail in journey.mails_to(JANSEN))


def test_coulance_is_asked_for_and_granted_with_a_letter(journey):
    journey.she_asks_for_coulance("Op 3 februari brandde de serverruimte uit; zie het proces-verbaal.")
    journey.then_she_reads("Uw coulanceverzoek is ingediend.")
    journey.a_coordinator_grants_coulance("De brand verklaart dat de declaratie drie weken te laat was.")
    journey.logs_in(JANSEN)
    journey.me.page.reload()
    journey.then_she_reads("Toegekend")
    journey.then_the_letter_says("Brief (pdf)", "De brand verklaart", "D-2041", "Bel 071 751 00 99")


def test_the_insured_sees_how_it_stands_and_nothing_more(journey):
    journey.a_request_that_is("submitted", days_ago=3)
    code = journey.she_makes_a_link_for_the_insured()
    journey.the_insured_types_the_code(code)
    journey.then_she_reads("Ontvangen", "Er is nog geen besluit")
    journey.me.does_not_see(journey.reference, "Esdoorn", "Bakker", "Zilveren Kruis")


def test_a_machtiging_of_another_insurer_goes_on(journey):
    journey.she_registers_a_machtiging_from_elsewhere("M2026001")
    journey.then_she_reads("M2026001", "Verzekeraar Elders")
    journey.me.follow("Overgenomen machtigingen")
    journey.then_she_reads("Geldt nu")
    journey.logs_in(DUIN)
    journey.me.go("/zorgtrajecten/overgenomen/")
    journey.me.does_not_see("M2026001")


def test_a_paper_request_is_typed_over_and_a_caller_is_known(journey):
    journey.the_office_registers_a_paper_request("Praktijk Zonder Portaal")
    journey.she_fills_in_the_patient()
    journey.me.go("/beoordelen/papier/")
    journey.then_he_reads(journey.reference, "Praktijk Zonder Portaal")
    filed = journey.a_request_that_is("submitted", days_ago=3)
    journey.somebody_phones_the_office(walk.insured(1).birth_date)
    journey.then_he_reads("Dit kunnen wij niet bevestigen")
    journey.somebody_phones_the_office(walk.insured(0).birth_date)
    journey.then_he_reads("Dit klopt", filed)


def test_a_questionnaire_leads_to_a_contract_on_the_public_list(journey):
    journey.a_manager_submits_a_questionnaire("Dit regelen wij voor 1 januari.")
    journey.then_she_reads("Ingediend")
    journey.a_keeper_offers_a_contract("Wij willen met u afspraken maken.")
    journey.then_he_reads("Wij willen afspraken maken")
    year = journey.he_brings_the_contract_to("Overeenstemming bereikt")
    journey.then_he_reads("Overeenstemming")
    journey.he_makes_the_list_public(year)
    journey.somebody_comes_to("/gecontracteerd/")
    journey.me.follow(f"Zilveren Kruis, {year}")
    journey.then_she_reads("Revalidatie De Esdoorn", "22991001")
    journey.logs_in(MANAGER)
    journey.me.go("/contracten/vragenlijsten/")
    journey.me.follow("Zilveren Kruis")
    journey.then_the_letter_says("Lees de brief", "Wij willen met u afspraken maken.")
