"""The pages of a file of activities: who brings one, what is said of it, and every button."""

import csv
import io
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from audit.models import AccessEvent
from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import COLUMNS, MOST_LINES, Stage
from authorizations.models import TrajectImport, Zorgactiviteit
from authorizations.services import subtrajects, traject_import_work
from authorizations.services.subtrajects import Entry
from kit import tenancy
from papers.domain.files import MAX_BYTES
from tests.factories.subtrajects import BSN, day
from tests.factories.told import Told

pytestmark = pytest.mark.django_db
HERE, LIST = "/zorgtrajecten/inlezen/", "/zorgtrajecten/"
HEADER = ";".join(COLUMNS)
GOOD = f"ZT20260001;190961;{day(3)};fysiotherapie;6;14"
MANGLED = f"ZT20260001;1,9E+05;{day(4)};fysiotherapie;6;14"
UNKNOWN = f"ZT404;190961;{day(4)};fysiotherapie;6;14"


@pytest.fixture(autouse=True)
def _later(time_machine):
    time_machine.move_to(datetime.combine(day(100), time(10), tzinfo=UTC), tick=True)


@pytest.fixture
def told(indiener, insurer):
    return Told(indiener, insurer)


@pytest.fixture
def browser(log_in, indiener):
    return log_in(indiener)


def text(answer):
    return " ".join(answer.content.decode().split())


def sent(*lines, header=HEADER, name="november.csv", choice="goede"):
    content = "\n".join([header, *lines]).encode() if header is not None else lines[0]
    return {"file": SimpleUploadedFile(name, content, "text/csv"), "choice": choice}


def work():
    with tenancy.as_system(tenancy.WORKER):
        while traject_import_work.do_next(now=timezone.now()):
            pass


def brought(browser, *lines, **more):
    """Bring a file, let the worker check it, and return its address."""
    answer = browser.post(HERE, sent(*lines, **more))
    assert answer.status_code == 302, text(answer)
    work()
    return answer["Location"]


# -- bringing --------------------------------------------------------------------------------------------------------


def test_the_list_leads_there_and_explains_the_columns(browser, told):
    assert f'href="{HERE}"' in text(browser.get(LIST))
    page = text(browser.get(HERE))
    for words in (*COLUMNS, "Diëtetiek", "Voorbeeldbestand", "Er is nog geen bestand ingelezen"):
        assert words in page


@pytest.mark.parametrize("who", ["lezer", "organisatiebeheerder", "adviseur", "medewerker"])
def test_only_who_registers_comes_here(log_in, request, browser, told, who):
    page = brought(browser, GOOD)
    other = log_in(request.getfixturevalue(who))
    assert f'href="{HERE}"' not in text(other.get(LIST))
    for address in (HERE, f"{HERE}voorbeeld.csv", page, f"{page}stand/", f"{page}fouten.csv"):
        assert other.get(address).status_code == 403
    assert other.post(HERE, sent(GOOD)).status_code == 403
    for button in ("verwerken/", "stoppen/", "opnieuw/"):
        assert other.post(page + button).status_code == 403


def test_for_another_institution_it_is_not_there(log_in, other_indiener, browser, told):
    page = brought(browser, GOOD)
    other = log_in(other_indiener)
    assert "november.csv" not in text(other.get(HERE))
    for address in (page, f"{page}stand/", f"{page}fouten.csv"):
        assert other.get(address).status_code == 404
    for button in ("verwerken/", "stoppen/", "opnieuw/"):
        assert other.post(page + button).status_code == 404
    assert TrajectImport.objects.get().stage == Stage.READY


def test_the_example_is_a_file_that_we_read(browser, told):
    example = browser.get(f"{HERE}voorbeeld.csv")
    assert example["Content-Type"].startswith("text/csv") and example.content.startswith(b"\xef\xbb\xbf")
    [header, *lines] = example.content.decode("utf-8-sig").splitlines()
    assert header == HEADER
    page = text(browser.get(brought(browser, *lines, header="\ufeff" + header)))
    assert "Verwerk 2 regels" in page and "Fouten (0)" in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Kies een bestand bij “Bestand”"),
        (sent(b"", header=None), "Dit bestand is leeg"),
        (sent(b"PK\x03\x04\x00zip", header=None), "Dit is een Excel-bestand"),
        (sent("ZT1\x00".encode("utf-16"), header=None), "geen tekst in UTF-8"),
        (sent(b"\x80\x81;;", header=None), "De eerste regel is niet te lezen"),
        (sent(GOOD, header="zorgtrajectnummer;zorgactiviteit;discipline"), "ontbreekt: uitgevoerd_op"),
        (sent(GOOD, header=HEADER.replace(";", ",")), "niet gescheiden door een puntkomma"),
        (sent(), "alleen namen van kolommen"),
    ],
)
def test_what_can_not_be_read_is_said_at_the_field_and_the_choice_stays(browser, given, words):
    answer = browser.post(HERE, {**given, "choice": "alles"})
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["file"])
    assert answer.context["form"]["choice"].value() == "alles"
    assert 'value="alles"' in text(answer) and "checked" in text(answer).split('value="alles"')[1][:60]
    assert not TrajectImport.objects.exists()


