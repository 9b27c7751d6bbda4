"""Files of dbc's and of changed numbers: what each line would do, applying it, and mending what was wrong."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from authorizations.domain import traject_files as rules
from authorizations.domain.traject_files import FileKind
from authorizations.models import Dbc, NumberSignal, TrajectFile, TrajectNumber, Zorgtraject
from authorizations.services import traject_files
from tests.factories import authorizations as make
from tests.factories import dbcs as ggz
from tests.factories.subtrajects import BSN

pytestmark = pytest.mark.django_db
FILES = "/zorgtrajecten/bestanden/"
NUMBERS = "oud_nummer;nieuw_nummer;reden;omgezet_op;agb_oud"
DBCS = (
    "zorgtrajectnummer;soort;zorgtype;geopend_op;gesloten_op;bsn;geboortedatum;voorletters;achternaam;"
    "privacyverklaring;diagnose"
)
PATIENT = f"{BSN};1981-04-02;K.;Voorbeeld"


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture(autouse=True)
def policies(insurer):
    make.policy_version(insurer, ggz.POLICY)


@pytest.fixture
def bring(log_in, indiener):
    def brought(subject, *lines, by=indiener):
        content = lines[0] if isinstance(lines[0], bytes) else "\n".join(lines).encode()
        file = SimpleUploadedFile("lijst.csv", content, "text/csv")
        return log_in(by).post(f"{FILES}{subject}/", {"file": file})

    return brought


def lines_of(file):
    return [(number, state, [column for column, _ in faults]) for number, _, state, faults in file.lines or []]


def test_numbers_are_tried_then_recorded_and_brought_again_change_nothing(log_in, indiener, insurer, bring):
    for number in ("A1", "B1", "C1"):
        ggz.traject(indiener, insurer, number, diagnosis="")
    lines = (NUMBERS, "A1;A2;softwarewissel;1-11-2026;", "a-2;A3;Softwarewissel;2026-11-02;", "B1;A3;fusie;2026-11-02;",
             "X;Y;softwarewissel;2026-11-01;", "C1;1,2E+3;zomaar;31-31-2026;", "C1;C2",
             "C1;C2;verbetering;2026-11-01;")  # fmt: skip
    answer = bring("nummers", *lines)
    assert answer.status_code == 302 and not TrajectNumber.objects.exists()
    file, browser = TrajectFile.objects.get(), log_in(indiener)
    assert lines_of(file) == [
        (2, "new", []),
        (3, "new", []),
        (4, "wrong", ["nieuw_nummer"]),
        (5, "wrong", ["oud_nummer"]),
        (6, "wrong", ["nieuw_nummer", "reden", "omgezet_op"]),
        (7, "wrong", ["regel"]),
        (8, "new", []),
    ]
    assert "Verwerk 3 regels" in text(browser.get(answer["Location"]))
    assert browser.post(f"{FILES}{file.pk}/verwerken/").status_code == 302
    assert set(TrajectNumber.objects.values_list("old_number", "new_number")) == {
        ("A1", "A2"),
        ("A2", "A3"),
        ("C1", "C2"),
    }
    assert "al verwerkt" in text(browser.post(f"{FILES}{file.pk}/verwerken/", follow=True))
    faulty = b"".join(browser.get(f"{FILES}{file.pk}/fouten.csv").streaming_content).decode()
    assert "B1;A3;fusie" in faulty and "staat al voor" in faulty and "A1;A2" not in faulty
    bring("nummers", *lines)
    again = TrajectFile.objects.latest("pk")
    assert again.counts == {"there": 3, "wrong": 4}
    assert "niets dat nog moet" in text(browser.post(f"{FILES}{again.pk}/verwerken/", follow=True))
    mended = faulty.replace("B1;A3;fusie", "B1;B2;fusie").lstrip("\ufeff").splitlines()
    bring("nummers", *mended[:2])
    assert TrajectFile.objects.latest("pk").counts == {"new": 1}


def test_dbcs_begin_and_go_on_in_whatever_order_they_stand(log_in, indiener, insurer, bring):
    lines = (DBCS, "G1;vervolg;255;2021-01-01;;;;;;;", f"G1;initieel;155;2020-01-01;2020-12-31;{PATIENT};;f32.1",
             f"G2;initieel;155;2020-01-01;2021-01-01;{PATIENT};;", "G3;initieel;155;2020-01-01;;;;;;;",
             f"G4;initieel;303;2020-01-01;;{PATIENT};ja;F32.1", f"G5;initieel;155;2020-01-01;;{BSN};;;;;",
             f"G6;initieel;155;2022-02-02;;{PATIENT};;F32.1", "G1;initieel;155;2021-06-01;;;;;;;")  # fmt: skip
    assert bring("dbcs", *lines).status_code == 302
    file, browser = TrajectFile.objects.get(), log_in(indiener)
    assert not Zorgtraject.objects.exists() and not NumberSignal.objects.exists()
    assert lines_of(file) == [
        (2, "new", []),
        (3, "new", []),
        (4, "wrong", ["gesloten_op"]),
        (5, "wrong", ["zorgtrajectnummer"]),
        (6, "new", []),
        (7, "wrong", ["geboortedatum", "voorletters", "achternaam"]),
        (8, "new", []),
        (9, "wrong", ["soort"]),
    ]
    assert [cells[11] for number, cells, *_ in file.lines if number == 6] == [""]
    assert BSN not in text(browser.get(f"{FILES}{file.pk}/uitkomst/"))
    browser.post(f"{FILES}{file.pk}/verwerken/")
    assert Dbc.objects.count() == 4
    assert Zorgtraject.objects.get(number="G4").diagnosis == ""
    signal = NumberSignal.objects.get()
    assert {signal.zorgtraject.number, signal.earlier.number} == {"G1", "G6"}
    bring("dbcs", DBCS, "G1;vervolg;255;2021-01-01;2021-06-30;;;;;;", "G6;initieel;155;2022-02-02;;;;;;;",
          "G6;initieel;156;2022-02-02;;;;;;;", "G1;vervolg;255;2021-07-01;;999990019;;;;;")  # fmt: skip
    file = TrajectFile.objects.latest("pk")
    assert lines_of(file) == [(2, "new", []), (3, "there", []), (4, "wrong", [""]), (5, "wrong", ["bsn"])]
    browser.post(f"{FILES}{file.pk}/verwerken/")
    assert Dbc.objects.get(zorgtype="255").closed_on is not None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"PK\x03\x04", "Excel-bestand"),
        (b"\xff\xfeo\x00", "geen CSV in UTF-8"),
        (b"oud_nummer,nieuw_nummer", "puntkomma"),
        (b"oud_nummer;reden", "ontbreekt: nieuw_nummer en omgezet_op"),
        (NUMBERS.encode(), "alleen namen"),
        (NUMBERS.replace("agb_oud", "reden").encode() + b"\n;;;;x", "twee keer"),
        (NUMBERS.encode() + b"\na;b;c;d;e" * 1001, "meer dan 1.000 regels"),
        (NUMBERS.encode() + b"\n" + b"x" * (2 * 1024 * 1024), "groter dan 2 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(bring, content, words):
    answer = bring("nummers", content)
    assert answer.status_code == 422 and words in text(answer)
    assert not TrajectFile.objects.exists()


def test_who_stops_a_file_records_nothing_and_its_lines_go(log_in, indiener, insurer, bring):
    ggz.traject(indiener, insurer, "A1")
    bring("nummers", NUMBERS, "A1;A2;softwarewissel;2026-11-01;")
    file, browser = TrajectFile.objects.get(), log_in(indiener)
    browser.post(f"{FILES}{file.pk}/stoppen/")
    file.refresh_from_db()
    assert (file.state, file.lines) == ("cancelled", None) and not TrajectNumber.objects.exists()
    for button in ("stoppen", "verwerken"):
        assert "al verwerkt of gestopt" in text(browser.post(f"{FILES}{file.pk}/{button}/", follow=True))


def test_files_are_of_who_records_at_the_own_institution(log_in, indiener, other_indiener, lezer, insurer, bring):
    ggz.traject(indiener, insurer, "A1")
    bring("nummers", NUMBERS, "A1;A2;softwarewissel;2026-11-01;")
    file = TrajectFile.objects.get()
    assert log_in(other_indiener).get(f"{FILES}{file.pk}/uitkomst/").status_code == 404
    assert log_in(lezer).get(f"{FILES}nummers/").status_code == 403
    assert log_in(indiener).get(f"{FILES}anders/").status_code == 404
    bring("nummers", NUMBERS, "A1;A2;softwarewissel;2026-11-01;", by=other_indiener)
    assert TrajectFile.objects.latest("pk").counts == {"wrong": 1}


def test_a_file_is_forgotten_after_thirty_days(bring):
    bring("nummers", NUMBERS, "A1;A2;softwarewissel;2026-11-01;")
    now = timezone.now()
    assert traject_files.forget(now=now + rules.KEPT - timedelta(minutes=1)) == 0
    assert traject_files.forget(now=now + rules.KEPT + timedelta(minutes=1)) == 1


@pytest.mark.parametrize("kind", list(FileKind))
def test_the_example_can_be_read(log_in, indiener, insurer, bring, kind):
    example = log_in(indiener).get(f"{FILES}{kind.value}/voorbeeld.csv").content
    assert len(rules.read(example, kind)) == 1
    assert bring(kind.value, example).status_code == 302
