"""The page of one request: its documents, a page of one of them, and everything beside it."""

import contextlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorizations.domain.lifecycle import Status
from authorizations.models import Document
from authorizations.services import checklist
from papers import tasks
from papers.models import File
from portal.world import people
from tests.factories import desk, documents, told
from tests.journeys.addresses import said

STATES = (
    "submitted", "in_review", "waiting_for_provider", "answered", "second_review",
    "granted", "partly_granted", "denied", "withdrawn",
)  # fmt: skip
TABS = ("", "formulier", "uren", "vragen", "verloop", "eerder")


@pytest.fixture
def browser(world, log_in):
    return log_in(people.actor("noor@zk.example"))


def page(browser, authorization, **query):
    response = browser.get(f"/beoordelen/{authorization.reference}/", query)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("status", STATES)
def test_every_part_opens_in_every_state_for_everybody_with_a_desk(authorization_in, log_in, status):
    authorization = authorization_in(status)
    for who in ("noor@zk.example", "kok@zk.example", "team@zk.example", "balie@zk.example"):
        browser = log_in(people.actor(who))
        for tab in TABS if who == "noor@zk.example" else TABS[:1]:
            page(browser, authorization, toon=tab)


@pytest.fixture
def taken(authorization_in):
    return authorization_in("in_review")


def test_documents_stand_in_order_with_what_they_are(taken, browser):
    papers = page(browser, taken).context["papers"]
    wanted = [given.item.label for given in checklist.checklist(taken) if given.item.required]
    assert [paper.title for paper in papers] == wanted
    assert [paper.number for paper in papers] == list(range(1, len(wanted) + 1))
    assert [paper.is_current for paper in papers].index(True) == 0


def test_a_page_is_a_picture_with_its_text(taken, browser):
    tasks.make_pages()
    response = page(browser, taken, doc=2, p=2)
    viewer = response.context["viewer"]
    assert (viewer["title"], viewer["page"], viewer["count"]) == ("Huisartsenjournaal", 2, 2)
    body = response.content.decode()
    picture = f"/aanvragen/{taken.reference}/documenten/{viewer['document'].pk}/pagina/2.webp"
    assert f'<image href="{picture}"' in body
    with contextlib.closing(browser.get(picture)) as image:
        assert image["Content-Type"] == "image/webp"
    assert viewer["image"].text[:20] in body
    assert viewer["strip"] == [] and viewer["turn_url"].endswith("draai=1#pagina")
    assert viewer["previous_url"].endswith("p=1#pagina")
    assert viewer["next_url"] == ""
    assert viewer["previous_document"].endswith("doc=1#pagina")


def test_a_page_that_is_not_made_yet_is_drawn_when_it_is_looked_at(taken, browser):
    response = page(browser, taken)
    body = response.content.decode()
    picture = f"/aanvragen/{taken.reference}/documenten/{response.context['viewer']['document'].pk}/pagina/1.webp"
    assert f'<img src="{picture}"' in body
    assert "De tekst van deze pagina wordt nog gelezen." in body
    said(browser.get(picture))
    assert f'<image href="{picture}"' in page(browser, taken).content.decode()


def test_a_page_that_cannot_be_drawn_says_so(taken, browser):
    File.objects.update(attempts=3)
    assert "Deze pagina kunnen wij niet tonen." in page(browser, taken).content.decode()


@pytest.mark.parametrize(
    "query", [{"doc": "99"}, {"doc": "x"}, {"p": "99"}, {"p": "-1"}, {"zoom": "9"}, {"versie": "999999"}]
)
def test_an_address_that_somebody_changed_still_shows_a_page(taken, browser, query):
    assert page(browser, taken, **query).context["viewer"]["document"]


def test_zoom_goes_to_four_hundred_per_cent(taken, browser):
    tasks.make_pages()
    assert 'class="mp-sheet mp-sheet--4"' in page(browser, taken, zoom=4).content.decode()
    assert page(browser, taken, zoom=4).context["viewer"]["larger_url"] == ""


def test_a_new_version_leads_to_the_old_one(taken, browser):
    first = Document.objects.filter(authorization=taken).order_by("id").first()
    documents.added(taken, people.actor("jansen@esdoorn.example"), replaces_id=first.pk)
    papers = page(browser, taken).context["papers"]
    number, paper = next((one.number, one) for one in papers if "Nieuwe versie" in one.flags)
    viewer = page(browser, taken, doc=number).context["viewer"]
    assert viewer["document"] == paper.document
    older = browser.get(viewer["older_url"]).context["viewer"]
    assert (older["document"].pk, older["is_older"], older["can_judge"]) == (first.pk, True, False)


def test_a_version_of_another_request_is_not_shown(taken, authorization_in, browser):
    other = authorization_in("submitted", person=1)
    foreign = other.documents.first()
    assert page(browser, taken, versie=foreign.pk).context["viewer"]["document"].authorization_id == taken.pk


def test_earlier_requests_of_the_same_insured_are_one_click_away(authorization_in, browser):
    earlier = authorization_in("granted")
    now = authorization_in("in_review")
    body = page(browser, now, toon="eerder").content.decode()
    assert earlier.reference in body
    assert earlier.granted.number in body


def test_zorgtrajecten_of_the_same_insured_stand_there_too_and_of_no_other(authorization_in, browser):
    now = authorization_in("in_review")
    assert "geen zorgtraject van deze verzekerde" in page(browser, now, toon="eerder").content.decode()
    jansen = people.actor("jansen@esdoorn.example")
    own = told.under(now, jansen, now=timezone.now())
    other = told.under(authorization_in("submitted", person=1), jansen, now=timezone.now())
    body = page(browser, now, toon="eerder").content.decode()
    assert f"/zorgtrajecten/{own.pk}/" in body and f"/zorgtrajecten/{other.pk}/" not in body
    assert f"/zorgtrajecten/{own.pk}/" not in page(browser, now).content.decode()


def test_the_hours_come_with_an_estimate_and_the_policy_with_its_version(taken, browser):
    body = page(browser, taken, toon="uren").content.decode()
    assert "gewogen uren (gewichten 2017)" in body
    assert "MSR vergoedingsbeleid" in body
    assert f"versie {taken.policy_version.version}" in body


def test_signals_stand_above_the_criteria(taken, browser):
    signals = page(browser, taken).context["signals"]
    assert {signal.code.value for signal in signals} == {"WPN"}


def test_a_request_without_documents_opens_with_the_form(indiener, insurer, log_in, adviseur):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=adviseur)
    context = page(log_in(adviseur), authorization).context
    assert (context["case"].tab, context["papers"]) == ("formulier", [])


def test_the_page_takes_the_same_number_of_queries_whatever_there_is_to_see(taken, browser):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            page(browser, taken)
        return sum(query["sql"].startswith("SELECT") for query in asked)

    queries()  # a policy is parsed once per process
    few = queries()
    for _ in range(6):
        documents.added(taken, people.actor("jansen@esdoorn.example"))
    desk.judge(taken, people.actor("noor@zk.example"), now=taken.assigned_at)
    # Three ask how its codes stand, two what was marked, two what runs beside it, one for an overleg.
    assert queries() == few <= 28


def test_the_letters_are_there_when_it_is_decided(authorization_in, browser):
    denied = authorization_in("denied")
    body = page(browser, denied).content.decode()
    assert "Brief aan de zorgaanbieder" in body
    assert "Brief aan de verzekerde" in body


def test_withdrawn_is_said_with_the_reason(authorization_in, browser):
    body = page(browser, authorization_in("withdrawn")).content.decode()
    assert "ingetrokken: De patiënt ziet ervan af." in body
