"""The checks as pages: one case by form, in words, and a whole file."""

import csv
import io
import re
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from authorizations.domain import check_files, check_words
from authorizations.domain.checks import TOETSEN
from authorizations.domain.policy import Closing
from authorizations.domain.signals import SignalCode
from authorizations.services import policies
from authorizations.web.forms import check_kinds
from authorizations.web.forms import checks as forms
from kit import dates
from portal import limits
from portal.limits import Limit

pytestmark = pytest.mark.django_db
VECTORS = Path("tests/data/vectors")
HEAD = "activiteiten;verpleegdagen\n"
CLOSING = {
    "geopend_op_0": "4", "geopend_op_1": "1", "geopend_op_2": "2021", "indicatie": "overig", "activiteiten": "4-1-2021",
    "peildatum_0": "2021-02-15",
}  # fmt: skip
NEEDED = {"gecontracteerd": "nee", "intake": "ja", "code": "14E489"}


def text(answer):
    return " ".join(answer.content.decode().split())


def examples():
    for name in sorted(TOETSEN):
        rows = csv.DictReader(io.StringIO((VECTORS / f"{name}.csv").read_text(encoding="utf-8")), delimiter=";")
        yield from (pytest.param(name, row, id=f"{name} {row['id']}") for row in rows)


def ask(client, name, **given):
    return client.get(f"/controles/{name}/", {"antwoord": "1", **given})


def filled(name, row):
    """Fill in a form with an example, dates in one piece."""
    page = forms.PAGES[name]
    asked, given, chosen = page.asked, {column: row[column] for column in TOETSEN[name].takes}, {}
    if page.by_rule:
        asked, chosen = page.by_rule[row["regel"]].asked, {"regel": row["regel"]}
        given = dict(pair.split("=") for pair in row["invoer"].split())
        assert given.keys() == asked.keys()
    return {f"{key}_0" if asked[key].kind is check_kinds.DAY else key: value for key, value in given.items()} | chosen


def send(client, name="weging", content=HEAD, **more):
    content = content if isinstance(content, bytes) else content.encode()
    sent = {"file": SimpleUploadedFile("in.csv", content, content_type="text/csv"), **more}
    return client.post(f"/controles/{name}/bestand/", sent)


def result(answer):
    assert answer.status_code == 200, text(answer)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return b"".join(answer.streaming_content).decode()


def test_every_check_is_listed_with_what_it_tells(client):
    page = text(client.get("/controles/"))
    for name, toets in TOETSEN.items():
        assert f'href="/controles/{name}/">{toets.title}</a>' in page
        assert forms.PAGES[name].told in page
    assert 'href="/api/v1/openapi.json"' in page


@pytest.mark.parametrize("name", sorted(TOETSEN))
def test_every_column_of_a_check_has_its_question_and_every_outcome_its_words(client, name):
    by_rule = forms.PAGES[name].by_rule
    assert forms.PAGES[name].asked.keys() == (set() if by_rule else set(TOETSEN[name].takes))
    assert name in check_words.TELLING
    page = text(client.get(f"/controles/{name}/"))
    assert all(asked.label in page for asked in forms.PAGES[name].asked.values())
    assert "Wij bewaren niets" in page and 'id="antwoord"' not in page


def test_every_signal_of_a_closing_is_explained():
    told = {SignalCode.CONTRARY_TO_NZA, SignalCode.INEFFICIENT, SignalCode.PAIN_120, SignalCode.AFTER_FINISHED}
    assert check_words.SIGNALS.keys() == told


@pytest.mark.parametrize(("name", "row"), [*examples()])
def test_every_example_by_form(client, name, row):
    answer = ask(client, name, **filled(name, row))
    assert answer.status_code == 200, text(answer)
    columns = dict(answer.context["columns"])
    expected = {column: row[column] for column in TOETSEN[name].gives if column in row}
    assert expected and columns.items() >= expected.items()
    page = text(answer).partition('id="antwoord"')[2].partition("</section>")[0]
    said = page.partition("<details")[0]
    for value in expected.values():
        # Every day and every code that came out is said in words as well.
        if day := dates.read(value):
            assert f"{day.day} " in said and str(day.year) in said
        elif re.match(r"14E|25B|30\d", value):
            assert value in said
    assert ".." not in said and "{" not in said


