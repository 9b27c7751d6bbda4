"""Marking places on the pages of both sides, and reading per criterion."""

import pytest

from authorizations.domain.lifecycle import Status
from authorizations.models import EvidencePin
from authorizations.services import pins
from papers import tasks
from tests.factories import desk
from tests.factories import documents as make

DRAWN = {"part": "drawn", "drawn": "0.1,0.2,0.5,0.3"}


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def document(taken, indiener):
    document = make.added(taken, indiener, content=make.pdf(3), name="verslag.pdf")
    tasks.make_pages()
    return document


def case(document, more=""):
    return f"/beoordelen/{document.authorization.reference}/{more}"


def mark(browser, document, page=2, **given):
    fields = {f"plaats-{name}": value for name, value in {"criterion": "c1", "note": "", **DRAWN, **given}.items()}
    return browser.post(case(document, f"document/{document.pk}/pagina/{page}/markeren/?doc=1&p={page}"), fields)


def test_an_advisor_marks_and_reads_it_at_the_criterion(log_in, noor, document):
    browser = log_in(noor)
    answer = mark(browser, document, note="Het hele traject")
    assert answer.url == case(document, "?doc=1&p=2&criterium=c1#pagina")
    body = browser.get(answer.url).content.decode()
    assert "1 plaats gemarkeerd" in body
    assert "Verwijsbrief van een arts, bladzijde 2, bovenaan" in body
    assert 'class="mp-crop" viewBox="120 339 480 ' in body
    assert 'x="0.1000" y="0.2000" width="0.4000" height="0.1000"' in body
    pin = EvidencePin.objects.get()
    assert f"plaats={pin.pk}#pagina" in body
    browser.post(case(document, f"plaatsen/{pin.pk}/verwijderen/"))
    assert not EvidencePin.objects.exists()


def test_without_a_script_a_part_is_chosen(log_in, noor, document):
    assert mark(log_in(noor), document, part="bottom", drawn="").status_code == 302
    assert EvidencePin.objects.get().region.words == "onderaan"


def test_what_was_typed_stays_when_nothing_was_drawn(log_in, noor, document):
    answer = mark(log_in(noor), document, drawn="", note="Hier staat het")
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Teken een vak op de pagina, of kies een deel van de pagina." in body
    assert "Hier staat het</textarea>" in body


def test_who_does_not_have_the_request_marks_nothing(log_in, ravi, document):
    browser = log_in(ravi)
    assert 'id="markeren"' not in browser.get(case(document)).content.decode()
    assert mark(browser, document).status_code == 422
    assert not EvidencePin.objects.exists()


def test_a_provider_marks_and_the_advisor_takes_it_over(log_in, indiener, noor, document):
    browser, advisor = log_in(indiener), log_in(noor)
    address = f"/aanvragen/{document.authorization.reference}/documenten/{document.pk}/"
    assert "Markeer een plaats op pagina 3" in browser.get(address).content.decode()
    fields = {"plaats3-criterion": "c1", "plaats3-part": "top", "plaats3-note": "Zie de kop"}
    answer = browser.post(f"{address}pagina/3/markeren/", fields)
    assert answer.url == f"{address}?pagina=1#pagina-3"
    assert "Criterium 1, bovenaan. Zie de kop" in browser.get(address).content.decode()
    pin = EvidencePin.objects.get()
    assert "Van de zorgaanbieder" in advisor.get(case(document, "?criterium=c1")).content.decode()
    advisor.post(case(document, f"plaatsen/{pin.pk}/overnemen/"))
    assert set(EvidencePin.objects.values_list("side", flat=True)) == {"provider", "insurer"}
    assert browser.get(address).content.decode().count("Criterium 1, bovenaan") == 1
    browser.post(f"/aanvragen/{document.authorization.reference}/plaatsen/{pin.pk}/verwijderen/")
    assert EvidencePin.objects.get().side == "insurer"


def test_a_new_version_says_that_the_mark_belongs_to_the_older_one(log_in, indiener, noor, taken, document):
    browser = log_in(noor)
    mark(browser, document)
    make.added(taken, indiener, content=make.pdf(3, seed="nieuw"), replaces_id=document.pk)
    body = browser.get(case(document, "?criterium=c1")).content.decode()
    assert "Hoort bij een oudere versie" in body
    assert f"versie={document.pk}" in body
    assert "Gemarkeerd op deze pagina" not in browser.get(case(document, "?p=2")).content.decode()


def test_pins_of_another_request_are_not_found(log_in, indiener, insurer, noor, document):
    other = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    foreign = make.added(other, indiener, content=make.pdf(2))
    region = pins.rules.REGIONS[pins.rules.Part.WHOLE]
    pin = pins.mark(document_id=foreign.pk, criterion="c1", page=1, region=region, by=noor, now=desk.NOW)
    assert log_in(noor).post(case(document, f"plaatsen/{pin.pk}/verwijderen/")).status_code == 404
