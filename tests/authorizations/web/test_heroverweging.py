"""Heroverweging in the browser: asked by the provider or by staff, answered by another advisor, seen by both sides."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.domain.roles import Role
from authorizations.domain.heroverweging import Channel
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import AuthorizationRequest, Heroverweging, StatusEvent
from authorizations.queries import heroverweging as found
from authorizations.services import decisions, heroverweging, sight
from tests.factories import accounts, desk, documents
from tests.factories.desk import NOW, choice
from tests.journeys.addresses import said

GROUNDS = "Het eindverslag zat er wel bij."


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def decided(indiener, insurer, noor):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(taken, noor, c3_omvang=Verdict.NOT_MET)
    decisions.decide(
        authorization_id=taken.pk, choice=choice(Outcome.PARTLY_GRANTED), seen=sight.of(taken), by=noor, now=NOW
    )
    return AuthorizationRequest.objects.get(pk=taken.pk)


def pdf(name="toestemming.pdf"):
    return SimpleUploadedFile(name, documents.pdf(), "application/pdf")


def asking(authorization):
    return f"/aanvragen/{authorization.reference}/heroverweging/"


def desk_of(authorization, rest=""):
    return f"/beoordelen/{authorization.reference}/heroverweging/{rest}"


def file(authorization, by):
    return heroverweging.file(
        authorization_id=authorization.pk, channel=Channel.PORTAL, grounds=GROUNDS, received_on=None, by=by, now=NOW,
        papers=[heroverweging.Paper(heroverweging.PaperRole.AUTHORISATION, pdf(), "toestemming.pdf", None)],
    )  # fmt: skip


def revised(browser, authorization, **changes):
    """Return what the page sends when all that was asked is granted after all."""
    form = browser.get(desk_of(authorization)).context["form"]
    judging = browser.get(desk_of(authorization)).context["judging"]
    sent = {
        "outcome": "granted", "overturn_reason": "new_facts", "summary": "Het verslag is er wel.", "seen": "1",
        "declaratie_code": form["declaratie_code"].value(), "setting": "outpatient", "codes_checked": "on",
        "starts_on_0": "14", "starts_on_1": "12", "starts_on_2": "2026",
        "ends_on_0": "26", "ends_on_1": "3", "ends_on_2": "2027",
    }  # fmt: skip
    for discipline, hours in form.asked.items():
        sent[f"hours_{discipline.value}"] = str(hours).replace(".", ",")
    for criterion, _, one in judging:
        sent[f"{one.prefix}-verdict"] = "met"
        sent[f"{one.prefix}-motivation"] = f"Voldoet: {criterion.code}."
    return sent | changes


def test_a_provider_asks_and_adds_to_it(decided, indiener, log_in):
    browser = log_in(indiener)
    assert asking(decided) in said(browser.get(f"/aanvragen/{decided.reference}/"))
    page = said(browser.get(asking(decided)))
    assert "Het beleid noemt geen laatste dag" in page
    assert "binnen 30 dagen" in page
    refused = browser.post(asking(decided), {"grounds": GROUNDS})
    assert refused.status_code == 422
    assert "Voeg de schriftelijke toestemming van de verzekerde toe." in said(refused)
    assert GROUNDS in said(refused)
    sent = {"grounds": GROUNDS, "authorisation": pdf(), "further": [pdf("a.pdf"), pdf("b.pdf")]}
    assert browser.post(asking(decided), sent).status_code == 302
    one = Heroverweging.objects.get()
    assert [paper.role for paper in one.papers.all()] == ["authorisation", "further", "further"]
    page = said(browser.get(f"/aanvragen/{decided.reference}/"))
    assert "Ontvangen" in page
    assert "woensdag 23 december 2026" in page
    assert ">Vraag heroverweging<" not in page
    assert browser.post(asking(decided), {"further": pdf("c.pdf")}).status_code == 302
    assert one.papers.count() == 4
    assert browser.post(asking(decided), {}).status_code == 422


def test_grounds_that_come_second_are_not_lost_and_a_second_click_adds_nothing(decided, indiener, log_in):
    browser, page = log_in(indiener), asking(decided)
    for _ in range(2):
        sent = {"grounds": f"{GROUNDS}\r\nEn meer.", "authorisation": pdf()}
        assert browser.post(page, sent).status_code == 302
    answer = browser.post(page, {"grounds": "Er is nog iets.", "further": pdf("a.pdf")})
    assert answer.status_code == 422
    assert "Er is intussen al om heroverweging gevraagd." in said(answer)
    assert "Er is nog iets." in said(answer)
    assert Heroverweging.objects.get().papers.count() == 1


def test_before_a_decision_there_is_nothing_to_ask(indiener, insurer, log_in):
    open_one = desk.filed(indiener, insurer)
    assert log_in(indiener).get(asking(open_one)).status_code == 302


def test_staff_write_it_down_without_seeing_the_dossier(decided, medewerker, coordinator, indiener, log_in):
    browser = log_in(medewerker)
    link = desk_of(decided, "vastleggen/")
    assert link in said(browser.get(f"/beoordelen/{decided.reference}/"))
    sent = {
        "channel": "paper",
        "grounds": GROUNDS,
        "received_on_0": "23",
        "received_on_1": "11",
        "received_on_2": "2026",
    }
    refused = browser.post(link, sent)
    assert refused.status_code == 422
    assert "Voeg de brief van de verzekerde toe." in said(refused)
    assert browser.post(link, {**sent, "letter": pdf("brief.pdf")}).status_code == 302
    assert browser.get(desk_of(decided)).status_code == 403
    assert GROUNDS not in said(browser.get(f"/beoordelen/{decided.reference}/"))
    assert decided.reference in said(browser.get("/beoordelen/heroverwegingen/"))
    provider = log_in(indiener)
    page = said(provider.get(f"/aanvragen/{decided.reference}/"))
    assert "De verzekerde vroeg dit zelf" in page
    assert GROUNDS not in page
    assert provider.get(asking(decided)).status_code == 302


def test_another_advisor_answers_with_the_grounds_beside_the_first_decision(decided, indiener, ravi, noor, log_in):
    file(decided, indiener)
    first, browser = log_in(noor), log_in(ravi)
    assert "werkte mee aan het eerste besluit" in said(first.get(desk_of(decided)))
    first.post(desk_of(decided, "oppakken/"))
    assert found.open_one(decided).assigned_to_id is None
    browser.post(desk_of(decided, "oppakken/"))
    page = said(browser.get(desk_of(decided)))
    for words in (GROUNDS, "Wij hebben alles gewogen.", "toestemming.pdf", "Eerste oordelen"):
        assert words in page, words
    lacking = browser.post(desk_of(decided), revised(browser, decided, summary="", overturn_reason=""))
    assert lacking.status_code == 422
    assert "Schrijf de motivering" in said(lacking)
    assert "Kies waarom het eerste besluit niet blijft." in said(lacking)
    letter = browser.post(desk_of(decided), revised(browser, decided, voorbeeld="insured"))
    assert letter["Content-Type"] == "application/pdf"
    assert found.open_one(decided).is_open
    assert browser.post(desk_of(decided), revised(browser, decided)).status_code == 302
    one = Heroverweging.objects.get()
    assert (one.status, one.revision.outcome) == ("revised", "granted")
    page = said(browser.get(desk_of(decided)))
    assert one.revision.granted.number in page
    assert "Dit besluit is herzien." in page
    page = said(log_in(indiener).get(f"/aanvragen/{decided.reference}/"))
    assert "Dit besluit is herzien" in page
    assert one.revision.granted.number in page
    assert one.get_overturn_reason_display() not in page
    assert "Heroverweging: besluit herzien" in page
    assert decided.reference in said(browser.get("/beoordelen/heroverwegingen/?toon=beantwoord"))


def test_a_verdict_without_words_is_named_at_its_criterion(decided, indiener, ravi, log_in):
    file(decided, indiener)
    heroverweging.claim(authorization_id=decided.pk, by=ravi, now=NOW)
    browser = log_in(ravi)
    sent = revised(browser, decided, **{"c-c1-motivation": ""})
    answer = browser.post(desk_of(decided), sent)
    assert answer.status_code == 422
    assert 'href="#criterium-c1"' in said(answer)


def test_what_came_in_meanwhile_is_seen_first(decided, indiener, ravi, log_in):
    file(decided, indiener)
    heroverweging.claim(authorization_id=decided.pk, by=ravi, now=NOW)
    browser = log_in(ravi)
    more = heroverweging.Paper(heroverweging.PaperRole.FURTHER, pdf("later.pdf"), "later.pdf", None)
    heroverweging.add(authorization_id=decided.pk, papers=[more], by=indiener, now=NOW)
    sent = {"outcome": "upheld", "summary": "Het blijft.", "seen": "1"}
    answer = browser.post(desk_of(decided), sent)
    assert answer.status_code == 422
    assert "later.pdf" in said(answer)
    assert answer.context["form"]["seen"].value() == "2"
    assert browser.post(desk_of(decided), {**sent, "seen": "2"}).status_code == 302
    assert Heroverweging.objects.get().status == "upheld"
    assert StatusEvent.objects.filter(authorization=decided, move="reconsider_upheld").exists()


def test_putting_it_back(decided, indiener, ravi, coordinator, log_in):
    file(decided, indiener)
    heroverweging.claim(authorization_id=decided.pk, by=ravi, now=NOW)
    log_in(coordinator).post(desk_of(decided, "teruggeven/"))
    assert found.open_one(decided).assigned_to_id is None


def test_of_another_organisation_there_is_nothing(decided, indiener, other_indiener, log_in):
    file(decided, indiener)
    assert log_in(other_indiener).get(asking(decided)).status_code == 404
    elsewhere = accounts.actor(Role.MEDISCH_ADVISEUR, organization=accounts.insurer(name="Elders"))
    assert log_in(elsewhere).get(desk_of(decided)).status_code == 404
    assert decided.reference not in said(log_in(elsewhere).get("/beoordelen/heroverwegingen/"))


def test_where_everybody_decided_before_the_desk_reads_that_nobody_can_and_what_to_do(
    decided, indiener, noor, insurer, coordinator, log_in
):
    file(decided, indiener)
    words = "Vraag een beheerder om een medisch adviseur uit te nodigen."
    assert words in said(log_in(noor).get(desk_of(decided)))
    listed = said(log_in(coordinator).get("/beoordelen/heroverwegingen/"))
    assert words in listed
    assert "Niemand kan dit doen" in listed
    accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    assert words not in said(log_in(noor).get(desk_of(decided)))
    assert words not in said(log_in(coordinator).get("/beoordelen/heroverwegingen/"))
