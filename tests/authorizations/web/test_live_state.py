"""What a page says of how far one is stays true while one works on it; and a file that is there already is named."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from authorizations.domain.terms import DocumentKind
from authorizations.models import Document
from tests.factories import documents as make


@pytest.fixture
def browser(log_in, indiener):
    return log_in(indiener)


def address(name, authorization):
    return reverse(f"authorizations:{name}", args=[authorization.reference])


def text(content):
    return re.sub(r"\s+", " ", content)


def upload(browser, authorization, *, item="", name="brief.pdf", content=None, query=""):
    sent = SimpleUploadedFile(name, content or make.pdf(), "application/pdf")
    answer = browser.post(address("document-upload", authorization) + query, {"file": sent, "item": item})
    assert answer.status_code == 200
    return text(answer.content.decode())


def test_a_reason_brings_the_state_of_its_item_and_the_meter_up_to_date(browser, draft):
    typed = {"geen-huisartsenjournaal-reason": "De patiënt heeft geen huisarts."}
    page = text(browser.get(address("intake-documents", draft)).content.decode())
    name = re.search(r'name="([^"]*huisartsenjournaal[^"]*reason)"', page)[1]

    parts = browser.post(address("documents-autosave", draft), {name: typed.popitem()[1]}).json()["parts"]

    assert "Niet beschikbaar" in parts["kop-huisartsenjournaal"]
    assert "1 van 6 documenten compleet" in text(parts["voortgang"])


def test_what_nobody_needs_does_not_count(browser, draft):
    row = upload(browser, draft, item=DocumentKind.OVERIG.value)
    assert "0 van 6 documenten compleet" in row


def test_the_very_same_file_is_named_by_what_it_stands_as(browser, draft):
    same = make.pdf()
    upload(browser, draft, item=DocumentKind.VERWIJSBRIEF.value, name="brief.pdf", content=same)

    row = upload(browser, draft, item=DocumentKind.BEHANDELPLAN.value, name="plan.pdf", content=same)

    assert "plan.pdf: dit bestand staat er al als brief.pdf." in row
    assert Document.objects.count() == 1


def test_without_javascript_it_is_said_above_the_page(browser, draft):
    same = make.pdf()
    upload(browser, draft, item=DocumentKind.VERWIJSBRIEF.value, name="brief.pdf", content=same)
    sent = SimpleUploadedFile("plan.pdf", same, "application/pdf")

    page = browser.post(address("intake-documents", draft), {"bestand-behandelplan": sent, "bewaar": "1"}, follow=True)

    assert "plan.pdf: dit bestand staat er al als brief.pdf." in text(page.content.decode())


def test_how_many_files_still_fit_is_counted_along(browser, indiener, insurer):
    filed = make.filed(indiener, insurer)
    assert "U kunt nog 40 bestanden toevoegen." in text(browser.get(address("extra-documents", filed)).content.decode())

    assert '<span id="ruimte">U kunt nog 39 bestanden toevoegen.</span>' in upload(browser, filed)


def test_a_document_that_answers_a_question_brings_its_state_up_to_date(browser, indiener, insurer, adviseur):
    asked = make.asked(indiener, insurer, adviseur)
    question = asked.items.get(number=1)

    row = upload(browser, asked.authorization, query=f"?vraag={question.pk}")

    assert f'<template data-replace="vraag-{question.pk}-stand">' in row
    assert "Beantwoord" in row
    assert "1 van 2 vragen heeft een antwoord" in row
