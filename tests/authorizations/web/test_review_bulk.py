"""Granting many at once in the browser: choose, look once more, decide on each; the log knows each of them."""

import pytest
import time_machine

from audit.models import AccessEvent
from authorizations.domain.bulk_grant import SUMMARY
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Verdict
from authorizations.models import Decision, RuleApproval
from tests.factories import desk
from tests.factories.desk import NOW

URL = "/beoordelen/toekennen/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ready(indiener, insurer, noor):
    found = [desk.with_own_insured(desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)) for _ in range(2)]
    for one in found:
        desk.judge(one, noor)
    return found


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def typed(browser, requests, summary=SUMMARY):
    seen = {f"gezien-{line.reference}": line.seen for line in browser.get(URL).context["lines"]}
    return {"picked": [one.reference for one in requests], "summary": summary, **seen}


def test_choosing_looking_and_granting(ready, indiener, insurer, noor, browser):
    open_one = desk.with_own_insured(desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor))
    desk.judge(open_one, noor, c2a=Verdict.UNCLEAR)
    page = browser.get(URL)
    assert [line.reference for line in page.context["lines"]] == [one.reference for one in ready]
    assert (page.context["lines"][0].code, str(page.context["lines"][0].hours)) == ("14D838", "40.50")
    assert [one.reference for one in page.context["others"]] == [open_one.reference]
    sent = typed(browser, ready)
    looked = browser.post(f"{URL}controle/", sent)
    assert "U kent 2 aanvragen toe zoals gevraagd" in looked.content.decode()
    assert not Decision.objects.exists()
    done = browser.post(URL, sent)
    assert done.context["granted"] == [one.reference for one in ready]
    assert set(AccessEvent.objects.get(kind="besluiten").dossiers) == {one.reference for one in ready}


def test_the_letter_can_be_looked_at_first(ready, browser):
    sent = typed(browser, ready) | {"voorbeeld": f"{ready[0].reference} provider"}
    answer = browser.post(f"{URL}controle/", sent)
    assert answer["Content-Type"] == "application/pdf"
    assert not Decision.objects.exists()


def test_what_changed_is_named_and_the_rest_is_granted(ready, noor, browser):
    sent = typed(browser, ready)
    desk.assess(ready[0], "c1", noor, version=1, motivation="Bij nader inzien.")
    done = browser.post(URL, sent)
    assert [one.reference for one in done.context["refused"]] == [ready[0].reference]
    assert done.context["granted"] == [ready[1].reference]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"picked": []}, "Vink minstens 1 aanvraag aan."),
        ({"picked": ["MP-onbekend"]}, "ligt niet meer bij u"),
        ({"summary": " ".join(["woord"] * 41) + "."}, "heeft 41 woorden"),
        ({"summary": ""}, "Motivering van de besluiten"),
    ],
)
@pytest.mark.parametrize("address", [URL, f"{URL}controle/"])
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_decided(ready, browser, address, changes, message):
    answer = browser.post(address, typed(browser, ready) | changes)
    assert answer.status_code == 422
    assert message in str(answer.context["form"].errors)
    assert not Decision.objects.exists()


def test_the_queue_leads_there_for_who_decides(browser, log_in, coordinator):
    assert URL in browser.get("/beoordelen/").content.decode()
    assert URL not in log_in(coordinator).get("/beoordelen/").content.decode()


def test_what_fits_a_rule_is_offered_to_be_taken_and_shown_to_who_judges_only(
    indiener, insurer, browser, log_in, coordinator
):
    fits = desk.filed(indiener, insurer)
    RuleApproval.objects.create(
        authorization=fits, policy_version=fits.policy_version, rule={"source": "Proef"}, facts={"days": 90}, at=NOW
    )
    page = browser.get(URL)
    assert page.context["fitting"] == [fits]
    assert f"/beoordelen/{fits.reference}/oppakken/" in page.content.decode()
    words = "Voldoet aan de regel"
    assert words in browser.get("/beoordelen/").content.decode()
    assert words not in log_in(coordinator).get("/beoordelen/").content.decode()
    browser.post(f"/beoordelen/{fits.reference}/oppakken/")
    assert browser.get(URL).context["fitting"] == []
    assert words not in browser.get("/beoordelen/").content.decode()
