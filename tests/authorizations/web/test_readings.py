"""What is read in a document, proposed on the pages of both sides, and confirmed by a person."""

from datetime import date

import pytest

from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import DocumentKind
from authorizations.models import ReadingAnswer
from tests.authorizations.services.test_readings import read
from tests.factories import desk
from tests.factories import documents as make


def test_before_filing_a_provider_confirms_what_we_read(log_in, indiener, insurer):
    own = make.added(make.draft(indiener, insurer), indiener, DocumentKind.VERWIJSBRIEF)
    read(own)
    browser = log_in(indiener)
    address = f"/aanvragen/{own.authorization.reference}/documenten/"
    body = browser.get(address).content.decode()
    assert "In dit document staat, volgens ons:" in body
    assert f'name="klopt" value="{own.pk} dated"' in body
    answer = browser.post(address, {"klopt": f"{own.pk} dated"})
    assert answer.url == f"{address}#document-{own.pk}"
    own.refresh_from_db()
    assert own.dated_on == date(2026, 11, 3)
    body = browser.get(address).content.decode()
    assert f'name="klopt" value="{own.pk} dated"' not in body
    browser.post(address, {"kloptniet": f"{own.pk} signed"})
    assert set(ReadingAnswer.objects.values_list("feature", "is_right")) == {("dated", True), ("signed", False)}


@pytest.mark.parametrize("wrong", ["", "x dated", "999999 dated", "{} geen", "{}"])
def test_a_button_that_somebody_made_up_changes_nothing(log_in, indiener, insurer, wrong):
    own = make.added(make.draft(indiener, insurer), indiener, DocumentKind.VERWIJSBRIEF)
    read(own)
    answer = log_in(indiener).post(
        f"/aanvragen/{own.authorization.reference}/documenten/", {"klopt": wrong.format(own.pk)}
    )
    assert answer.status_code == 302
    assert not ReadingAnswer.objects.exists()


def test_a_later_document_is_confirmed_where_it_is_added(log_in, indiener, insurer):
    later = make.added(desk.filed(indiener, insurer), indiener, DocumentKind.VERWIJSBRIEF)
    read(later)
    browser = log_in(indiener)
    address = f"/aanvragen/{later.authorization.reference}/documenten/extra/"
    assert "In dit document staat, volgens ons:" in browser.get(address).content.decode()
    browser.post(address, {"klopt": f"{later.pk} dated"})
    later.refresh_from_db()
    assert later.dated_on == date(2026, 11, 3)


def test_an_advisor_checks_it_and_sees_where_it_differs(log_in, indiener, insurer, noor):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    document = make.added(taken, indiener, DocumentKind.VERWIJSBRIEF)
    document.features, document.dated_on = {"big_number": "no"}, date(2026, 11, 3)
    document.save()
    read(document)
    browser = log_in(noor)
    case = f"/beoordelen/{taken.reference}/"
    body = browser.get(case).content.decode()
    assert "Anders dan ingevuld" in body
    assert "BIG-nummer: ingevuld is “nee”, maar wij lezen op pagina 1: 89012345601." in body
    answer = browser.post(f"{case}document/{document.pk}/gelezen/?doc=1", {"kloptniet": "big_number"})
    assert answer.url == f"{case}?doc=1#gelezen"
    assert "Anders dan ingevuld" not in browser.get(case).content.decode()
    assert browser.post(f"{case}document/{document.pk}/gelezen/", {"klopt": "x"}).status_code == 302