@pytest.mark.parametrize("name", sorted(TOETSEN))
def test_every_example_by_file(client, name):
    content = (VECTORS / f"{name}.csv").read_text(encoding="utf-8")
    answer = send(client, name, content)
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert answer["Content-Disposition"] == f'attachment; filename="{name}-{len(rows)}-rijen.csv"'
    for row, back in zip(rows, csv.DictReader(io.StringIO(result(answer)), delimiter=";"), strict=True):
        assert back.items() >= row.items() and back["fout"] == ""


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        (
            "afsluiting",
            CLOSING,
            ("Ja, het subtraject is gesloten op 15 februari 2021", "42 dagen geen activiteit"),
        ),
        ("afsluiting", {**CLOSING, "peildatum_0": "2021-02-14"}, ("Nee, op 14 februari 2021 is het subtraject niet",)),
        (
            "afsluiting",
            {**CLOSING, "afgerond_op_0": "18-1-2021"},
            (
                "18 januari 2021",
                "de behandeling is klaar",
                "Afgerond binnen 42 dagen",
                "Volgens de NZa blijft het open",
            ),
        ),
        ("afsluiting", {**CLOSING, "peildatum_0": "2021-02-16"}, ("Meer dan 42 dagen geen behandeling.",)),
        (
            "afsluiting",
            {**CLOSING, "indicatie": "chronische_pijn", "peildatum_0": "2021-06-01"},
            ("zeer uitzonderlijke reden",),
        ),
        (
            "afsluiting",
            {**CLOSING, "activiteiten": "4-1-2021\n1 februari 2021", "afgerond_op_0": "18-1-2021"},
            ("Er is een activiteit na de dag waarop",),
        ),
        ("vervolg", {"gesloten_op_0": "2021-02-15"}, ("Er begint geen vervolg", "Er is geen volgende activiteit.")),
        (
            "vervolg",
            {"gesloten_op_0": "2021-02-15", "volgende_activiteit_0": "2021-02-15"},
            ("Er begint geen vervolg", "Zij hoort bij het gesloten subtraject."),
        ),
        (
            "vervolg",
            {"gesloten_op_0": "2021-02-15", "volgende_activiteit_0": "2021-05-01"},
            ("Het vervolg begint op 16 februari 2021", "op de dag na de sluiting"),
        ),
        (
            "vervolg",
            {"gesloten_op_0": "2021-02-15", "volgende_activiteit_0": "2022-02-10"},
            ("Het vervolg begint op 14 oktober 2021", "meer dan 240 dagen na de sluiting", "op dag 241"),
        ),
        (
            "vervolg",
            {"gesloten_op_0": "2021-02-15", "volgende_activiteit_0": "2022-02-11"},
            ("Er begint een nieuw zorgtraject", "meer dan 360 dagen"),
        ),
        ("machtigingsplicht", NEEDED, ("Nee, een machtiging is niet nodig", "Bron: Zilveren Kruis")),
        ("machtigingsplicht", {**NEEDED, "intake": "nee"}, ("Ja, een machtiging is nodig", "alleen bij een intake")),
        ("machtigingsplicht", {"gecontracteerd": "ja"}, ("Dat staat in uw contract",)),
        ("weging", {"activiteiten": "190960x4"}, ("60 gewogen minuten, dat is 1,00 uur", "past bij 14E489")),
        ("weging", {"activiteiten": "190961x240"}, ("1.200 gewogen minuten", "Het past niet bij 14E489 of 14E490.")),
        ("weging", {}, ("0 gewogen minuten", "Er is niets te wegen.")),
    ],
)
def test_the_answer_is_in_words(client, name, given, words):
    page = text(ask(client, name, **given))
    said = page.partition('id="antwoord"')[2].partition("<details")[0]
    assert all(one in said for one in words), said


