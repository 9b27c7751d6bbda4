from datetime import date

import pytest

from ggz_codes import queries
from ggz_codes.domain.validity import Standing
from ggz_codes.services import catalogue

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _catalogue(db):
    catalogue.load()


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("25B130", date(2019, 12, 31), Standing.NOT_YET_VALID),
        ("25B130", date(2020, 1, 1), Standing.VALID),
        ("108B16", date(2019, 12, 31), Standing.VALID),
        ("108B16", date(2020, 1, 1), Standing.ENDED),
        ("25b130 ", date(2020, 1, 1), Standing.VALID),
        ("14E489", date(2020, 1, 1), Standing.UNKNOWN),  # of another domain
    ],
)
def test_a_code_stands_by_the_opening_date(code, day, expected):
    assert queries.standing_of(code, day) is expected


def test_a_zorgtype_stands_by_the_day():
    assert queries.standing_of_zorgtype("303", date(2019, 12, 31)) is Standing.NOT_YET_VALID
    assert queries.standing_of_zorgtype("110", date(2020, 1, 1)) is Standing.ENDED
    assert queries.standing_of_zorgtype("999", DAY) is Standing.UNKNOWN
    assert set(queries.zorgtypes(DAY).values_list("code", flat=True)) == {
        *("155", "156", "254", "255", "256"),
        *("303", "304", "305", "306"),
    }


def test_a_code_is_found_by_code_on_a_day():
    found = queries.prestatie("14e490", DAY)
    assert found is not None
    assert found.zorgproduct_code == "990027199"
    assert queries.prestatie("14E490", date(2013, 12, 31)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14E49", {"14E490"}),
        ("990027198", {"14E489"}),
        ("maximaal 4 behandeluren", {"14E489"}),
        ("consultair verblijf", set()),
        ("crisis D budget gemiddelde", {"25B090"}),
        ("%", set()),
    ],
)
def test_search(text, expected):
    assert set(queries.search(text).values_list("code", flat=True)) == expected


def test_the_group_tells_equal_descriptions_apart():
    found = queries.search("buiten budget 99 minuten")
    assert {row.code for row in found if row.minutes_until == 99} == {"25B137"}


def test_search_for_nothing_finds_all():
    assert queries.search("\x00 ").count() == queries.prestaties().count()


def test_search_keeps_to_the_day():
    assert queries.search("25B130", day=date(2019, 12, 31)).count() == 0
    assert queries.search("25B130", day=date(2020, 1, 1)).count() == 1
