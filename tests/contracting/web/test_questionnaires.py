"""The questionnaire on the pages: kept while half filled in, all that lacks said at its field, judged and read."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from contracting.domain.conditions import CONDITIONS, Proof
from contracting.models import Questionnaire, QuestionnairePaper
from papers.models import File
from tests.factories import documents
from tests.factories.contracting import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_letters")]
HERE = "/contracten/vragenlijsten/"
ZBC = [one for one in CONDITIONS if one.code != "soncos"]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def answers(**changes):
    sent = {f"{one.code}_complies": "ja" for one in ZBC} | {"designated": "nee", "kvk_number": "9000 1234"}
    sent |= {"specialists": "3", "fte": "2,5", "satisfaction_on_0": "1", "satisfaction_on_1": "3"}
    return sent | {"satisfaction_on_2": "2026"} | changes


def files():
    wanted = [one.code for one in ZBC if one.proof is Proof.DOCUMENT and not one.designated]
    return {f"{code}_papers": SimpleUploadedFile(f"{code}.pdf", documents.pdf()) for code in wanted}


@pytest.fixture
def browser(organisatiebeheerder, log_in):
    return log_in(organisatiebeheerder)


@pytest.fixture
def made(browser, insurer):
    answer = browser.post(f"{HERE}nieuw/", {"insurer": insurer.pk, "kind": "zbc"})
    assert answer.status_code == 302
    return Questionnaire.objects.get()


def test_from_begin_to_outcome(made, browser, beheerder, log_in):
    page = f"{HERE}{made.pk}/"
    assert "13 punten" in browser.get(f"{page}invullen/").content.decode()
    answer = browser.post(f"{page}invullen/", answers(dien_in="1", wtzi_complies="nee"))
    assert answer.status_code == 422
    assert {"wtzi_explanation", "waarneming_papers"} <= set(answer.context["form"].errors)
    sent = browser.post(f"{page}invullen/", answers(dien_in="1") | files(), follow=True).content.decode()
    assert "Uw vragenlijst is ingediend." in sent and "Telt voor contractjaar 2028" in sent
    desk = log_in(beheerder)
    assert "Beoordeel de vragenlijst" in desk.get(page).content.decode()
    paper = QuestionnairePaper.objects.filter(condition="wtzi").get()
    file = desk.get(f"{page}stuk/{paper.pk}/")
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    verdicts = {f"{one.code}_judgement": "voldaan" for one in ZBC if not one.designated}
    wrong = desk.post(f"{page}beoordelen/", verdicts | {"wtzi_judgement": "niet_voldaan", "besluit": "1"})
    assert set(wrong.context["form"].errors) == {"wtzi_remark", "outcome", "motivation"}
    desk.post(f"{page}beoordelen/", verdicts | {"besluit": "1", "outcome": "aanbod", "motivation": "Alles klopt."})
    seen = browser.get(page).content.decode()
    assert "Wij willen afspraken maken" in seen and "Alles klopt." in seen
    assert browser.get(f"{page}brief/").status_code in (200, 302)  # the worker makes it
    assert desk.get(f"{page}beoordelen/").status_code == 302


def test_a_file_is_taken_away_and_the_rest_of_the_page_is_kept(made, browser):
    page = f"{HERE}{made.pk}/invullen/"
    browser.post(page, {"wtzi_papers": SimpleUploadedFile("wtzi.pdf", documents.pdf()), "fte": "2"})
    paper = QuestionnairePaper.objects.get()
    browser.post(page, {"verwijder": paper.pk, "fte": "3"})
    made.refresh_from_db()
    assert (QuestionnairePaper.objects.count(), File.objects.count(), made.fte) == (0, 0, 3)
    answer = browser.post(page, {"verwijder": paper.pk, "fte": "4"})
    assert answer.status_code == 422 and "al verwijderd" in answer.content.decode()


def test_bad_input_ends_in_words_and_what_was_typed_stays(made, browser):
    page = f"{HERE}{made.pk}/invullen/"
    typed = answers(
        kvk_number="12", fte="veel", satisfaction_on_0="31", satisfaction_on_1="2", wtzi_explanation="x" * 10_000
    )
    answer = browser.post(page, typed | {"vms_papers": SimpleUploadedFile("vms.docx", documents.word())})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"kvk_number", "fte", "satisfaction_on", "wtzi_explanation"}
    assert "veel" in answer.content.decode()
    answer = browser.post(page, answers() | {"vms_papers": SimpleUploadedFile("vms.docx", documents.word())})
    assert answer.status_code == 422 and "Word-bestand" in answer.content.decode()
    assert browser.post(f"{HERE}nieuw/", {"insurer": "999999", "kind": "kapper"}).status_code == 422


def test_another_organization_and_a_draft_give_404(made, beheerder, other_organisatiebeheerder, log_in):
    for somebody in (beheerder, other_organisatiebeheerder):
        browser = log_in(somebody)
        assert browser.get(f"{HERE}{made.pk}/").status_code == 404
        assert made.provider.name not in browser.get(HERE).content.decode()
    assert log_in(beheerder).post(f"{HERE}{made.pk}/beoordelen/", {}).status_code == 404


def test_the_desks_of_an_insurer(beheerder, log_in):
    browser = log_in(beheerder)
    assert browser.post("/contracten/loketten/", {"zbc": "geen adres"}).status_code == 422
    browser.post("/contracten/loketten/", {"zbc": "ZBC@verzekeraar.example"})
    assert browser.get("/contracten/loketten/").context["form"]["zbc"].value() == "zbc@verzekeraar.example"
