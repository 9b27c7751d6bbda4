"""Answering the questions of the medical advisor, and asking something back."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from authorizations.domain.lifecycle import Status
from authorizations.models import CounterQuestion, Document
from authorizations.services import questions
from tests.factories import documents as make


@pytest.fixture
def asked(indiener, insurer, adviseur):
    return make.asked(indiener, insurer, adviseur)


@pytest.fixture
def browser(log_in, indiener):
    return log_in(indiener)


def address(asked):
    return reverse("authorizations:answer-questions", args=[asked.authorization.reference])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def post(browser, asked, *answers, **more):
    items = list(asked.items.order_by("number"))
    data = {f"vraag-{item.pk}-answer": answer for item, answer in zip(items, answers, strict=False)}
    return browser.post(address(asked), {**data, **more})


def status(asked):
    asked.authorization.refresh_from_db()
    return asked.authorization.status


def test_each_question_says_what_lacks_why_and_what_leads_to_consent(browser, asked):
    page = text(browser.get(address(asked)))
    assert "Vraag 1 van 2" in page
    assert "De eerste lijn is voldoende geprobeerd" in page
    assert "Zonder verslag zien wij niet of de eerste lijn voldoende is geprobeerd." in page
    assert "Een verslag met het aantal behandelingen, de periode en het resultaat." in page
    assert "vrijdag 27 november 2026" in page


def test_answers_are_kept_until_they_are_sent(browser, asked):
    answer = post(browser, asked, "Zie het verslag.", bewaar="1")
    assert answer.status_code == 302
    assert asked.items.get(number=1).answer == "Zie het verslag."
    assert status(asked) == Status.WAITING_FOR_PROVIDER
    assert "1 van 2 vragen heeft een antwoord" in text(browser.get(address(asked)))


def test_all_answered_and_sent_the_term_runs_again(browser, asked):
    item = asked.items.get(number=2)
    file = SimpleUploadedFile("verslag.pdf", make.pdf())
    answer = post(browser, asked, "Zie het verslag.", "", versturen="1", **{f"bestand-{item.pk}": file})
    assert answer.status_code == 302
    assert status(asked) == Status.ANSWERED
    assert item.documents.count() == 1
    page = text(browser.get(answer.url))
    assert "Eerdere vragen en antwoorden" in page
    assert "Zie het verslag." in page


def test_sending_names_every_question_without_an_answer_and_keeps_what_was_typed(browser, asked):
    answer = post(browser, asked, "", "Het tweede antwoord.", versturen="1")
    assert answer.status_code == 422
    page = text(answer)
    item = asked.items.get(number=1)
    assert "Beantwoord vraag 1." in page
    assert f'href="#id_vraag-{item.pk}-answer"' in page
    assert "Het tweede antwoord." in page
    assert status(asked) == Status.WAITING_FOR_PROVIDER


def test_a_bad_file_is_named_and_costs_no_answer(browser, asked):
    item = asked.items.get(number=1)
    bad = SimpleUploadedFile("x.docx", make.word())
    answer = post(browser, asked, "Het antwoord.", "Ook.", versturen="1", **{f"bestand-{item.pk}": bad})
    assert answer.status_code == 422
    assert "Word-bestand" in text(answer)
    assert asked.items.get(number=2).answer == "Ook."
    assert status(asked) == Status.WAITING_FOR_PROVIDER


def test_an_answer_too_long_is_kept_on_the_page(browser, asked):
    answer = post(browser, asked, "x" * 4001, "Ook.", versturen="1")
    assert answer.status_code == 422
    assert "1 teken te lang" in text(answer)
    assert "x" * 4001 in text(answer)


def test_a_question_back_is_sent_once_however_often_one_clicks(browser, asked):
    item = asked.items.get(number=1)
    for _ in range(2):
        post(browser, asked, wedervraag=str(item.pk), **{f"vraag-{item.pk}-counter": "Bedoelt u ook 2023?"})
    assert CounterQuestion.objects.get().text == "Bedoelt u ook 2023?"
    page = text(browser.get(address(asked)))
    assert "Bedoelt u ook 2023?" in page
    assert "Nog geen reactie." in page


def test_the_reaction_to_a_question_back_is_shown(browser, asked, indiener, adviseur):
    back = questions.counter(item_id=asked.items.first().pk, text="Ook 2023?", by=indiener, now=make.NOW)
    questions.reply(counter_id=back.pk, text="Alleen 2025 en later.", by=adviseur, now=make.NOW)
    assert "Alleen 2025 en later." in text(browser.get(address(asked)))


def test_a_question_back_that_was_typed_and_not_sent_is_not_lost(browser, asked):
    item = asked.items.get(number=1)
    answer = post(browser, asked, "a", "b", versturen="1", **{f"vraag-{item.pk}-counter": "Eerst dit."})
    assert answer.status_code == 422
    assert "Verstuur die eerst, of maak het vak leeg." in text(answer)
    assert "Eerst dit." in text(answer)
    assert status(asked) == Status.WAITING_FOR_PROVIDER


@pytest.mark.parametrize("typed", ["", "  ", "\x00"])
def test_an_empty_question_back_is_refused(browser, asked, typed):
    item = asked.items.get(number=1)
    answer = post(browser, asked, wedervraag=str(item.pk), **{f"vraag-{item.pk}-counter": typed})
    assert answer.status_code == 422
    assert not CounterQuestion.objects.exists()


def test_after_sending_there_is_nothing_to_answer(browser, asked):
    post(browser, asked, "a", "b", versturen="1")
    answer = post(browser, asked, "anders", versturen="1")
    assert answer.url == reverse("authorizations:request-detail", args=[asked.authorization.reference])
    assert asked.items.get(number=1).answer == "a"


@pytest.mark.parametrize("who", ["lezer", "organisatiebeheerder", "adviseur"])
def test_who_does_not_fill_in_does_not_answer(request, log_in, asked, who):
    assert post(log_in(request.getfixturevalue(who)), asked, "a", "b", versturen="1").status_code == 403
    assert status(asked) == Status.WAITING_FOR_PROVIDER
    assert not Document.objects.exists()


@time_machine.travel(make.NOW, tick=False)
def test_answers_are_kept_while_typing_and_never_sent(log_in, indiener, asked):
    browser = log_in(indiener)
    where = reverse("authorizations:answers-autosave", args=[asked.authorization.reference])
    first, second = asked.items.order_by("number")
    answer = browser.post(where, {f"vraag-{first.pk}-answer": "Zie het", f"vraag-{second.pk}-answer": "x" * 4001})
    assert answer.status_code == 422
    assert "Vraag 2 is nog niet bewaard." in answer.json()["message"]
    assert [item.answer for item in asked.items.order_by("number")] == ["Zie het", ""]
    assert status(asked) == Status.WAITING_FOR_PROVIDER
    kept = browser.post(where, {f"vraag-{first.pk}-answer": "Zie het verslag."}).json()
    assert set(kept) == {"saved_at", "parts"}
    assert set(kept["parts"]) == {f"vraag-{first.pk}-stand", f"vraag-{second.pk}-stand", "beantwoord"}
    assert "Beantwoord" in kept["parts"][f"vraag-{first.pk}-stand"]
    assert "Nog beantwoorden" in kept["parts"][f"vraag-{second.pk}-stand"]
    assert "1 van 2 vragen heeft een antwoord" in kept["parts"]["beantwoord"]
    post(browser, asked, "Zie het verslag.", "Ja.", versturen="1")
    assert browser.post(where, {f"vraag-{first.pk}-answer": "Te laat"}).status_code == 409
    assert asked.items.get(number=1).answer == "Zie het verslag."
    assert f'data-autosave-url="{where}"' not in text(browser.get(address(asked), follow=True))