def test_a_choice_is_asked(browser):
    answer = browser.post(HERE, {**sent(GOOD), "choice": ""})
    assert answer.status_code == 422 and "choice" in answer.context["form"].errors


def test_too_big_or_too_long_is_refused_in_words(browser):
    answer = browser.post(HERE, sent("x" * MAX_BYTES))
    assert answer.status_code == 422 and "groter dan 25 MB" in text(answer)
    answer = browser.post(HERE, sent("\n".join(["a;b"] * (MOST_LINES + 1))))
    assert answer.status_code == 422 and "meer dan 250.000 regels" in text(answer)
    assert not TrajectImport.objects.exists()


def test_a_big_file_comes_in_whole(browser):
    answer = browser.post(HERE, sent("\n".join([GOOD] * 200_000)))
    assert answer.status_code == 302
    assert TrajectImport.objects.get().lines == 200_000


# -- while the worker works ------------------------------------------------------------------------------------------


def test_it_shows_how_far_it_is_and_says_when_it_is_done(browser, told, monkeypatch):
    monkeypatch.setattr("authorizations.services.traject_imports.PART", 60)
    page = browser.post(HERE, sent(*[GOOD] * 4))["Location"]
    waiting = text(browser.get(page))
    assert "Wordt gelezen" in waiting and "Wij beginnen zo" in waiting and f'data-poll="{page}stand/"' in waiting
    assert "Kijk opnieuw" in waiting and "Stop" in waiting and "toon=fouten" not in waiting
    with tenancy.as_system(tenancy.WORKER):
        traject_import_work.do_next(now=timezone.now())
    part = text(browser.get(f"{page}stand/"))
    assert "Wordt gelezen: 2 van 4 regels" in part and "mp-fill-50" in part and "data-poll" in part
    work()
    part = text(browser.get(f"{page}stand/"))
    assert "data-done" in part and "data-poll" not in part and "Bekijk de uitkomst" in part


def test_stopping_while_it_works(browser, told):
    page = browser.post(HERE, sent(GOOD))["Location"]
    assert "Gestopt door Ilse Indiener" in text(browser.post(f"{page}stoppen/", follow=True))
    work()
    assert not Zorgactiviteit.objects.exists()
    answer = browser.post(f"{page}stoppen/", follow=True)
    assert "Dit bestand was al klaar" in text(answer)


# -- what it does and what is wrong ----------------------------------------------------------------------------------


def test_what_is_new_wrong_and_changes_stands_there_before_anything_is_done(browser, told):
    told.did(0)
    page = brought(browser, GOOD, MANGLED, UNKNOWN, f"ZT20260001;190961;{day(0)};fysiotherapie;1;14")
    seen = text(browser.get(page))
    assert "<dt>Nieuw</dt><dd>1</dd>" in seen and "<dt>Staat er al</dt><dd>1</dd>" in seen
    assert "<dt>Fout</dt><dd>2</dd>" in seen and "Er is nog niets vastgelegd" in seen
    assert "Door Excel veranderd</a>: 1" in seen and "Onbekend zorgtraject</a>: 1" in seen
    assert "1,9E+05" in seen and "Zet de kolom in Excel op Tekst" in seen
    effects = text(browser.get(f"{page}?toon=gevolgen"))
    assert "sluit niet op" in effects and "Andere dag" in effects
    assert Zorgactiviteit.objects.count() == 1


def test_faults_are_narrowed_and_paged(browser, told):
    page = brought(browser, *[MANGLED] * 30, UNKNOWN)
    seen = text(browser.get(f"{page}?toon=fouten&soort=unknown"))
    assert "ZT404" in seen and "1,9E+05" not in seen and "1 foute regel: onbekend zorgtraject" in seen
    last = text(browser.get(f"{page}?toon=fouten&pagina=2"))
    assert "ZT404" in last and last.count("1,9E+05") == 5
    assert "31 foute regels" in text(browser.get(f"{page}?toon=fouten&soort=x'&pagina=zz"))


