"""The document that is looked at: all its pages, turned, and the words in it."""

import pytest

from authorizations.domain.lifecycle import Status
from authorizations.web.views.review_viewer import turned
from papers import tasks
from papers.models import PageImage
from tests.factories import desk
from tests.factories import documents as make
from tests.papers import makers


@pytest.fixture
def document(indiener, insurer, noor):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    document = make.added(authorization, indiener, content=makers.pdf(3, text="Verslag psycholoog"))
    tasks.make_pages()
    return document


def case(document):
    return f"/beoordelen/{document.authorization.reference}/"


def look_for(browser, document, term, address="", **more):
    path = f"{case(document)}document/{document.pk}/zoeken/{address}"
    return browser.post(path, {"term": term, **more})


@pytest.mark.parametrize(
    ("turn", "measures", "corner"),
    [(0, (100, 200), (0, 0)), (1, (200, 100), (200, 0)), (2, (100, 200), (100, 200)), (3, (200, 100), (0, 100))],
)
def test_a_page_turns_to_the_right_within_its_own_sheet(turn, measures, corner):
    sheet = turned(100, 200, turn)
    assert (sheet.width, sheet.height) == measures
    assert sheet.transform == ("" if turn == 0 else f"translate({corner[0]} {corner[1]}) rotate({90 * turn})")


def test_words_are_found_with_the_pages_they_stand_on(log_in, noor, document):
    browser = log_in(noor)
    answer = look_for(browser, document, "PSYCHOLOOG 2")
    viewer = answer.context["viewer"]
    assert [(hit.number, hit.times) for hit in viewer["hits"]] == [(2, 1)]
    assert "Gevonden op 1 pagina." in answer.content.decode()
    onward = look_for(browser, document, "psycholoog 2", p="2")
    assert onward.context["viewer"]["page"] == 2
    assert '<mark class="mp-hit">psycholoog 2</mark>' in onward.content.decode()


def test_what_was_looked_for_stands_in_no_address(log_in, noor, document):
    body = look_for(log_in(noor), document, "psycholoog", "?doc=1&zoom=2").content.decode()
    assert "zoom=2" in body
    assert "=psycholoog" not in body and "/psycholoog" not in body


def test_pages_without_text_are_named(log_in, noor, document):
    page = PageImage.objects.get(file=document.file, number=3)
    page.text = ""
    page.save()
    body = look_for(log_in(noor), document, "huisarts").content.decode()
    assert "Niet gevonden in de tekst van dit document" in body
    assert "1 pagina heeft geen tekst die wij kunnen lezen." in body


def test_one_letter_is_too_little_and_stays_typed(log_in, noor, document):
    answer = look_for(log_in(noor), document, "p")
    assert answer.status_code == 422
    assert "Typ minstens 2 tekens om te zoeken." in answer.content.decode()
    assert 'value="p"' in answer.content.decode()


def test_only_a_document_of_this_request_is_searched(log_in, noor, document, indiener, insurer):
    other = make.added(desk.filed(indiener, insurer), indiener)
    answer = log_in(noor).post(f"{case(document)}document/{other.pk}/zoeken/", {"term": "brief"})
    assert answer.status_code == 302


def test_all_pages_in_a_row_when_asked_for(log_in, noor, document):
    browser = log_in(noor)
    answer = browser.get(case(document), {"strook": "1", "p": "2"})
    strip = answer.context["viewer"]["strip"]
    assert [(one.number, one.is_made, one.is_current) for one in strip] == [
        (1, True, False), (2, True, True), (3, True, False),
    ]  # fmt: skip
    small = f"/aanvragen/{document.authorization.reference}/documenten/{document.pk}/pagina/1-klein.webp"
    assert small in answer.content.decode()
