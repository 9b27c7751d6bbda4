"""Looking up an insured by the whole BSN: exact, by post, logged, and nowhere else to be read."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.domain.roles import Role
from audit.models import AccessEvent
from authorizations.domain.lifecycle import Status
from portal import audited_about
from tests.factories import accounts, desk

URL = "/beoordelen/bsn/"
BSN = "999996708"
OTHER = "999990019"
TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def references(answer):
    return [row.reference for row in answer.context["lines"]]


@pytest.mark.asvs("14.2.1")
@pytest.mark.parametrize("typed", [BSN, " 9999.96 708 "])
def test_all_requests_of_one_insured_are_found_and_the_number_is_not_repeated(indiener, insurer, noor, browser, typed):
    closed = desk.filed(indiener, insurer, Status.WITHDRAWN, submitted_at=TODAY - timedelta(days=90))
    open_one = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    answer = browser.post(URL, {"bsn": typed})
    assert references(answer) == [open_one.reference, closed.reference]
    body = answer.content.decode()
    assert "2 gevonden voor BSN *****6708" in body
    assert BSN not in body and typed.strip() not in body
    assert "no-store" in answer["Cache-Control"]


def test_of_another_number_nothing_is_found(indiener, insurer, browser):
    desk.filed(indiener, insurer)
    assert references(browser.post(URL, {"bsn": OTHER})) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Vul “BSN van de verzekerde” in."), ("999996707", "Dit BSN klopt niet."), ("jansen", "Dit BSN klopt niet.")],
)
def test_what_is_nobodys_number_is_refused_and_stays(insurer, browser, typed, words):
    answer = browser.post(URL, {"bsn": typed})
    assert answer.status_code == 422
    assert words in answer.content.decode() and typed in answer.content.decode()


@pytest.mark.asvs("14.2.1")
@pytest.mark.parametrize("path", ["/beoordelen/", "/beoordelen/besloten/"])
@pytest.mark.parametrize("typed", [BSN, "9999 96 708"])
def test_in_the_other_search_box_it_is_not_looked_up(indiener, insurer, browser, path, typed):
    desk.filed(indiener, insurer)
    answer = browser.get(path, {"zoek": typed})
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert "Een BSN zoekt u hier." in browser.get(URL).content.decode()
    assert browser.get(path, {"zoek": "999996707"}).status_code == 200
    assert "6708" not in browser.get(URL, {"bsn": BSN}).content.decode()


def test_the_log_knows_who_was_looked_for_by_a_hash_and_what_stands_out(indiener, insurer, noor, log_in):
    filed = desk.filed(indiener, insurer)
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC)):  # a Sunday
        browser = log_in(noor)
        browser.post(URL, {"bsn": BSN})
        browser.post(URL, {"bsn": OTHER})
    hit, miss = AccessEvent.objects.filter(kind="bsn_zoeken").order_by("pk")
    assert [one["aanvraag"] for one in hit.subjects] == [filed.reference]
    assert (hit.detail["gezocht"], hit.detail["gevonden"]) == (audited_about.insured(BSN), 1)
    assert hit.signs == ["buiten_werktijd"]
    assert hit.subjects[0]["verzekerde"] == hit.detail["gezocht"]
    assert (miss.detail["gezocht"], miss.detail["gevonden"], miss.subjects) == (audited_about.insured(OTHER), 0, [])
    assert not any(BSN in str(vars(row)) or OTHER in str(vars(row)) for row in (hit, miss))


@pytest.mark.parametrize("role", [Role.MEDEWERKER, Role.COORDINATOR])
def test_who_sees_no_content_finds_the_status_only(indiener, insurer, log_in, role):
    filed = desk.filed(indiener, insurer)
    answer = log_in(accounts.actor(role, organization=insurer)).post(URL, {"bsn": BSN})
    assert references(answer) == [filed.reference]
    assert "hronische pijn" not in answer.content.decode()


def test_elsewhere_nothing_is_found(indiener, insurer, log_in, other_adviseur):
    desk.filed(indiener, insurer)
    assert references(log_in(other_adviseur).post(URL, {"bsn": BSN})) == []
    assert log_in(indiener).post(URL, {"bsn": BSN}).status_code == 403
    beheerder = accounts.actor(Role.BEHEERDER, organization=insurer)
    assert log_in(beheerder).post(URL, {"bsn": BSN}).status_code == 403
