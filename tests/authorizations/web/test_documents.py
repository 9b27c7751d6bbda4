"""The pages on which documents come in, without JavaScript, and the answers to upload.js."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import DocumentKind, Origin
from authorizations.models import ChecklistAnswer, Document
from authorizations.services import documents as service
from tests.factories import documents as make

K = DocumentKind
DOCX = make.word()


@pytest.fixture
def browser(log_in, indiener):
    return log_in(indiener)


def address(name, authorization, *more):
    return reverse(f"authorizations:{name}", args=[authorization.reference, *more])


def file(content, name="brief.pdf"):
    return SimpleUploadedFile(name, content)


def text(answer):
    return answer.content.decode()


# -- the step of the checklist -----------------------------------------------------------------------------------------


def test_the_checklist_says_what_is_asked_why_and_how_far_one_is(browser, draft, indiener):
    make.added(draft, indiener)
    page = text(browser.get(address("intake-documents", draft)))
    assert "1 van 6 documenten compleet" in page
    assert "Uit de verwijsbrief blijkt dat een arts de patiënt naar MSR verwijst." in page
    assert "Zilveren Kruis, Aanvraag niet-gecontracteerde MSR: welke informatie, 1 en 6" in page
    assert page.count("Nog toevoegen") == 5
    assert "K. V. (1981)" in page
    assert "Voorbeeld" not in page


def test_one_post_brings_several_files_for_several_items_and_goes_on(browser, draft):
    answer = browser.post(
        address("intake-documents", draft),
        {
            "bestand-verwijsbrief": file(make.pdf()),
            "bestand-brieven_eerste_lijn": [file(make.pdf(), "a.pdf"), file(make.picture(), "b.png")],
            "reden-huisartsenjournaal-reason": "De patiënt heeft geen huisarts.",
            "verder": "1",
        },
    )
    assert answer.status_code == 302
    assert answer.url == reverse("authorizations:intake-step", args=[draft.reference, "toestemming"])
    assert Document.objects.count() == 3
    assert ChecklistAnswer.objects.get().absent_reason == "De patiënt heeft geen huisarts."


@pytest.mark.parametrize(("button", "where"), [("later", "/aanvragen/"), ("bewaar", None), ("verder", "toestemming")])
def test_each_button_keeps_everything(browser, draft, button, where):
    here = address("intake-documents", draft)
    answer = browser.post(here, {"bestand-verwijsbrief": file(make.pdf()), button: "1"})
    assert answer.status_code == 302
    assert (where or here) in answer.url
    assert Document.objects.count() == 1


def test_who_came_from_the_check_goes_back_to_it(browser, draft):
    answer = browser.post(f"{address('intake-documents', draft)}?terug=controle", {"verder": "1"})
    assert answer.url == address("intake-check", draft)


BAD_FILES = {
    "a Word file": (DOCX, "verslag psycholoog.docx", "Word-bestand"),
    "a Word file that says pdf": (DOCX, "verslag.pdf", "Word-bestand"),
    "a text that says pdf": (b"gewoon tekst", "verslag.pdf", "pdf"),
    "nothing": (b"", "leeg.pdf", "leeg"),
    "a locked pdf": (None, "brief.pdf", "wachtwoord"),
    "half a pdf": (b"%PDF-1.7\n1 0 obj\n<<", "half.pdf", "half.pdf"),
    "half a picture": (make.picture("jpeg")[:200], "scan.jpg", "scan.jpg"),
    "a web page that says png": (b"<html><script>alert(1)</script></html>", "x.png", "x.png"),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_file_says_why_and_what_to_do_and_costs_the_others_nothing(browser, draft, what):
    content, name, words = BAD_FILES[what]
    bad = file(make.pdf(password="geheim") if content is None else content, name)
    answer = browser.post(
        address("intake-documents", draft),
        {
            "bestand-verwijsbrief": [bad, file(make.pdf(), "goed.pdf")],
            "bestand-behandelplan": file(make.pdf(), "plan.pdf"),
            "reden-huisartsenjournaal-reason": "De patiënt heeft geen huisarts.",
            "verder": "1",
        },
    )
    page = text(answer)
    assert answer.status_code == 422
    assert "Fout: Documenten toevoegen" in page
    assert words.lower() in re.sub(r"\s+", " ", page).lower()
    assert 'href="#bestand-verwijsbrief"' in page
    assert {document.file.name for document in Document.objects.select_related("file")} == {"goed.pdf", "plan.pdf"}
    assert ChecklistAnswer.objects.count() == 1


def test_an_item_with_only_a_bad_file_says_that_it_does_not_work_yet(browser, draft):
    page = text(browser.post(address("intake-documents", draft), {"bestand-verwijsbrief": file(b"x", "a.pdf")}))
    assert "Lukt nog niet" in page
    assert 'data-state="error"' in page


def test_a_file_too_big_says_how_big(browser, draft):
    big = file(make.pdf() + b" " * (26 * 1024 * 1024), "journaal.pdf")
    answer = browser.post(address("intake-documents", draft), {"bestand-huisartsenjournaal": big})
    assert answer.status_code == 422
    assert "25 MB" in text(answer)
    assert not Document.objects.exists()


def test_a_reason_too_long_is_kept_on_the_page(browser, draft):
    typed = "Zo zit het. " * 200
    answer = browser.post(address("intake-documents", draft), {"reden-huisartsenjournaal-reason": typed})
    assert answer.status_code == 422
    assert "te lang. Er passen 2.000 tekens." in text(answer)
    assert typed.strip() in text(answer)
    assert not ChecklistAnswer.objects.exists()


def test_a_document_is_described(browser, draft, indiener):
    document = make.added(draft, indiener)
    prefix = f"d{document.pk}"
    browser.post(
        address("intake-documents", draft),
        {
            "beschreven": document.pk,
            f"{prefix}-kinds": ["verwijsbrief", "behandelplan"],
            f"{prefix}-dated_on_0": "3 oktober 2026",
            f"{prefix}-signed": "no",
            f"{prefix}-big_number": "not_applicable",
            f"{prefix}-profession": "open",
        },
    )
    document.refresh_from_db()
    assert document.features == {"signed": "no", "big_number": "not_applicable"}
    assert str(document.dated_on) == "2026-10-03"
    assert service.kinds_of(document) == {K.VERWIJSBRIEF, K.BEHANDELPLAN}
    page = text(browser.get(address("intake-documents", draft)))
    assert "U geeft aan dat dit ontbreekt: ondertekening." in page
    assert "Dit bestand staat ook bij: Verwijsbrief van een arts." in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [("31 2 2026", "bestaande datum"), ("1 1 2199", "ligt in de toekomst"), ("\x00", None), ("<b>", "bestaande datum")],
)
def test_a_wrong_date_costs_nothing_else(browser, draft, indiener, typed, words):
    document = make.added(draft, indiener)
    day, month, year = [*typed.split(), "", ""][:3]
    prefix = f"d{document.pk}"
    answer = browser.post(
        address("intake-documents", draft),
        {
            "beschreven": document.pk,
            f"{prefix}-kinds": "verwijsbrief",
            f"{prefix}-dated_on_0": day,
            f"{prefix}-dated_on_1": month,
            f"{prefix}-dated_on_2": year,
            "bestand-behandelplan": file(make.pdf()),
        },
    )
    assert answer.status_code == (422 if words else 302)
    assert words is None or (
        words in text(answer) and f'value="{day}"'.replace("<", "&lt;").replace(">", "&gt;") in text(answer)
    )
    assert Document.objects.count() == 2


def test_a_document_is_removed_and_everything_else_is_kept(browser, draft, indiener):
    document = make.added(draft, indiener, name="fout.pdf")
    answer = browser.post(
        address("intake-documents", draft),
        {"verwijder": f"{document.pk} verwijsbrief", "bestand-behandelplan": file(make.pdf())},
        follow=True,
    )
    assert "fout.pdf is verwijderd." in text(answer)
    assert Document.objects.filter(removed_at=None).count() == 1


def test_a_file_at_two_items_is_removed_from_each_by_itself(browser, draft, indiener):
    document = make.added(draft, indiener, K.VERWIJSBRIEF, K.BEHANDELPLAN, name="brief.pdf")
    page = address("intake-documents", draft)
    assert str(browser.get(page).content).count(f'name="verwijder" value="{document.pk} ') == 2
    answer = browser.post(page, {"verwijder": f"{document.pk} verwijsbrief"}, follow=True)
    left = "brief.pdf staat niet meer bij Verwijsbrief van een arts. Het bestand blijft staan bij Behandelplan."
    assert left in text(answer)
    assert service.kinds_of(Document.objects.get(removed_at=None)) == {K.BEHANDELPLAN}
    answer = browser.post(page, {"verwijder": f"{document.pk} behandelplan"}, follow=True)
    assert "brief.pdf is verwijderd." in text(answer)
    assert not Document.objects.filter(removed_at=None).exists()


def test_a_document_of_another_draft_is_not_removed(browser, draft, indiener, insurer):
    elsewhere = make.added(make.draft(indiener, insurer), indiener)
    browser.post(address("intake-documents", draft), {"verwijder": f"{elsewhere.pk} verwijsbrief"})
    elsewhere.refresh_from_db()
    assert elsewhere.removed_at is None


def test_a_document_is_replaced_in_a_draft(browser, draft, indiener):
    old = make.added(draft, indiener)
    browser.post(address("intake-documents", draft), {f"nieuw-{old.pk}": file(make.pdf(), "beter.pdf")})
    assert Document.objects.get(replaces=old).file.name == "beter.pdf"
    assert "beter.pdf" in text(browser.get(address("intake-documents", draft)))


def test_sending_the_same_page_twice_adds_nothing_twice(browser, draft):
    content = make.pdf()
    for _ in range(2):
        browser.post(address("intake-documents", draft), {"bestand-verwijsbrief": file(content)})
    assert Document.objects.count() == 1


def test_after_filing_the_step_leads_to_the_status(browser, indiener, insurer):
    filed = make.filed(indiener, insurer)
    answer = browser.post(address("intake-documents", filed), {"bestand-verwijsbrief": file(make.pdf())})
    assert answer.url == address("request-detail", filed)
    assert not Document.objects.exists()


# -- upload.js ---------------------------------------------------------------------------------------------------------


def test_upload_js_gets_the_row_the_state_of_the_item_and_the_meter(browser, draft):
    answer = browser.post(address("document-upload", draft), {"file": file(make.pdf(2)), "item": "verwijsbrief"})
    assert answer.status_code == 200
    page = text(answer)
    assert page.lstrip().startswith("<li")
    assert "brief.pdf" in page
    assert '<template data-replace="kop-verwijsbrief">' in page
    assert "Compleet" in page
    assert "1 van 6 documenten compleet" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Kies een bestand."), ({"file": lambda: file(DOCX, "a.docx"), "item": "verwijsbrief"}, "Word-bestand")],
)
def test_upload_js_gets_the_reason_of_a_refusal(browser, draft, data, words):
    data = {name: value() if callable(value) else value for name, value in data.items()}
    answer = browser.post(address("document-upload", draft), data)
    assert answer.status_code == 422
    assert words in answer.json()["message"]


@pytest.mark.parametrize("item", ["", "onzin", "\x00", "volmacht"])
def test_an_upload_for_an_item_that_does_not_exist_is_an_other_document(browser, draft, item):
    assert browser.post(address("document-upload", draft), {"file": file(make.pdf()), "item": item}).status_code == 200
    assert service.kinds_of(Document.objects.get()) == {K.OVERIG}


def test_upload_js_answers_a_question(browser, indiener, insurer, adviseur):
    item = make.asked(indiener, insurer, adviseur).items.first()
    authorization = item.information_request.authorization
    answer = browser.post(f"{address('document-upload', authorization)}?vraag={item.pk}", {"file": file(make.pdf())})
    assert answer.status_code == 200
    assert item.documents.count() == 1


# -- more documents for a request that was filed -----------------------------------------------------------------------


def test_documents_are_added_to_a_filed_request(browser, indiener, insurer):
    filed = make.filed(indiener, insurer)
    answer = browser.post(
        address("extra-documents", filed), {"bestand": [file(make.pdf()), file(make.pdf(), "b.pdf")], "klaar": "1"}
    )
    assert answer.url == address("request-detail", filed)
    assert list(Document.objects.values_list("origin", flat=True)) == [Origin.OWN_INITIATIVE] * 2
    assert "Op eigen initiatief" in text(browser.get(answer.url))


def test_a_bad_extra_file_is_named_and_the_good_one_is_kept(browser, indiener, insurer):
    filed = make.filed(indiener, insurer)
    answer = browser.post(address("extra-documents", filed), {"bestand": [file(DOCX, "x.docx"), file(make.pdf())]})
    assert answer.status_code == 422
    assert "Word-bestand" in text(answer)
    assert Document.objects.count() == 1


def test_a_new_version_after_filing(browser, indiener, insurer):
    filed = make.filed(indiener, insurer)
    old = make.added(filed, indiener, K.BEHANDELPLAN)
    page = f"{address('extra-documents', filed)}?vervangt={old.pk}"
    assert "Nieuwe versie van brief.pdf" in text(browser.get(page))
    browser.post(page, {"bestand": file(make.pdf(), "plan 2.pdf")})
    new = Document.objects.get(replaces=old)
    assert service.kinds_of(new) == {K.BEHANDELPLAN}
    status = text(browser.get(address("request-detail", filed)))
    assert "plan 2.pdf" in status
    assert "brief.pdf" not in status
    assert browser.get(address("document-view", filed, old.pk)).status_code == 200


def test_a_new_version_without_a_file_is_no_new_version(browser, indiener, insurer):
    filed = make.filed(indiener, insurer)
    old = make.added(filed, indiener)
    answer = browser.post(f"{address('extra-documents', filed)}?vervangt={old.pk}", {"klaar": "1"})
    assert answer.status_code == 422
    assert "Kies het bestand van de nieuwe versie." in text(answer)


@pytest.mark.parametrize(("status", "words"), [(Status.DENIED, "heroverweging"), (Status.WITHDRAWN, "ingetrokken")])
def test_after_the_end_the_page_says_where_documents_can_go(browser, indiener, insurer, status, words):
    closed = make.filed(indiener, insurer, status)
    assert words in text(browser.get(address("extra-documents", closed)))
    answer = browser.post(address("extra-documents", closed), {"bestand": file(make.pdf())})
    assert answer.status_code == 422
    assert not Document.objects.exists()


# -- who may -----------------------------------------------------------------------------------------------------------


# Staff of an insurer type over what came by post, and find nothing else here.
@pytest.mark.parametrize(
    ("name", "of_staff"), [("intake-documents", 404), ("document-upload", 404), ("extra-documents", 403)]
)
@pytest.mark.parametrize(("who", "code"), [("other_indiener", 404), ("lezer", 403), ("adviseur", None)])
def test_only_who_fills_in_comes_here(request, log_in, draft, name, of_staff, who, code):
    browser = log_in(request.getfixturevalue(who))
    data = {"bestand-verwijsbrief": file(make.pdf()), "bestand": file(make.pdf()), "file": file(make.pdf())}
    assert browser.post(address(name, draft), data).status_code == (code or of_staff)
    assert not Document.objects.exists()


# -- saving as typed ---------------------------------------------------------------------------------------------------


def described(document, *, kinds, shown, **more):
    prefix = f"d{document.pk}"
    return {
        "beschreven": document.pk,
        f"{prefix}-kinds": kinds,
        f"{prefix}-shown": shown,
        **{f"{prefix}-{k}": v for k, v in more.items()},
    }


def test_an_older_page_takes_away_only_the_items_that_it_showed(browser, draft):
    content = make.pdf()
    browser.post(address("document-upload", draft), {"file": file(content), "item": "verwijsbrief"})
    document = Document.objects.get()
    again = {"file": file(content), "item": "behandelplan"}
    answer = text(browser.post(address("document-upload", draft), again))
    assert f'data-tick="d{document.pk}-kinds" data-value="behandelplan"' in answer
    browser.post(address("intake-documents", draft), described(document, kinds="verwijsbrief", shown="verwijsbrief"))
    assert service.kinds_of(document) == {K.VERWIJSBRIEF, K.BEHANDELPLAN}
    both = "behandelplan verwijsbrief"
    browser.post(address("intake-documents", draft), described(document, kinds="verwijsbrief", shown=both))
    assert service.kinds_of(document) == {K.VERWIJSBRIEF}


def test_what_is_typed_is_kept_and_a_wrong_date_stops_only_itself(browser, draft, indiener):
    document = make.added(draft, indiener)
    reason = {"reden-huisartsenjournaal-reason": "Er is geen huisarts."}
    data = described(
        document, kinds=["verwijsbrief", "behandelplan"], shown="verwijsbrief", signed="no", dated_on_0="31 2 2026"
    )
    answer = browser.post(address("documents-autosave", draft), {**data, **reason})
    assert answer.status_code == 422
    assert "Nog niet alles is bewaard." in answer.json()["message"]
    assert answer.json()["fields"] == {f"d{document.pk}-shown": "verwijsbrief behandelplan"}
    document.refresh_from_db()
    assert document.features == {"signed": "no"}
    assert document.dated_on is None
    assert service.kinds_of(document) == {K.VERWIJSBRIEF, K.BEHANDELPLAN}
    assert ChecklistAnswer.objects.get().absent_reason == "Er is geen huisarts."
    right = described(document, kinds=[], shown="verwijsbrief behandelplan", dated_on_0="3 oktober 2026")
    assert browser.post(address("documents-autosave", draft), right).status_code == 200
    document.refresh_from_db()
    assert str(document.dated_on) == "2026-10-03"
    assert service.kinds_of(document) == {K.VERWIJSBRIEF, K.BEHANDELPLAN}
