"""The pages of a release of codes: who brings one, what is said of it, and every button."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.domain.roles import Role
from ggz_codes.domain.release_layouts import CANONICAL_COLUMNS
from ggz_codes.domain.release_terms import ReleaseStage, RowState
from ggz_codes.models import Release, ReleasedCode
from ggz_codes.services import release_work
from kit import tenancy
from tests.factories import accounts as people
from tests.factories.release_files import canonical, workbook
from tests.factories.releases import released

pytestmark = pytest.mark.django_db
HERE = "/beheer/codes/"
SAID = {
    "source": "nza",
    "package": "grouper",
    "name": "RZ17a",
    **{f"effective_on_{place}": part for place, part in enumerate(("1", "1", "2017"))},
    **{f"delivered_on_{place}": part for place, part in enumerate(("17", "11", "2016"))},
}


@pytest.fixture
def browser(log_in, insurer):
    return log_in(people.actor(Role.BEHEERDER, organization=insurer, full_name="Bea Beheer"))


def text(answer):
    return " ".join(answer.content.decode().split())


def sent(content, **more):
    return {"file": SimpleUploadedFile("codes.csv", content, "text/csv"), **SAID, **more}


def work():
    with tenancy.as_system(tenancy.WORKER):
        while release_work.do_next(now=timezone.now()):
            pass


def brought(browser, content):
    answer = browser.post(HERE, sent(content))
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def difference(browser, there):
    content = b"".join(browser.get(f"{there}verschil.csv").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_from_the_menu_to_codes_in_force(browser):
    assert f'href="{HERE}"' in text(browser.get(HERE))
    assert "nog geen uitgave" in text(browser.get(HERE))
    there = brought(browser, canonical({}, {"code": "14E489"}))
    page = text(browser.get(there))
    assert "Wordt gelezen" in page and "data-poll" in page and "Activeer" not in page
    work()
    assert "Bekijk de uitkomst" in text(browser.get(f"{there}stand/"))
    page = text(browser.get(there))
    for words in ("Proef klaar", "2 nieuwe codes", "14E489", "Beperkt behandelen", "vanaf 1-1-2014", "Bea Beheer"):
        assert words in page
    assert browser.post(f"{there}activeren/")["Location"] == there
    assert "Wordt geactiveerd" in text(browser.get(there))
    work()
    assert "In gebruik" in text(browser.get(there))
    assert ReleasedCode.objects.filter(state=RowState.IN_FORCE).count() == 2
    assert "NZa grouper RZ17a" in text(browser.get(HERE))


def test_what_it_was_and_becomes(browser):
    there = brought(browser, canonical({"tarief_eurocent": "137334"}, {"code": "14E489"}))
    work()
    browser.post(f"{there}activeren/")
    work()
    there = brought(browser, canonical({"tarief_eurocent": "150000"}, {"code": "14E489", "omschrijving": "=Nieuw"}))
    work()
    page = text(browser.get(f"{there}?toon=price"))
    assert "€ 1.373,34" in page and "€ 1.500,00" in page and "=Nieuw" not in page
    assert "=Nieuw" in text(browser.get(f"{there}?toon=text"))
    lines = difference(browser, there)
    assert [(one["wijziging"], one["code"], one["was"], one["wordt"]) for one in lines] == [
        ("Andere prijs", "14E490", "€ 1.373,34", "€ 1.500,00"),
        ("Andere tekst", "14E489", "Beperkt behandelen", "'=Nieuw"),
    ]
    assert [one["tarief_eurocent_wordt"] for one in lines] == ["150000", ""]


def test_a_new_price_is_seen_before_it_holds(browser):
    there = brought(browser, canonical({"soort": "tarief", "tarief_eurocent": "137334", "tariefsoort": "Tarief"}))
    work()
    assert "€ 1.373,34 Tarief" in text(browser.get(there))
    (line,) = difference(browser, there)
    assert (line["wordt"], line["tarief_eurocent_was"], line["tarief_eurocent_wordt"]) == (
        "Beperkt behandelen", "", "137334",
    )  # fmt: skip


def test_everything_one_kind_or_some_codes(browser):
    many = [{"code": f"14E{one}"} for one in range(100, 170)]
    activities = [{"soort": "zorgactiviteit", "domein": "MSZ", "code": f"19{one:04}"} for one in range(70)]
    there = f"{HERE}{released(canonical(*many, *activities)).pk}/"
    page = text(browser.get(there))
    assert '<a class="nl-link" href="?toon=alles" aria-current="true">Alles</a>: 140' in page
    assert "14E100" in page and "Wijziging" in page
    narrowed = f"{there}?toon=new&soort=zorgactiviteit&code=1900"
    page = text(browser.get(narrowed))
    assert "190000" in page and "14E100" not in page and 'aria-current="true">Nieuw</a>: 70' in page
    assert "soort=zorgactiviteit&amp;code=1900&amp;pagina=2" in page
    assert "190069" in text(browser.get(f"{narrowed}&pagina=2"))
    assert "Niets gevonden" in text(browser.get(f"{there}?soort=zorgactiviteit&code=14e"))
    assert "14E169" in text(browser.get(f"{there}?soort=onzin&code=14e169%00"))


def test_relations_can_be_looked_at(browser):
    def row(code, end=""):
        return canonical({"soort": "zorgproduct", "code": "990027198", "domein": "MSZ", "geldig_tot": end,
                          "relatie_soort": "declaratiecode", "relatie_code": code})  # fmt: skip

    there = brought(browser, row("14E489"))
    work()
    assert "1 nieuwe code en 1 nieuwe relatie" in text(browser.get(there))
    page = text(browser.get(f"{there}?toon=relaties"))
    for words in ("990027198", "Wordt gedeclareerd als", "14E489", "Nieuw", "vanaf 1-1-2014"):
        assert words in page
    browser.post(f"{there}activeren/")
    work()
    there = brought(browser, row("14E489", "2016-12-31"))
    work()
    page = text(browser.get(f"{there}?toon=relaties"))
    assert "Beëindigd" in page and "1-1-2014 tot en met 31-12-2016" in page and "was vanaf 1-1-2014" in page
    line = difference(browser, there)[-1]
    assert (line["wijziging"], line["relatie"], line["naar_soort"], line["naar_code"], line["was"]) == (
        "Beëindigd", "Wordt gedeclareerd als", "Declaratiecode", "14E489", "vanaf 1-1-2014",
    )  # fmt: skip
    there = brought(browser, row("14E490"))
    work()
    assert "1 nieuwe relatie en 1 beëindigde relatie" in text(browser.get(there))
    assert "Wordt gedeclareerd als 14E489 vanaf 1-1-2014" in text(browser.get(f"{there}?toon=link_ended"))


def test_what_was_mended_and_what_was_left_have_their_own_columns(browser):
    sheets = {
        "uitleg": [("Lees mij",), ("een",), ("twee",)],
        "codes": [CANONICAL_COLUMNS, ("zorgtype", "MSZ", "9", "Negen", *[""] * (len(CANONICAL_COLUMNS) - 4))],
    }
    there = brought(browser, workbook(sheets))
    work()
    page = text(browser.get(f"{there}?toon=skipped"))
    assert '<td data-label="Regels">2</td>' in page and "blad uitleg" in page and 'data-label="Code"' not in page
    page = text(browser.get(f"{there}?toon=warning"))
    assert (
        '<td data-label="Kolom"><span class="mp-code mp-name">code</span></td>' in page and "aangevuld tot 09" in page
    )
    told = {one["wijziging"]: one for one in difference(browser, there)}
    assert told["Overgeslagen"]["code"] == told["Overgeslagen"]["soort"] == ""
    assert told["Verbeterd bij het lezen"]["wordt"].startswith("code: “9” is aangevuld")


def test_what_is_wrong(browser):
    there = brought(browser, canonical({}, {"code": "<b>1</b>"}))
    work()
    page = text(browser.get(there))
    for words in ("Afgekeurd", "In dit bestand staat 1 fout.", "codes.csv, regel 3", "&lt;B&gt;1", "Wat er fout is"):
        assert words in page
    assert "Activeer" not in page
    (line,) = difference(browser, there)
    assert (line["plaats"], line["kolom"], line["waarde"]) == ("codes.csv, regel 3", "code", "<b>1</b>")
    assert "geen declaratiecode" in line["fout"]


def test_the_same_file_leads_to_what_is_there(browser):
    content = canonical({})
    there = brought(browser, content)
    work()
    answer = browser.post(HERE, sent(content), follow=True)
    assert answer.redirect_chain == [(there, 302)]
    assert "al ingelezen" in text(answer) and Release.objects.count() == 1


def test_an_older_one_only_when_somebody_insists(browser):
    there = brought(browser, canonical({}))
    work()
    browser.post(f"{there}activeren/")
    work()
    older = {f"delivered_on_{place}": part for place, part in enumerate(("1", "1", "2015"))}
    there = browser.post(HERE, sent(canonical({"omschrijving": "Oud"}), **older))["Location"]
    work()
    page = text(browser.get(there))
    assert "In gebruik is een nieuwere" in page and "Activeer toch" in page
    assert "In gebruik is een nieuwere" in text(browser.post(f"{there}activeren/", follow=True))
    browser.post(f"{there}activeren/", {"forced": "ja"})
    work()
    assert ReleasedCode.objects.get(state=RowState.IN_FORCE).description == "Oud"


def test_stopping(browser):
    there = brought(browser, canonical({}))
    browser.post(f"{there}stoppen/")
    page = text(browser.get(there))
    assert "Gestopt door Bea Beheer" in page and "Aan de codes is niets veranderd" in page
    assert "al klaar" in text(browser.post(f"{there}stoppen/", follow=True))
    assert Release.objects.get().stage == ReleaseStage.CANCELLED


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"package": ""}, "Vul “Pakket” in"),
        ({"source": "elders"}, "Kies een antwoord uit de lijst"),
        ({"effective_on_0": "31", "effective_on_1": "2"}, "bestaande datum"),
        ({"file": SimpleUploadedFile("leeg.csv", b"")}, "leeg"),
    ],
)
def test_what_must_be_said(browser, more, words):
    answer = browser.post(HERE, {**sent(canonical({})), **more})
    assert answer.status_code == 422 and words in text(answer)
    assert not Release.objects.exists()


def test_every_beheerder_of_an_insurer_sees_the_same(log_in, browser, other_insurer, insurer, provider):
    there = f"{HERE}{released().pk}/"
    elsewhere = log_in(people.actor(Role.BEHEERDER, organization=other_insurer))
    assert browser.get(there).status_code == elsewhere.get(there).status_code == 200
    for role, place in ((Role.COORDINATOR, insurer), (Role.ORGANISATIEBEHEERDER, provider)):
        stranger = log_in(people.actor(role, organization=place))
        assert {stranger.get(one).status_code for one in (HERE, there, f"{there}verschil.csv")} == {403}
        assert stranger.post(f"{there}activeren/").status_code == 403
    assert browser.get(f"{HERE}2000000000/").status_code == 404


def test_many_changes_on_pages(browser):
    there = f"{HERE}{released(canonical(*[{'code': f'14E{one}'} for one in range(100, 260)])).pk}/"
    assert "14E100" in text(browser.get(there)) and "14E259" in text(browser.get(f"{there}?pagina=4"))
    assert "14E100" in text(browser.get(f"{there}?toon=onzin&pagina=x"))
