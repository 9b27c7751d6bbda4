"""The pages of the codes, open to everybody."""

import csv
import io

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(db):
    call_command("load_catalogue", verbosity=0)
    with time_machine.travel("2020-06-01 09:00+00:00", tick=False):
        yield


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_list_says_how_a_code_stands_and_what_came_after_it():
    page = text(Client().get("/codes/?q=108B16"))
    assert "1 code op 1 juni 2020" in page
    assert "Beëindigd" in page
    assert 'href="/codes/declaratiecode/25B145/"' in page


def test_a_derived_successor_is_said_to_be_derived():
    ended = Client().get("/codes/declaratiecode/108B16/")
    assert "(zo staat het in de bron)" in text(ended)
    found = text(Client().get("/codes/?q=crisis&soort=declaratiecode"))
    assert "(afgeleid)" in found


def test_a_code_has_an_address_with_its_history_relations_and_rules():
    page = text(Client().get("/codes/zorgtype/303/"))
    assert "Vanaf 1-1-2020" in page
    assert 'href="/codes/declaratiecode/25B130/"' in page
    assert "regioplan" in page
    assert "Bron: Zilveren Kruis, “Declareren &amp; machtigen GGZ” (2020)" in page and "S2 regel" not in page
    assert 'aria-current="true"' in page


@pytest.mark.parametrize(("day", "words"), [("31 12 2019", "Nog niet geldig"), ("1 1 2020", "Geldig")])
def test_the_day_decides(day, words):
    day, month, year = day.split()
    page = Client().get(f"/codes/declaratiecode/25b095/?dag_0={day}&dag_1={month}&dag_2={year}")
    assert words in text(page)


@pytest.mark.parametrize("path", ["zorgtype/999", "onzin/303", "zorgtype/%00", "declaratiecode/303"])
def test_what_no_list_knows_is_not_there(path):
    assert Client().get(f"/codes/{path}/").status_code == 404


def test_a_day_that_does_not_exist_is_said_and_the_rest_is_kept():
    answer = Client().get("/codes/?q=crisis&dag_0=31&dag_1=2&dag_2=2020")
    assert answer.status_code == 422
    page = text(answer)
    assert "bestaande datum" in page
    assert 'value="crisis"' in page
    assert Client().get("/codes/codes.csv?dag_0=31&dag_1=2&dag_2=2020").status_code == 422


def test_a_page_that_is_not_there_is_the_last_and_each_has_its_own_codes():
    pages = [Client().get(f"/codes/?soort=declaratiecode&pagina={number}") for number in (1, 2, 99, "x", 0)]
    shown = [[one.code for one, _, _ in page.context["codes"]] for page in pages]
    assert all(page.status_code == 200 for page in pages)
    assert shown[0] == shown[3] and len(shown[0]) == 50
    assert shown[1] and not set(shown[0]) & set(shown[1])
    last = pages[0].context["page"].paginator.num_pages
    assert [page.context["page"].number for page in pages] == [1, 2, last, 1, last]


def test_a_page_of_codes_asks_once():
    asked = []
    with connection.execute_wrapper(lambda run, sql, *more: (asked.append(sql), run(sql, *more))[1]):
        Client().get("/codes/?soort=declaratiecode&pagina=2")
    assert len([sql for sql in asked if "ggz_codes_prestatie" in sql]) == 1


def test_nothing_found_says_what_to_do():
    assert "Deze code kennen wij niet" in text(Client().get("/codes/?q=99Z999"))


def test_the_file_has_what_the_list_shows_with_every_code_as_text():
    answer = Client().get("/codes/codes.csv?soort=declaratiecode&q=25B1")
    assert answer["Content-Type"].startswith("text/csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines), delimiter=";"))
    assert [row["code"] for row in rows][:2] == ["25B130", "25B131"]
    assert rows[0]["geldig_vanaf"] == "2020-01-01"
    assert rows[0]["stand"] == "Geldig"


def test_a_program_gets_the_same():
    told = Client().get("/api/v1/codes/declaratiecode/108B16?geldig_op=2020-01-01").json()
    assert told["stand"] == "beeindigd"
    assert told["opvolgers"][0] == {"code": "25B145", "zekerheid": "bewezen"}
    assert told["versies"][0]["geldig_tot"] == "2019-12-31"
    found = Client().get("/api/v1/codes?q=25B13&geldig_op=2019-06-01").json()
    assert found["aantal"] == 10
    assert {one["stand"] for one in found["codes"]} == {"nog_niet_geldig"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/codes?geldig_op=1-1-2020", 422),
        ("/api/v1/codes?soort=onzin", 422),
        ("/api/v1/codes?vanaf=-1", 422),
        ("/api/v1/codes/zorgtype/999", 404),
        ("/api/v1/codes/onzin/303", 404),
        ("/api/v1/codes/zorgtype/303?geldig_op=2020-02-31", 422),
    ],
)
def test_a_program_reads_what_is_wrong(path, status):
    answer = Client().get(path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
