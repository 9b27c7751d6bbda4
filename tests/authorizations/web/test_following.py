"""The lists of an organisation, the status of one request, taking it back and changing it."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from authorizations.domain.lifecycle import OPEN, Status
from authorizations.domain.terms import DocumentVerdict
from authorizations.models import AuthorizationRequest, StatusEvent
from authorizations.services import documents as document_service
from authorizations.services import lifecycle
from tests.factories import documents as make

NOW = make.NOW
DASHBOARD = "/aanvragen/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 3, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def browser(log_in, indiener):
    return log_in(indiener)


def address(name, authorization):
    return reverse(f"authorizations:{name}", args=[authorization.reference])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


# -- the dashboard -----------------------------------------------------------------------------------------------------


def test_the_dashboard_shows_what_waits_what_is_judged_and_what_is_done(browser, indiener, insurer, adviseur):
    draft = make.draft(indiener, insurer, last_step="behandelplan")
    waiting = make.asked(indiener, insurer, adviseur).authorization
    judged = make.filed(indiener, insurer, Status.SUBMITTED)
    done = make.filed(indiener, insurer, Status.DENIED)
    page = text(browser.get(DASHBOARD))
    for authorization in (draft, waiting, judged, done):
        assert authorization.reference in page
    assert "Antwoord graag uiterlijk vrijdag 27 november" in page
    assert "stap 5 van 8, Behandelplan en uren" in page
    assert "Uiterlijk 16 nov" in page
    assert page.index(waiting.reference) < page.index(draft.reference) < page.index(judged.reference)


@pytest.mark.asvs("14.2.6")
def test_lists_show_initials_and_year_of_birth_and_never_a_name_or_bsn(browser, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    page = text(browser.get(DASHBOARD))
    assert "K. V. (1981)" in page
    assert authorization.insured.surname not in page
    assert authorization.insured.bsn not in page


def test_an_empty_dashboard_says_how_to_begin(browser):
    assert "Er wacht niets op u" in text(browser.get(DASHBOARD))


def test_an_answer_that_is_late_is_a_state(log_in, indiener, insurer, adviseur):
    make.asked(indiener, insurer, adviseur)
    with time_machine.travel(datetime(2026, 12, 1, 10, tzinfo=UTC)):
        page = text(log_in(indiener).get(DASHBOARD))
    assert "U zou antwoorden voor vrijdag 27 november. Dat kan nog steeds." in page


def test_a_decision_that_is_late_says_so(browser, indiener, insurer):
    make.filed(indiener, insurer, due_on=date(2026, 11, 2))
    assert "Later dan verwacht" in text(browser.get(DASHBOARD))


def test_another_organisation_sees_nothing_of_it(log_in, other_indiener, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    assert authorization.reference not in text(log_in(other_indiener).get(DASHBOARD))


def test_a_lezer_sees_no_buttons_that_change_something(log_in, lezer, indiener, insurer, adviseur):
    make.draft(indiener, insurer)
    make.asked(indiener, insurer, adviseur)
    page = text(log_in(lezer).get(DASHBOARD))
    assert "Nieuwe aanvraag</span>" not in page
    assert "Vragen beantwoorden" not in page
    assert "Verder met concept" not in page


def test_an_organisatiebeheerder_sees_status_and_codes_only(log_in, organisatiebeheerder, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    browser = log_in(organisatiebeheerder)
    page = text(browser.get(DASHBOARD))
    assert authorization.reference in page
    assert "K. V." not in page
    assert "K. V." not in text(browser.get(f"{DASHBOARD}?q={authorization.reference}"))
    assert "0 aanvragen" in text(browser.get(f"{DASHBOARD}?q={authorization.insured.surname}"))


def test_somebody_of_an_insurer_goes_to_the_queue(log_in, adviseur):
    assert log_in(adviseur).get(DASHBOARD).url == reverse("authorizations:review-queue")


def test_without_logging_in_there_is_the_log_in_page(client):
    assert client.get(DASHBOARD).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("path", [DASHBOARD, f"{DASHBOARD}?lijst=beoordeling", f"{DASHBOARD}?q=voorbeeld"])
def test_a_list_has_a_fixed_number_of_queries(browser, indiener, insurer, django_assert_max_num_queries, path):
    def fill(number):
        for _ in range(number):
            make.draft(indiener, insurer)
            make.filed(indiener, insurer)
            make.filed(indiener, insurer, Status.DENIED)
            make.filed(indiener, insurer, Status.WAITING_FOR_PROVIDER)

    fill(1)
    browser.get(path)
    with django_assert_max_num_queries(20) as few:
        browser.get(path)
    fill(4)
    with django_assert_max_num_queries(len(few)):
        browser.get(path)


def test_a_list_is_paginated(browser, indiener, insurer):
    for _ in range(21):
        make.filed(indiener, insurer)
    first = text(browser.get(f"{DASHBOARD}?lijst=beoordeling"))
    assert "21 aanvragen" in first
    assert "pagina=2" in first
    assert text(browser.get(f"{DASHBOARD}?lijst=beoordeling&pagina=2")).count('data-label="Nummer"') == 1
    assert browser.get(f"{DASHBOARD}?lijst=beoordeling&pagina=999999999").status_code == 200


@pytest.mark.parametrize(
    ("typed", "found"),
    [("reference", 1), ("small", 1), ("surname", 1), ("part", 1), ("zzz", 0), ("%", 0), ("😀" * 200, 0)],
)
def test_searching(browser, indiener, insurer, typed, found):
    authorization = make.filed(indiener, insurer)
    words = {
        "reference": authorization.reference,
        "small": f" {authorization.reference.lower().replace('-', ' ')} ",
        "surname": authorization.insured.surname,
        "part": authorization.insured.surname[2:].lower(),
    }.get(typed, typed)
    page = text(browser.get(DASHBOARD, {"q": words}))
    assert f">{authorization.reference}</a>" in page if found else f">{authorization.reference}</a>" not in page


# -- the status of one request -----------------------------------------------------------------------------------------


def test_the_status_says_who_must_act_and_when_the_decision_is_expected(browser, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    page = text(browser.get(address("request-detail", authorization)))
    assert "<dt>Wie is aan zet</dt><dd>Zorgverzekeraar De Proef</dd>" in page
    assert "<dt>Besluit verwacht</dt><dd>maandag 16 november</dd>" in page
    assert "Aanvraag ingediend" in page
    assert "2 november 2026, 10.30 uur" in page


def test_while_a_question_is_open_the_term_rests_and_the_page_says_how_much_is_left(
    browser, indiener, insurer, adviseur
):
    authorization = make.asked(indiener, insurer, adviseur).authorization
    page = text(browser.get(address("request-detail", authorization)))
    assert "<dd>U, de zorgaanbieder</dd>" in page
    assert "<dd>10 werkdagen na uw antwoord</dd>" in page
    assert "2 november 2026 tot nu" in page
    assert "Informatie nodig" in page


def test_overdue_is_a_state_with_a_new_date_and_no_decision(log_in, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    with time_machine.travel(datetime(2026, 11, 21, 10, tzinfo=UTC)):  # a Saturday
        page = text(log_in(indiener).get(address("request-detail", authorization)))
    assert "De termijn liep tot en met maandag 16 november. Er is nog niets besloten." in page
    assert "<strong>maandag 23 november</strong>" in page


def test_what_is_internal_is_never_shown(browser, indiener, insurer, adviseur):
    """Feature 33."""
    authorization = make.filed(indiener, insurer, Status.IN_REVIEW)
    lifecycle.record(authorization, "note", by=adviseur, at=NOW, note="Bel de aanbieder niet.", internal=True)
    for move in ("propose", "return", "release", "note", "unassign"):
        StatusEvent.objects.create(
            authorization=authorization, move=move, status=Status.SECOND_REVIEW.value, at=NOW, note="niet voor u"
        )
    AuthorizationRequest.objects.filter(pk=authorization.pk).update(status=Status.SECOND_REVIEW.value)
    page = text(browser.get(address("request-detail", authorization)))
    assert "Bel de aanbieder" not in page
    assert "niet voor u" not in page
    assert "weede beoordeling" not in page
    assert "Wordt beoordeeld" in page


def test_the_verdict_on_a_document_is_shown_with_what_lacks(browser, indiener, insurer, adviseur):
    authorization = make.filed(indiener, insurer, Status.IN_REVIEW)
    document = make.added(authorization, indiener)
    document_service.judge(
        document_id=document.pk,
        verdict=DocumentVerdict.INCOMPLETE,
        note="Er staat geen datum op.",
        by=adviseur,
        now=NOW,
    )
    page = text(browser.get(address("request-detail", authorization)))
    assert "Onvolledig" in page
    assert "Er staat geen datum op." in page


def test_a_decided_request_tells_the_ways_to_heroverweging(browser, indiener, insurer, adviseur):
    authorization = make.filed(indiener, insurer, Status.GRANTED)
    authorization.decisions.create(
        outcome="granted",
        summary="U krijgt wat u vroeg.",
        proposed_by_id=adviseur.user_id,
        proposed_at=NOW,
        final_at=NOW,
    )
    page = text(browser.get(address("request-detail", authorization)))
    assert "U krijgt wat u vroeg." in page
    assert "U kunt namens de verzekerde om heroverweging vragen, met een schriftelijke toestemming" in page
    assert "Voor het vragen is geen laatste dag bekend." in page


def test_a_proposal_is_not_shown(browser, indiener, insurer, adviseur):
    authorization = make.filed(indiener, insurer, Status.SECOND_REVIEW)
    authorization.decisions.create(
        outcome="denied",
        summary="Wij wijzen het af.",
        not_granted="Alles.",
        proposed_by_id=adviseur.user_id,
        proposed_at=NOW,
    )
    assert "afgewezen" not in text(browser.get(address("request-detail", authorization))).lower()


def test_an_organisatiebeheerder_reads_no_content(log_in, organisatiebeheerder, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    make.added(authorization, indiener, name="behandelplan.pdf")
    page = text(log_in(organisatiebeheerder).get(address("request-detail", authorization)))
    assert "Uw rol ziet de status, de termijn en de codes" in page
    assert "behandelplan.pdf" not in page
    assert "K. V." not in page


def test_a_lezer_reads_everything_and_changes_nothing(log_in, lezer, indiener, insurer, adviseur):
    authorization = make.asked(indiener, insurer, adviseur).authorization
    make.added(authorization, indiener, name="plan.pdf")
    page = text(log_in(lezer).get(address("request-detail", authorization)))
    assert "plan.pdf" in page
    for name in ("answer-questions", "extra-documents", "request-withdraw", "request-amend"):
        assert address(name, authorization) not in page


def test_a_draft_leads_to_its_last_step_and_a_lezer_reads_it(browser, log_in, lezer, indiener, insurer):
    draft = make.draft(indiener, insurer, last_step="behandelplan")
    assert browser.get(address("request-detail", draft)).url.endswith("/stap/behandelplan/")
    assert "Concept" in text(log_in(lezer).get(address("request-detail", draft)))


def test_the_status_has_a_fixed_number_of_queries(browser, indiener, insurer, django_assert_max_num_queries):
    authorization = make.filed(indiener, insurer)
    make.added(authorization, indiener)
    browser.get(address("request-detail", authorization))
    with django_assert_max_num_queries(27) as few:
        browser.get(address("request-detail", authorization))
    for _ in range(6):
        make.added(authorization, indiener)
    with django_assert_max_num_queries(len(few)):
        browser.get(address("request-detail", authorization))


def test_a_number_typed_in_small_letters_is_the_same_request(browser, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    assert browser.get(f"/aanvragen/{authorization.reference.lower()}/").status_code == 200


# -- taking back and changing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(OPEN))
def test_an_open_request_is_taken_back_with_a_reason(browser, indiener, insurer, status):
    authorization = make.filed(indiener, insurer, Status(status))
    answer = browser.post(
        address("request-withdraw", authorization), {"reason": "De patiënt is verhuisd."}, follow=True
    )
    authorization.refresh_from_db()
    assert authorization.status == Status.WITHDRAWN
    assert "Reden: De patiënt is verhuisd." in text(answer)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001, "\x00"])
def test_taking_back_without_a_good_reason_is_refused(browser, indiener, insurer, reason):
    authorization = make.filed(indiener, insurer)
    answer = browser.post(address("request-withdraw", authorization), {"reason": reason})
    assert answer.status_code == 422
    assert "Fout: Intrekken" in text(answer)
    authorization.refresh_from_db()
    assert authorization.status == Status.SUBMITTED


def test_a_second_click_on_taking_back_does_nothing(browser, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    for _ in range(2):
        browser.post(address("request-withdraw", authorization), {"reason": "Dubbel ingediend."})
    assert StatusEvent.objects.filter(move="withdraw").count() == 1


def test_changing_makes_one_draft_of_two_clicks_and_leaves_the_filed_one(browser, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    page = text(browser.get(address("request-amend", authorization)))
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    for _ in range(2):
        answer = browser.post(address("request-amend", authorization), {"key": key})
    draft = AuthorizationRequest.objects.get(amends=authorization)
    assert answer.url == address("request-detail", draft)
    authorization.refresh_from_db()
    assert authorization.status == Status.SUBMITTED


def test_a_closed_request_is_not_changed(browser, indiener, insurer):
    authorization = make.filed(indiener, insurer, Status.DENIED)
    assert "kunt u niet meer wijzigen" in text(browser.get(address("request-amend", authorization)))
    browser.post(address("request-amend", authorization), {"key": "onzin"})
    assert AuthorizationRequest.objects.count() == 1


# -- sending documents by number ---------------------------------------------------------------------------------------

SEND = "/aanvragen/documenten-opsturen/"


def test_a_request_is_found_by_its_number_however_typed(browser, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    typed = authorization.reference.lower().replace("-", " ")
    assert browser.get(SEND, {"number": f"  {typed} "}).url == address("extra-documents", authorization)


def test_a_lezer_who_looks_a_number_up_goes_to_the_status(log_in, lezer, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    assert log_in(lezer).get(SEND, {"number": authorization.reference}).url == address("request-detail", authorization)


@pytest.mark.parametrize("typed", ["", "MA-123", "MA-AAAAAAAAA", "<b>", "\x00", "😀", "x" * 5000])
def test_a_wrong_number_says_how_it_looks(browser, typed):
    answer = browser.get(SEND, {"number": typed})
    assert answer.status_code == 422
    assert "Fout: Documenten opsturen" in text(answer)


def test_a_number_of_another_organisation_is_not_found(log_in, other_indiener, indiener, insurer):
    authorization = make.filed(indiener, insurer)
    page = text(log_in(other_indiener).get(SEND, {"number": authorization.reference}))
    assert "Wij vinden bij uw organisatie geen aanvraag met dit nummer." in page


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["request-detail", "request-withdraw", "request-amend", "answer-questions"])
def test_another_organisation_gets_404(log_in, other_indiener, indiener, insurer, adviseur, name):
    authorization = make.asked(indiener, insurer, adviseur).authorization
    browser = log_in(other_indiener)
    assert browser.get(address(name, authorization)).status_code == 404
    assert browser.post(address(name, authorization), {"reason": "x"}).status_code in (404, 405)
    authorization.refresh_from_db()
    assert authorization.status == Status.WAITING_FOR_PROVIDER


def test_a_request_that_does_not_exist_is_not_found(browser):
    assert browser.get("/aanvragen/MA-000000000/").status_code == 404
