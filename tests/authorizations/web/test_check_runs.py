"""The pages of files that go through a check: bringing one, watching it, every button, and what the log says of it."""

import io

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.domain.roles import Role
from audit.models import AccessEvent
from authorizations.domain import check_runs as rules
from authorizations.domain.check_runs import RunStatus
from authorizations.models import CheckRun
from portal import uploads
from tests.factories import accounts
from tests.factories.runs import WEGING, brought, judged, work

pytestmark = pytest.mark.django_db
HERE = "/controles/bestanden/"
ROW = "1;190960x4;0\n"


@pytest.fixture
def browser(log_in, indiener):
    return log_in(indiener)


def text(answer):
    return " ".join(answer.content.decode().split())


def send(browser, content=WEGING + ROW, toets="weging", **more):
    file = SimpleUploadedFile("november.csv", content.encode() if isinstance(content, str) else content, "text/csv")
    return browser.post(HERE, {"toets": toets, "file": file, "policy": "", **more})


def test_from_file_to_result(browser):
    answer = send(browser, WEGING + ROW + "2;x;0\n")
    assert answer.status_code == 302
    here = answer["Location"]
    page = text(browser.get(here))
    assert "november.csv" in page and f'data-poll="{here}stand/"' in page and "Wij beginnen zo" in page
    work()
    assert "data-done" in text(browser.get(f"{here}stand/"))
    page = text(browser.get(here))
    assert "<dt>Rijen</dt><dd>2</dd>" in page and "<dt>Niet te beoordelen</dt><dd>1</dd>" in page
    taken = browser.get(f"{here}uitkomst.csv")
    assert taken["Content-Disposition"] == 'attachment; filename="weging-2-rijen-1-fout.csv"'
    assert "no-store" in taken["Cache-Control"]
    assert b"".join(taken.streaming_content).decode().splitlines()[1] == "1;190960x4;0;60;1,00;14E489;"
    book = browser.get(f"{here}uitkomst.xlsx")
    assert book["Content-Disposition"] == 'attachment; filename="weging-2-rijen-1-fout.xlsx"'
    assert b"".join(book.streaming_content).startswith(b"PK")
    assert "Uitkomst in de kolom <code>vrijgestelde_code</code>" in page and "Niet te beoordelen, per kolom" in page
    pdf = b"".join(browser.get(f"{here}rapport.pdf").streaming_content)
    said = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "1 van 2 rijen beoordeeld" in said and "november.csv" in said and "14E489" in said
    assert pikepdf.open(io.BytesIO(pdf)).Root.MarkInfo.Marked
    assert browser.post(f"{here}verwijderen/")["Location"] == HERE
    assert browser.get(here).status_code == 404
    kinds = list(AccessEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert {"controle_bestand", "controle_bekijken", "controle_ophalen"} <= set(kinds)
    row = AccessEvent.objects.filter(kind="controle_ophalen").earliest("pk")
    assert row.detail["controle"] == "weging" and "november" not in str(row.detail)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"content": ""}, "Dit bestand is leeg. Kies een ander bestand."),
        ({"content": b"PK\x03\x04"}, "Dit is een Excel-werkmap of een zip-bestand."),
        ({"content": "nr\n1\n"}, "Dit bestand heeft 1 kolom."),
        ({"toets": ""}, "Beantwoord de vraag “Welke controle?”"),
        ({"toets": "bestaat-niet"}, "Kies een antwoord uit de lijst."),
        ({"policy": "bestaat-niet"}, "Kies een antwoord uit de lijst."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_chosen_stays(browser, sent, words):
    answer = send(browser, **sent)
    page = text(answer)
    assert (answer.status_code, words in page, "<title>Fout: " in page) == (422, True, True), page
    assert ("checked" in page) == ("toets" not in sent)
    assert not CheckRun.objects.exists()


def test_what_is_too_big_is_cut_as_it_comes_in_and_refused(browser, monkeypatch):
    monkeypatch.setattr(rules, "MOST_BYTES", 100)
    monkeypatch.setattr(uploads, "MORE", {"authorizations:check-runs": 100})
    answer = send(browser, WEGING + ROW * 100)
    assert (answer.status_code, "Dit bestand is te groot. Het mag 100 MB zijn" in text(answer)) == (422, True)


def test_which_column_is_which_is_asked_once(browser):
    content = "nr;lijst;dagen\n1;190960x4;0\n"
    here = send(browser, content)["Location"]
    assert "Welke kolom is welke?" in text(browser.get(here))
    for given, words in (
        ({}, "Kies een antwoord bij “activiteiten”."),
        ({"activiteiten": "-", "verpleegdagen": "-"}, "Kies minstens 1 kolom uit uw bestand."),
        ({"activiteiten": "1", "verpleegdagen": "1"}, "U koos lijst meer dan 1 keer."),
        ({"activiteiten": "9", "verpleegdagen": "1"}, "Kies een antwoord uit de lijst."),
    ):
        answer = browser.post(f"{here}kolommen/", given)
        assert (answer.status_code, words in text(answer)) == (422, True), text(answer)
    browser.post(f"{here}kolommen/", {"activiteiten": "1", "verpleegdagen": "2"})
    work()
    assert CheckRun.objects.get().status == RunStatus.DONE
    assert "al gekozen" in text(browser.post(f"{here}kolommen/", {"activiteiten": "1"}, follow=True))
    again = text(browser.get(send(browser, "lijst;dagen;nr\n190960x4;0;1\n")["Location"]))
    assert 'value="0" selected>lijst' in again and 'value="1" selected>dagen' in again


def test_stopping_and_going_on(browser, indiener):
    run = brought(indiener, WEGING + ROW)
    here = f"{HERE}{run.pk}/"
    browser.post(f"{here}stoppen/")
    page = text(browser.get(here))
    assert "Gestopt door" in page and "virusscanner" not in page
    assert browser.get(f"{here}uitkomst.csv").status_code == 404
    answer = browser.post(f"{here}stoppen/", follow=True)
    assert "Dat kan nu niet. De controle staat op: gestopt." in text(answer)
    assert "Stop de controle eerst" not in text(browser.get(here))
    browser.post(f"{here}hervatten/")
    work()
    run.refresh_from_db()
    assert run.status == RunStatus.DONE


def test_while_it_is_at_work_it_is_not_thrown_away(browser, indiener):
    run = brought(indiener, WEGING + ROW)
    answer = browser.post(f"{HERE}{run.pk}/verwijderen/", follow=True)
    assert "Stop de controle eerst." in text(answer) and CheckRun.objects.exists()


def test_another_organisation_finds_nothing(log_in, indiener, other_provider, insurer):
    run = judged(indiener, WEGING + ROW)
    for who in (
        accounts.actor(Role.INDIENER, organization=other_provider),
        accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer),
    ):
        browser = log_in(who)
        assert "november.csv" not in text(browser.get(HERE))
        for path in ("", "stand/", "uitkomst.csv", "uitkomst.xlsx", "rapport.pdf"):
            assert browser.get(f"{HERE}{run.pk}/{path}").status_code == 404
        for path in ("stoppen/", "hervatten/", "verwijderen/"):
            assert browser.post(f"{HERE}{run.pk}/{path}").status_code == 404