def test_what_was_wrong_is_fetched_mended_and_brought_again(browser, told):
    page = brought(browser, GOOD, MANGLED, "=HYPERLINK(1);190961;2026-08-05;fysiotherapie;;", f"{BSN};1;2;3;4;5")
    answer = browser.get(f"{page}fouten.csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Type"] == "text/csv; charset=utf-8" and BSN not in content
    assert "attachment" in answer["Content-Disposition"] and "november" not in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [row["regel"] for row in rows] == ["3", "4", "5"]
    assert rows[0]["zorgactiviteit"] == "1,9E+05" and rows[0]["kolom"] == "zorgactiviteit"
    assert rows[1]["zorgtrajectnummer"] == "'=HYPERLINK(1)"
    mended = content.splitlines()[1].replace("1,9E+05", "190961")
    again = brought(browser, mended, header=content.splitlines()[0])
    assert "Verwerk 1 regel" in text(browser.get(again))
    assert "overgeslagen: regel, kolom, fout" in text(browser.get(again))


# -- applying --------------------------------------------------------------------------------------------------------


def test_what_is_good_is_applied_and_the_outcome_stays(browser, told):
    page = brought(browser, GOOD, MANGLED)
    assert "Wordt verwerkt" in text(browser.post(f"{page}verwerken/", follow=True))
    work()
    done = text(browser.get(page))
    assert "1 regel is vastgelegd. 1 foute regel is overgeslagen." in done
    assert "Controleer opnieuw" not in done and ">Stop<" not in done
    assert "<dt>Verwerkt</dt><dd>1</dd>" in done
    assert Zorgactiviteit.objects.get().units == 6
    assert "al verwerkt" in text(browser.post(f"{page}verwerken/", follow=True))
    row = browser.get(HERE).context["files"][0]
    assert (row["badge"], row["wrong"]) == (("ok", "Verwerkt"), 1)


def test_only_if_all_is_good(browser, told):
    page = brought(browser, GOOD, MANGLED, choice="alles")
    seen = text(browser.get(page))
    assert "Verwerken kan niet" in seen and "alleen als alles goed is" in seen and "verwerken/" not in seen
    assert "alleen als alles goed is" in text(browser.post(f"{page}verwerken/", follow=True))
    work()
    assert not Zorgactiviteit.objects.exists()


def test_the_same_file_again_has_nothing_new(browser, told):
    browser.post(brought(browser, GOOD) + "verwerken/")
    work()
    seen = text(browser.get(brought(browser, GOOD)))
    assert "staat niets nieuws" in seen and "Dit bestand voegt niets toe" in seen


def test_what_changed_meanwhile_is_left_and_can_be_checked_again(browser, told, indiener):
    page = brought(browser, GOOD)
    entry = Entry("190962", day(9), Discipline.ERGOTHERAPIE)
    subtrajects.register(zorgtraject_id=told.traject.pk, entry=entry, by=indiener, now=timezone.now())
    browser.post(f"{page}verwerken/")
    work()
    seen = text(browser.get(page))
    assert "1 regel is niet verwerkt" in seen and "Er was intussen iets veranderd".lower() in seen.lower()
    browser.post(f"{page}opnieuw/")
    work()
    assert "Verwerk 1 regel" in text(browser.get(page))
    browser.post(f"{page}verwerken/")
    work()
    assert Zorgactiviteit.objects.count() == 2


def test_it_is_forgotten_when_its_time_has_come(browser, told, time_machine):
    page = brought(browser, GOOD)
    from authorizations.services import traject_imports

    traject_imports.forget(now=timezone.now() + timedelta(days=31))
    assert browser.get(page).status_code == 404


# -- the log ---------------------------------------------------------------------------------------------------------


def test_each_look_and_press_is_logged_with_whom_it_is_about(browser, told):
    page = brought(browser, GOOD, f"ZT20260001;190961;{day(-9)};fysiotherapie;6;14")
    seen = AccessEvent.objects.count()
    assert browser.get(f"{page}stand/").status_code == 200
    assert AccessEvent.objects.count() == seen
    browser.get(f"{page}?toon=gevolgen")
    browser.get(f"{page}?toon=fouten")
    assert len(list(browser.get(f"{page}fouten.csv").streaming_content)) == 1
    browser.post(f"{page}verwerken/")
    rows = list(AccessEvent.objects.order_by("id")[seen:])
    about = [f"ZT {told.traject.number}"]
    assert [(row.kind, row.dossiers) for row in rows] == [
        ("activiteiten_bekijken", about),
        ("activiteiten_bekijken", about),
        ("activiteiten_ophalen", about),
        ("activiteiten_inlezen", []),
    ]
    assert "november" not in str([vars(row) for row in rows])
