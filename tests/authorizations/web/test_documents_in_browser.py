"""Documents in a real browser: with and without JavaScript, wide and narrow, and what axe says of every page."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import DocumentKind, DocumentVerdict
from authorizations.models import Document
from authorizations.services import documents as service
from papers import tasks
from papers.models import File
from tests.browser import violations
from tests.factories import authorizations
from tests.factories import documents as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(chromium, live_server, log_in):
    """Return a function that opens a page as somebody; afterwards nothing may have gone wrong on it."""
    complaints, contexts = [], []

    def open_page(who, path: str, *, javascript: bool = True) -> Page:
        context = chromium.new_context(java_script_enabled=javascript, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        if who:
            cookie = log_in(who).cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def address(name, authorization, *more):
    return reverse(f"authorizations:{name}", args=[authorization.reference, *more])


def box(page: Page, kind: DocumentKind):
    return page.locator(f"#bestand-{kind.value}")


def paper(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_files_come_in_one_by_one_with_their_own_progress(visit, draft, indiener, tmp_path):
    page = visit(indiener, address("intake-documents", draft))
    good = paper(tmp_path, "brief (ondertekend) é.pdf", make.pdf())
    bad = paper(tmp_path, "liegt.pdf", make.word())
    box(page, DocumentKind.VERWIJSBRIEF).set_input_files([good, bad])
    item = page.locator("#item-verwijsbrief")
    expect(item.get_by_role("link", name=good.name)).to_be_visible()
    expect(item.locator(".mp-file--error")).to_contain_text("Word-bestand")
    expect(page.locator("#kop-verwijsbrief")).to_contain_text("Compleet")
    expect(page.locator("#voortgang")).to_contain_text("1 van 6 documenten compleet")
    expect(page.get_by_role("status").filter(has_text="1 bestand toegevoegd. 1 bestand lukte niet.")).to_be_attached()
    item.get_by_role("button", name=f"Verwijder {bad.name}").click()
    expect(item.locator(".mp-file--error")).to_have_count(0)
    page.get_by_role("button", name="Bewaar en ga later verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanvragen")
    assert Document.objects.count() == 1


def test_a_file_that_the_line_lost_is_tried_again(visit, draft, indiener, tmp_path):
    page = visit(indiener, address("intake-documents", draft))
    failures = iter([True])
    upload = re.compile("/documenten/toevoegen/")
    page.route(upload, lambda route: route.abort() if next(failures, False) else route.continue_())
    box(page, DocumentKind.BEHANDELPLAN).set_input_files(paper(tmp_path, "plan.pdf", make.pdf()))
    expect(page.locator("#kop-behandelplan")).to_contain_text("Lukt nog niet")
    page.get_by_role("button", name="Probeer opnieuw plan.pdf").click()
    expect(page.locator("#kop-behandelplan")).to_contain_text("Compleet")
    assert Document.objects.count() == 1


def test_while_a_file_is_on_its_way_the_item_says_so_and_it_can_be_stopped(visit, draft, indiener, tmp_path):
    page = visit(indiener, address("intake-documents", draft))
    held = []
    page.route(re.compile("/documenten/toevoegen/"), lambda route: held.append(route))
    box(page, DocumentKind.BEHANDELPLAN).set_input_files(paper(tmp_path, "plan.pdf", make.pdf()))
    expect(page.locator("#kop-behandelplan")).to_contain_text("Bezig met uploaden")
    page.get_by_role("button", name="Stop plan.pdf").click()
    expect(page.locator("#kop-behandelplan")).to_contain_text("Nog toevoegen")
    expect(page.locator("#item-behandelplan .mp-file")).to_have_count(0)
    assert not Document.objects.exists()


def test_what_was_just_uploaded_can_be_described_at_once(visit, draft, indiener, tmp_path):
    page = visit(indiener, address("intake-documents", draft))
    box(page, DocumentKind.VERWIJSBRIEF).set_input_files(paper(tmp_path, "brief.pdf", make.pdf()))
    item = page.locator("#item-verwijsbrief")
    item.get_by_text("Gegevens van dit document").click()
    item.get_by_label("Ondertekening").select_option("no")
    item.get_by_role("checkbox", name="Behandelplan").check()
    item.get_by_label("Dag").fill("3 oktober 2026")
    item.get_by_label("Dag").press("Enter")
    expect(page.get_by_text("U geeft aan dat dit ontbreekt: ondertekening.").first).to_be_visible()
    document = Document.objects.get()
    assert document.removed_at is None
    assert service.kinds_of(document) == {DocumentKind.VERWIJSBRIEF, DocumentKind.BEHANDELPLAN}


def test_a_file_at_two_items_is_taken_from_one(visit, draft, indiener, tmp_path):
    page = visit(indiener, address("intake-documents", draft))
    file = paper(tmp_path, "brief.pdf", make.pdf())
    for kind in (DocumentKind.VERWIJSBRIEF, DocumentKind.BEHANDELPLAN):
        box(page, kind).set_input_files(file)
        expect(page.locator(f"#item-{kind.value}").get_by_role("link", name=file.name)).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Verwijder brief.pdf bij Behandelplan").click()
    expect(page.get_by_text("Het bestand blijft staan bij Verwijsbrief van een arts.")).to_be_visible()
    expect(page.locator("#item-behandelplan .mp-file")).to_have_count(0)
    page.get_by_role("button", name="Verwijder brief.pdf").click()
    expect(page.get_by_text("brief.pdf is verwijderd.")).to_be_visible()


def test_a_file_has_its_form_once_though_it_came_at_a_later_item_first(visit, draft, indiener, tmp_path):
    page = visit(indiener, address("intake-documents", draft))
    file = paper(tmp_path, "brief.pdf", make.pdf())
    for kind in (DocumentKind.BEHANDELPLAN, DocumentKind.VERWIJSBRIEF):
        box(page, kind).set_input_files(file)
        expect(page.locator(f"#item-{kind.value}").get_by_role("link", name=file.name)).to_be_visible()
    expect(page.get_by_text("Dit bestand staat ook bij: Behandelplan.")).to_be_visible()
    item = page.locator("#item-behandelplan")
    item.get_by_text("Gegevens van dit document").click()
    item.get_by_label("Dag").fill("3 oktober 2026")
    page.get_by_role("button", name="Bewaar en ga later verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanvragen")
    document = Document.objects.get()
    assert document.dated_on == date(2026, 10, 3)
    assert service.kinds_of(document) == {DocumentKind.VERWIJSBRIEF, DocumentKind.BEHANDELPLAN}


def test_without_javascript_it_all_works_too(visit, draft, indiener, tmp_path):
    page = visit(indiener, address("intake-documents", draft), javascript=False)
    good = [paper(tmp_path, f"{number}.pdf", make.pdf()) for number in (1, 2)]
    box(page, DocumentKind.BRIEVEN_EERSTE_LIJN).set_input_files([*good, paper(tmp_path, "x.docx", make.word())])
    page.locator("#item-huisartsenjournaal").get_by_text("Ik heb dit document niet").click()
    page.locator("#item-huisartsenjournaal").get_by_label(re.compile("Waarom")).fill("De patiënt heeft geen huisarts.")
    page.get_by_role("button", name="Bewaar en ga door").click()
    expect(page.get_by_role("alert")).to_contain_text("Word-bestand")
    expect(page.locator("#voortgang")).to_contain_text("2 van 6 documenten compleet")
    page.get_by_role("button", name="Verwijder 1.pdf").click()
    expect(page.get_by_text("1.pdf is verwijderd.")).to_be_visible()
    assert Document.objects.filter(removed_at=None).count() == 1


def test_an_answer_gets_its_document_with_one_choice(visit, indiener, insurer, adviseur, tmp_path):
    asked = make.asked(indiener, insurer, adviseur, number=1)
    item = asked.items.get()
    page = visit(indiener, address("answer-questions", asked.authorization))
    page.locator(f"#bestand-{item.pk}").set_input_files(paper(tmp_path, "verslag.pdf", make.pdf()))
    expect(page.get_by_role("link", name="verslag.pdf")).to_be_visible()
    page.get_by_role("button", name="Antwoorden versturen").click()
    expect(page.get_by_text("Uw antwoorden zijn verstuurd.")).to_be_visible()
    asked.authorization.refresh_from_db()
    assert asked.authorization.status == Status.ANSWERED


def test_axe_finds_nothing_and_nothing_sticks_out(visit, indiener, insurer, adviseur, organisatiebeheerder):
    draft = make.draft(indiener, insurer)
    document = make.added(draft, indiener, content=make.pdf(2))
    waiting = make.asked(indiener, insurer, adviseur).authorization
    judged = make.filed(indiener, insurer, Status.IN_REVIEW)
    later = make.added(judged, indiener)
    service.judge(
        document_id=later.pk, verdict=DocumentVerdict.INCOMPLETE, note="Geen datum.", by=adviseur, now=make.NOW
    )
    closed = make.filed(indiener, insurer, Status.WITHDRAWN)
    decided = make.filed(indiener, insurer, Status.GRANTED)
    decided.decisions.create(
        outcome="granted",
        summary="Toegekend.",
        proposed_by_id=adviseur.user_id,
        proposed_at=make.NOW,
        final_at=make.NOW,
    )
    authorizations.policy_version(insurer)
    tasks.make_pages()
    found = []
    for who, path in [
        (indiener, "/aanvragen/"),
        (indiener, "/aanvragen/?q=zzz"),
        (indiener, "/aanvragen/?lijst=beoordeling"),
        (organisatiebeheerder, "/aanvragen/"),
        (organisatiebeheerder, address("request-detail", judged)),
        *((indiener, address("request-detail", one)) for one in (waiting, judged, closed, decided)),
        (indiener, address("intake-documents", draft)),
        (indiener, address("document-view", draft, document.pk)),
        (indiener, address("extra-documents", judged)),
        (indiener, f"{address('extra-documents', judged)}?vervangt={later.pk}"),
        (indiener, address("extra-documents", closed)),
        (indiener, address("answer-questions", waiting)),
        (indiener, address("request-withdraw", judged)),
        (indiener, address("request-amend", judged)),
        (indiener, "/aanvragen/documenten-opsturen/?number=MA-123"),
        (None, "/aanvragen/nodig/?antwoord=1"),
        (None, "/informatie/"),
        (None, "/informatie/zilveren-kruis-msr/"),
    ]:
        page = visit(who, path)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{path} {width}: {text}" for text in violations(page)]
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append(f"{path} {width}: sticks out")
        page.context.close()
    assert found == []


@pytest.mark.parametrize("width", [390, 1280])
def test_files_that_nobody_can_open_say_why(visit, draft, indiener, width):
    waiting = make.added(draft, indiener, DocumentKind.VERWIJSBRIEF)
    refused = make.added(draft, indiener, DocumentKind.BEHANDELPLAN)
    File.objects.filter(pk=waiting.file_id).update(state="unknown", scanned_at=None, scanner="")
    File.objects.filter(pk=refused.file_id).update(state="refused", refusal="Virus.", pages_made_at=None)
    page = visit(indiener, reverse("authorizations:intake-documents", args=[draft.reference]))
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.locator("#item-verwijsbrief")).to_contain_text("Tot die tijd kan niemand het openen.")
    expect(page.locator("#item-behandelplan")).to_contain_text("Hierin zit een virus. Wij hebben het niet bewaard.")
    expect(page.locator("#kop-behandelplan")).to_contain_text("Lukt nog niet")
    expect(page.get_by_text("De virusscanner kent hier alleen het testbestand EICAR.")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for document in (waiting, refused):
        path = address("document-view", draft, document.pk)
        page.goto("/".join(page.url.split("/")[:3]) + path)
        expect(page.get_by_text("Origineel downloaden")).to_have_count(0)
        assert violations(page) == []


def test_the_very_same_file_twice_in_an_item_is_one_row(visit, draft, indiener, tmp_path):
    page = visit(indiener, address("intake-documents", draft))
    content = make.pdf()
    item = page.locator("#item-verwijsbrief")
    box(page, DocumentKind.VERWIJSBRIEF).set_input_files(paper(tmp_path, "brief.pdf", content))
    expect(item.get_by_role("link", name="brief.pdf")).to_be_visible()

    box(page, DocumentKind.VERWIJSBRIEF).set_input_files(paper(tmp_path, "kopie.pdf", content))

    expect(item.get_by_text("kopie.pdf: dit bestand staat er al als brief.pdf.")).to_be_visible()
    expect(item.locator(".mp-file a.mp-file__name")).to_have_count(1)
    item.get_by_role("button", name="Sluit").click()
    expect(item.locator(".mp-file")).to_have_count(1)


def test_a_reason_changes_the_state_while_it_is_typed(visit, draft, indiener):
    page = visit(indiener, address("intake-documents", draft))
    item = page.locator("#item-huisartsenjournaal")
    item.locator("summary").filter(has_text="Ik heb dit document niet").click()
    item.locator("textarea").fill("De patiënt heeft geen huisarts.")
    expect(page.locator("#kop-huisartsenjournaal")).to_contain_text("Niet beschikbaar")
    expect(page.locator("#voortgang")).to_contain_text("1 van 6 documenten compleet")
