"""The page of a code that releases brought, and what a program reads of it."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from accounts.domain.roles import Role
from authorizations.api.codes_described import SCHEMAS
from ggz_codes.domain.release_terms import Source
from tests.factories import accounts as people
from tests.factories.release_files import canonical, grouper, product, specialism, zorgtype
from tests.factories.releases import loaded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_2020(db):
    call_command("load_catalogue", verbosity=0)
    with time_machine.travel("2020-06-01 09:00+00:00", tick=False):
        yield


def nza(*records):
    return loaded(grouper(*records), source=Source.NZA, package="grouper", version_on=None)


def text(path, client=None):
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def test_a_declaratiecode_that_only_zorgproducten_lead_to_has_its_page():
    nza(product("990027002", "14B932", "2012-01-01", "2013-12-31"), product("990027003", "14B932", "2013-01-01"))
    assert 'href="/codes/declaratiecode/14B932/"' in text("/codes/zorgproduct/990027002/")
    page = text("/codes/declaratiecode/14B932/")
    for words in (
        'href="/codes/zorgproduct/990027002/"',
        'href="/codes/zorgproduct/990027003/"',
        "Vanaf 1-1-2012, tot en met 31-12-2013",
        "Bron: NZa grouper RZ17a, ingang 1-1-2017",
        "Geldig",
    ):
        assert words in page
    told = Client().get("/api/v1/codes/declaratiecode/14b932").json()
    assert [one["zorgproduct"] for one in told["versies"]] == ["990027002", "990027003"]


def test_each_specialism_has_its_own_history_and_standing():
    nza(
        specialism("0327", "Revalidatiegeneeskunde"),
        specialism("0301", "Oogheelkunde"),
        zorgtype("0327", "Reguliere zorg", 365, "2012-01-01", "2014-12-31"),
        zorgtype("0327", "Reguliere zorg", 120, "2015-01-01"),
        zorgtype("0301", "Reguliere zorg", 120, "2012-01-01", "2016-12-31"),
    )
    page = text("/codes/zorgtype/12/")
    eyes, rehabilitation = page.split("Oogheelkunde", 1)[1].split("Revalidatiegeneeskunde", 1)
    assert "Beëindigd" in eyes and "Geldig" not in eyes.split("</h3>")[0]
    assert "Geldig" in rehabilitation.split("</h3>")[0]
    assert rehabilitation.index("365 dagen") < rehabilitation.index("120 dagen")
    told = Client().get("/api/v1/codes/zorgtype/12").json()
    assert told["domeinen"] == [
        {"domein": "0301", "naam": "Oogheelkunde", "stand": "beeindigd"},
        {"domein": "0327", "naam": "Revalidatiegeneeskunde", "stand": "geldig"},
    ]
    assert [one["maximale_looptijd"] for one in told["versies"]] == [120, 365, 120]
    assert all(set(one) == set(SCHEMAS["CodeVersie"]["properties"]) for one in told["versies"])


def test_the_history_shows_what_insured_people_read_and_says_what_cannot_be_seen():
    loaded(canonical(
        {"geldig_tot": "2014-12-31", "omschrijving_consument": "Kort"},
        {"geldig_vanaf": "2015-01-01", "geldig_tot": "2015-12-31", "omschrijving_consument": "Lang"},
        {"geldig_vanaf": "2016-01-01", "omschrijving_consument": "Lang"},
    ))  # fmt: skip
    page = text("/codes/declaratiecode/14E490/")
    assert "Voor verzekerden: Kort" in page and "Voor verzekerden: Lang" in page
    assert page.count("Niets gewijzigd in deze periode") == 1
    versions = Client().get("/api/v1/codes/declaratiecode/14E490").json()["versies"]
    assert {"Kort", "Lang"} <= {one["omschrijving_verzekerde"] for one in versions}


def test_the_source_is_the_release_of_the_words_also_after_a_newer_one_closed_it():
    loaded(canonical({"code": "14E777"}))
    loaded(canonical({"code": "14E777", "geldig_vanaf": "2018-01-01", "omschrijving": "Nieuw"}),
           version_on=date(2018, 1, 1), package="proef")  # fmt: skip
    page = text("/codes/declaratiecode/14E777/")
    assert "Bron: codes RZ17a, ingang 1-1-2017; afgesloten door proef RZ17a" in page
    assert "Bron: proef RZ17a, ingang 1-1-2017<" in page


def test_everybody_may_ask_so_nobody_reads_a_price_but_the_insurer(log_in, insurer):
    loaded(canonical({"soort": "tarief", "tarief_eurocent": "137334", "tariefsoort": "Tarief"}))
    own = log_in(people.actor(Role.COORDINATOR, organization=insurer))
    assert "€ 1.373,34 (Tarief)" in text("/codes/tarief/14E490/", own)
    assert "1.373" not in text("/codes/tarief/14E490/")
    told = Client().get("/api/v1/codes/tarief/14E490")
    assert told.json()["versies"][0]["tariefsoort"] == "Tarief" and "137334" not in told.content.decode()


def test_no_number_of_our_own_and_no_note_to_ourselves_is_shown():
    for path in ("declaratiecode/25B134", "declaratiecode/14E489", "zorgtype/304", "zorgtype/254", "zorgtype/110"):
        page = text(f"/codes/{path}/")
        assert not [
            words for words in ("S0;", "S2 regel", "lacune", "functioneel", "bronkop", "reeks") if words in page
        ], path
    assert "Zilveren Kruis, “Aanvraag niet-gecontracteerde MSR”" in text("/codes/declaratiecode/14E489/")
    assert "Dit zorgtype volgt op zorgtype 303." in text("/codes/zorgtype/304/")
