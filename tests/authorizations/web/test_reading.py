"""Reading documents: the pages as pictures, their text, and the file itself."""

import pytest
from django.urls import reverse

from authorizations.domain.terms import DocumentKind, DocumentVerdict
from authorizations.services import documents
from papers.models import File, PageImage
from tests.factories import documents as make
from tests.journeys.addresses import said


@pytest.fixture
def document(indiener, insurer):
    return make.added(make.filed(indiener, insurer), indiener, content=make.pdf(2), name="brief.pdf")


@pytest.fixture
def paged(document):
    """The document when the worker has made its pages."""
    from papers import tasks

    tasks.make_pages()
    document.file.refresh_from_db()
    return document


def address(document, name="document-view", *more):
    return reverse(f"authorizations:{name}", args=[document.authorization.reference, document.pk, *more])


def code(browser, path):
    answer = browser.get(path)
    said(answer)
    return answer.status_code


def test_while_the_pages_are_being_made_the_page_says_so(log_in, indiener, document):
    page = log_in(indiener).get(address(document)).content.decode()
    assert "Wij maken de pagina’s klaar." in page
    assert f'href="{address(document)}">Bekijk opnieuw' in page
    assert address(document, "document-original") in page


def test_the_pages_are_shown_with_their_text(log_in, indiener, paged):
    page = PageImage.objects.get(file=paged.file, number=2)
    page.text = "Geachte collega"
    page.save()
    page = log_in(indiener).get(address(paged)).content.decode()
    assert "Wij maken de pagina’s klaar." not in page
    assert "Pagina 2 van 2" in page
    assert "Geachte collega" in page
    assert address(paged, "document-page", 2) in page


def test_each_version_shows_its_own_verdict_and_the_older_one_leads_to_the_newer(log_in, indiener, adviseur, document):
    reason = "Er staat geen datum op."
    documents.judge(document_id=document.pk, verdict=DocumentVerdict.INCOMPLETE, note=reason, by=adviseur, now=make.NOW)
    browser = log_in(indiener)
    assert reason in browser.get(address(document)).content.decode()
    newer = make.added(document.authorization, indiener, content=make.pdf(2), replaces_id=document.pk)
    body = browser.get(address(newer)).content.decode()
    assert reason not in body and "oudere versie" not in body
    body = browser.get(address(document)).content.decode()
    assert reason in body
    assert "Dit is een oudere versie" in body and address(newer) in body


def test_when_making_pages_fails_the_original_is_still_there(log_in, indiener, document):
    File.objects.update(gave_up_at=make.NOW)
    assert "niet gelukt om de pagina’s te tonen" in log_in(indiener).get(address(document)).content.decode()


@pytest.mark.asvs("14.3.2")
def test_a_page_is_a_picture_that_no_cache_keeps(log_in, indiener, paged):
    answer = log_in(indiener).get(address(paged, "document-page", 1))
    assert answer["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert "no-store" in answer["Cache-Control"]
    assert log_in(indiener).get(address(paged, "document-page", 3)).status_code == 404


def test_who_asks_for_a_page_first_draws_it_and_a_small_one_waits_for_the_worker(log_in, indiener, document):
    browser = log_in(indiener)
    assert code(browser, address(document, "document-small-page", 2)) == 404
    assert code(browser, address(document, "document-page", 2)) == 200
    assert list(PageImage.objects.values_list("number", flat=True)) == [2]
    small = browser.get(address(document, "document-small-page", 2))
    assert small["Content-Type"] == "image/webp"
    assert len(b"".join(small.streaming_content)) > 20


@pytest.mark.asvs("3.2.1")
def test_the_original_is_to_take_home_and_never_opens_here(log_in, indiener, document):
    answer = log_in(indiener).get(address(document, "document-original"))
    assert answer["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("who", ["lezer", "behandelaar", "adviseur"])
def test_who_may_read_content_reads_it(request, log_in, paged, who):
    browser = log_in(request.getfixturevalue(who))
    for name, more in (
        ("document-view", ()),
        ("document-page", (1,)),
        ("document-small-page", (1,)),
        ("document-original", ()),
    ):
        assert code(browser, address(paged, name, *more)) == 200


@pytest.mark.parametrize(
    "who", ["other_indiener", "other_adviseur", "organisatiebeheerder", "medewerker", "coordinator", "beheerder"]
)
def test_who_may_not_read_content_finds_nothing(request, log_in, paged, who):
    browser = log_in(request.getfixturevalue(who))
    for name, more in (
        ("document-view", ()),
        ("document-page", (1,)),
        ("document-small-page", (1,)),
        ("document-original", ()),
    ):
        assert code(browser, address(paged, name, *more)) == 404


def test_an_advisor_sees_no_document_of_a_draft(log_in, indiener, insurer, adviseur):
    document = make.added(make.draft(indiener, insurer), indiener)
    assert log_in(adviseur).get(address(document)).status_code == 404


def test_what_was_removed_from_a_draft_is_gone(log_in, indiener, insurer):
    document = make.added(make.draft(indiener, insurer), indiener)
    documents.remove(document_id=document.pk, kind=DocumentKind.VERWIJSBRIEF, by=indiener, now=make.NOW)
    assert log_in(indiener).get(address(document)).status_code == 404


def test_a_document_is_only_found_at_its_own_request(log_in, indiener, insurer, document):
    other = make.filed(indiener, insurer)
    path = reverse("authorizations:document-view", args=[other.reference, document.pk])
    assert log_in(indiener).get(path).status_code == 404


def test_without_logging_in_there_is_the_log_in_page(client, document):
    assert client.get(address(document, "document-original")).url.startswith(reverse("account_login"))