def test_a_contract_names_no_source(client):
    assert "Bron:" not in text(ask(client, "machtigingsplicht", gecontracteerd="ja"))


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ("4-1-2021", "2021-01-04"),
        ("4 januari 2021\n\n2021-02-01", "2021-01-04 2021-02-01"),
        ("4-1-2021#19@11-1-2021", "2021-01-04#19@2021-01-11"),
        ("4 1 2021 #19 @ 11 1 2021, 5-1-2021", "2021-01-04#19@2021-01-11 2021-01-05"),
        ("2021-01-04 2021-01-05#1", "2021-01-04 2021-01-05#1"),
        ("morgen vroeg", "morgen vroeg"),
        ("4-1-2021@", "4-1-2021@"),
    ],
)
def test_days_are_typed_as_people_write_them(typed, column):
    assert check_kinds.written_days(typed) == column


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("afsluiting", {}, "Controleer 3 punten"),
        ("afsluiting", {**CLOSING, "peildatum_0": "30-2-2021"}, "Vul een bestaande datum in"),
        ("afsluiting", {**CLOSING, "activiteiten": "morgen"}, "&#x27;morgen&#x27; is geen datum."),
        ("afsluiting", {**CLOSING, "activiteiten": "3-1-2021"}, "&#x27;2021-01-03&#x27; ligt voor geopend_op."),
        ("afsluiting", {**CLOSING, "policy": "bestaat-niet"}, "Kies een antwoord uit de lijst."),
        ("vervolg", {}, "Beantwoord de vraag “Wanneer is het subtraject gesloten?”"),
        ("machtigingsplicht", {**NEEDED, "code": ""}, "Leeg, vul een declaratiecode in."),
        ("machtigingsplicht", {**NEEDED, "code": "x"}, "&#x27;x&#x27; is geen declaratiecode."),
        ("machtigingsplicht", {"gecontracteerd": "nee", "code": "14E489"}, "Leeg, vul ja of nee in."),
        ("weging", {"activiteiten": "190999x1"}, "is geen gewicht bekend"),
        ("weging", {"verpleegdagen": "veel"}, "&#x27;veel&#x27; is geen aantal."),
        ("weging", {"activiteiten": "<script>"}, "&lt;script&gt;"),
        ("weging", {"activiteiten": "\x00"}, "een teken dat wij niet kunnen lezen"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(client, name, given, words):
    answer = ask(client, name, **given)
    assert answer.status_code == 422
    assert words in text(answer) and "<title>Fout: " in text(answer)
    assert 'id="antwoord"' not in text(answer) and "<script>" not in text(answer)


def test_the_policy_chooses_the_reading(client, monkeypatch):
    shipped = policies.shipped()
    page = text(client.get("/controles/afsluiting/"))
    assert all(f'value="{name}"' in page for name in shipped)
    assert 'name="policy"' not in text(client.get("/controles/vervolg/"))
    other = {"zilveren-kruis-msr": replace(shipped["zilveren-kruis-msr"], closing=Closing.NZA)}
    monkeypatch.setattr(policies, "shipped", lambda: other)
    given = {**CLOSING, "afgerond_op_0": "18-1-2021"}
    assert "de behandeling is klaar" in text(ask(client, "afsluiting", **given))
    assert "er is 42 dagen geen activiteit" in text(ask(client, "afsluiting", **given, policy="zilveren-kruis-msr"))
    row = (
        "geopend_op;indicatie;activiteiten;afgerond_op;peildatum\n2021-01-04;overig;2021-01-04;2021-01-18;2021-02-15\n"
    )
    assert ";afgerond;" in result(send(client, "afsluiting", row))
    assert ";42_dagen;" in result(send(client, "afsluiting", row, policy="zilveren-kruis-msr"))


def test_a_check_without_questions_of_its_own_is_asked_by_its_columns(client, monkeypatch):
    monkeypatch.setattr(forms, "PAGES", {})
    monkeypatch.setattr(check_words, "TELLING", {})
    assert client.get("/controles/").status_code == 200
    page = text(ask(client, "weging", activiteiten="190960x4"))
    assert "De uitkomst" in page and "gewogen_uren: 1,00" in page


@pytest.mark.parametrize("path", ["/controles/bestaat-niet/", "/controles/bestaat-niet/bestand/"])
def test_an_unknown_check_is_not_found(client, path):
    assert (client.get(path, follow=True).status_code, client.post(path).status_code) in ((404, 404), (404, 405))


def test_the_address_of_a_file_leads_to_its_page(client):
    assert client.get("/controles/weging/bestand/")["Location"] == "/controles/weging/"


def test_a_result_says_how_many_rows_have_a_fault_and_what_is_no_formula(client):
    answer = send(client, content="nr;fout;" + HEAD + "=1+1;oud;190960x4;0\n2;;x;0\n-5;;;\n")
    assert answer["Content-Disposition"] == 'attachment; filename="weging-3-rijen-1-fout.csv"'
    assert "no-store" in answer["Cache-Control"]
    lines = result(answer).splitlines()
    assert lines[0] == "nr;activiteiten;verpleegdagen;gewogen_minuten;gewogen_uren;vrijgestelde_code;fout"
    assert lines[1] == "'=1+1;190960x4;0;60;1,00;14E489;"
    assert lines[2].startswith("2;x;0;;;;activiteiten: 'x' is geen zorgactiviteit")
    assert lines[3] == "-5;;;0;0,00;;"


def test_a_file_of_a_spreadsheet_gets_its_mark_back(client):
    assert result(send(client, content="\ufeff" + HEAD + "190960x4;0\n")).startswith("\ufeffactiviteiten;")
    assert result(send(client, content=HEAD)).startswith("activiteiten;")


def test_the_rows_that_fail_can_be_seen_first(client):
    page = text(send(client, content=HEAD + "190960x4;0\nx;0\n", overzicht="1"))
    assert "1 van 2 rijen niet te beoordelen" in page
    assert '<th scope="row" data-label="Rij">3</th>' in page
    assert "activiteiten: &#x27;x&#x27; is geen zorgactiviteit" in page
    assert "Alle 2 rijen zijn te beoordelen" in text(send(client, content=HEAD + ";\n;\n", overzicht="1"))
    assert "Alle 1 rij is te beoordelen" in text(send(client, content=HEAD + ";\n", overzicht="1"))
    assert "Er staan geen rijen in dit bestand" in text(send(client, overzicht="1"))
    many = text(send(client, content=HEAD + "x;0\n" * 1200, overzicht="1"))
    assert "1.200 van 1.200 rijen niet te beoordelen" in many and "Dit zijn de eerste 10." in many
    assert many.count('data-label="Waarom niet"') == 10


@pytest.mark.parametrize("more", [{}, {"overzicht": "1"}])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"activiteiten\n1\n", "Deze kolom ontbreekt: verpleegdagen. Het scheidingsteken is een puntkomma."),
        (b"a,b\n1,2\n", "Deze kolom ontbreekt: activiteiten, verpleegdagen."),
        (b"activiteiten;verpleegdagen;x;x\n", "Deze kolom staat er twee keer: x."),
        (b'activiteiten;verpleegdagen\n"190960x4;0\n', "is geen CSV. Staat er een aanhalingsteken verkeerd?"),
        (b"activiteiten;verpleegdagen\n\xe9;0\n", "Sla het op als “CSV UTF-8”"),
        (b"PK\x03\x04\xff\x00", "geen UTF-8"),
        (b"\n", "Het bestand is leeg: de eerste regel noemt de kolommen."),
        (b"", "Dit bestand is leeg. Kies een ander bestand."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client, content, words, more):
    answer = send(client, content=content, **more)
    assert answer.status_code == 422
    assert words in text(answer) and "<title>Fout: " in text(answer)


