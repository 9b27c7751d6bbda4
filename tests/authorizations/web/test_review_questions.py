"""Asking and talking with the provider, in the browser."""

from datetime import date

import pytest
import time_machine

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Verdict
from authorizations.models import AuthorizationRequest, InformationItem
from authorizations.services import questions
from tests.factories import accounts, desk
from tests.factories.desk import NOW


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def item(taken, noor):
    return questions.ask(authorization_id=taken.pk, items=[desk.question()], by=noor, now=NOW).items.get()


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def url(authorization, rest="vragen/"):
    return f"/beoordelen/{authorization.reference}/{rest}"


def row(number, **changes):
    values = {
        "criterion": "c2a",
        "document_kind": "",
        "what": "Het eindverslag.",
        "why": "Dan zien wij het resultaat.",
        "leads_to_consent": "Een verslag met het resultaat.",
        "due_on_0": "7",
        "due_on_1": "12",
        "due_on_2": "2026",
        **changes,
    }
    return {f"vraag-{number}-{name}": value for name, value in values.items()}


def test_the_page_begins_with_one_question_and_the_day_of_the_policy(taken, browser):
    (form,) = browser.get(url(taken)).context["formset"].forms
    assert form["due_on"].value() == date(2026, 12, 7)


def test_the_page_begins_with_what_was_found_unclear(taken, noor, browser):
    desk.assess(
        taken, "c2b", noor, verdict=Verdict.UNCLEAR, missing_fact="Welke domeinen?", leads_to_consent="Twee domeinen."
    )
    (form,) = browser.get(url(taken)).context["formset"].forms
    assert (form["criterion"].value(), form["what"].value()) == ("c2b", "Welke domeinen?")


def test_several_questions_go_together(taken, browser):
    posted = {**row(0), **row(1, criterion="c2b", document_kind="behandelplan")}
    response = browser.post(url(taken), posted, follow=True)
    assert "De beslistermijn rust tot het antwoord er is." in response.content.decode()
    assert list(InformationItem.objects.values_list("number", "criterion", "document_kind")) == [
        (1, "c2a", ""),
        (2, "c2b", "behandelplan"),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"criterion": ""}, "Bij welk criterium?"),
        ({"criterion": "s3_imsr"}, "Kies een antwoord"),
        ({"what": ""}, "Wat ontbreekt er?"),
        ({"why": " "}, "Waarom is dit nodig?"),
        ({"leads_to_consent": ""}, "Welk antwoord leidt tot toestemming?"),
        ({"due_on_0": ""}, "Vul ook de dag in."),
        ({"due_on_0": "20", "due_on_1": "11"}, "kies een datum in de toekomst"),
        ({"due_on_0": "6"}, "is geen werkdag"),
        ({"what": "a\x00b"}, "niet kunnen lezen"),
    ],
)
def test_a_question_that_lacks_something_is_not_asked_and_not_lost(taken, browser, change, words):
    response = browser.post(
        url(taken), {**row(0, why="Omdat het moet."), **row(0, **{"why": "Omdat het moet.", **change})}
    )
    body = response.content.decode()
    assert response.status_code == 422
    assert words in body
    assert change.get("why") == " " or "Omdat het moet." in body
    assert not InformationItem.objects.exists()


def test_a_row_is_added_and_taken_away_without_javascript(taken, browser):
    response = browser.post(url(taken), {**row(0), "vraag-add": "1"})
    assert response.status_code == 200
    assert len(response.context["formset"].forms) == 2
    response = browser.post(url(taken), {**row(0), **row(1, what="Twee."), "vraag-remove": "0"})
    (form,) = response.context["formset"].forms
    assert form["what"].value() == "Twee."
    assert not InformationItem.objects.exists()


def test_only_who_has_it_asks(taken, insurer, log_in):
    other = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    response = log_in(other).post(url(taken), row(0))
    assert response.status_code == 422
    assert "U kunt meelezen" in response.content.decode()


def test_a_counter_question_is_shown_and_answered(taken, item, browser, indiener):
    counter = questions.counter(item_id=item.pk, text="Bedoelt u het verslag van mei?", by=indiener, now=NOW)
    page = browser.get(url(taken, ""), {"toon": "vragen"}).content.decode()
    assert "Bedoelt u het verslag van mei?" in page
    assert "ook zolang een wedervraag openstaat" in page
    path = url(taken, f"wedervraag/{counter.pk}/")
    assert "Bedoelt u het verslag van mei?" in browser.get(path).content.decode()
    assert browser.post(path, {"text": ""}).status_code == 422
    body = browser.post(path, {"text": "Ja, dat verslag."}, follow=True).content.decode()
    assert "Ja, dat verslag." in body
    again = browser.post(path, {"text": "Nog eens."})
    assert again.status_code == 422
    assert "al gereageerd" in again.content.decode()


def test_a_question_gets_more_time(taken, item, browser):
    path = url(taken, f"vragen/{item.pk}/verlengen/")
    later = {"due_on_0": "21", "due_on_1": "12", "due_on_2": "2026"}
    assert browser.post(path, {**later, "due_on_0": "1"}).status_code == 422
    assert "21 december 2026" in browser.post(path, later, follow=True).content.decode()


def test_questions_are_taken_back(taken, item, browser, indiener):
    counter = questions.counter(item_id=item.pk, text="Welk?", by=indiener, now=NOW)
    path = url(taken, "vragen/intrekken/")
    refused = browser.post(path, {"because": "Al gevonden."})
    assert refused.status_code == 422
    assert "Reageer eerst op de wedervraag." in refused.content.decode()
    assert "Al gevonden." in refused.content.decode()
    browser.post(url(taken, f"wedervraag/{counter.pk}/"), {"text": "Het eindverslag."})
    browser.post(path, {"because": "Al gevonden."})
    assert AuthorizationRequest.objects.get().status == Status.IN_REVIEW


def test_a_question_of_another_request_is_not_there(indiener, insurer, noor, item, browser):
    other = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    assert browser.get(url(other, f"vragen/{item.pk}/verlengen/")).status_code == 404