def test_no_file_is_asked_for(client):
    answer = client.post("/controles/weging/bestand/", {})
    assert (answer.status_code, "Kies een bestand bij “Bestand (csv)”." in text(answer)) == (422, True)


def test_as_much_as_fits_and_one_byte_more(client, monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 100)
    rows = HEAD + ";" + " " * (100 - len(HEAD) - 2) + "\n"
    assert result(send(client, content=rows)).count("\n") == 2
    answer = send(client, content=rows + "\n")
    assert (answer.status_code, "Dit bestand is te groot. Het mag 4 MB zijn" in text(answer)) == (422, True)


def test_memory_does_not_grow_with_the_file(client, settings):
    settings.RATE_LIMITS = False
    send(client, content=HEAD + "190960x4;0\n").close()  # what is read only once

    def most(rows):
        sent = HEAD.encode() + b"190960x4 190961x3 190962x5;0\n" * rows
        tracemalloc.start()
        answer = send(client, content=sent)
        count = sum(part.count(b"\n") for part in answer.streaming_content)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == rows + 1
        # The test itself holds what it sends, more than once.
        return peak / len(sent)

    assert most(20_000) < 6


def test_a_form_of_elsewhere_is_refused_and_who_sends_too_often_waits(monkeypatch):
    assert send(Client(enforce_csrf_checks=True)).status_code == 403
    monkeypatch.setattr(limits, "LIMITS", {"authorizations:check-file": Limit("proef", 1, 2, limits.MINUTE)})
    for _ in range(2):
        assert (
            result(send(Client())) == "activiteiten;verpleegdagen;gewogen_minuten;gewogen_uren;vrijgestelde_code;fout\n"
        )
    assert send(Client()).status_code == 429


def test_nothing_is_kept(client, django_assert_num_queries, settings):
    settings.RATE_LIMITS = False
    client.get("/controles/")
    with django_assert_num_queries(0):
        ask(client, "weging", activiteiten="190960x4")
        result(send(client, content=HEAD + "190960x4;0\n"))


def test_the_shell_leaves_what_passes_through_as_it_was():
    out = io.StringIO()
    given = "nr;activiteiten;verpleegdagen\n=1+1;190960x4;0\n"
    check_files.judge_file(TOETSEN["weging"], io.StringIO(given), out, untouched=True)
    assert out.getvalue().splitlines()[1] == "=1+1;190960x4;0;60;1,00;14E489;"
