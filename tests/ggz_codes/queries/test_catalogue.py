from datetime import date, timedelta

import pytest

from ggz_codes import queries
from ggz_codes.domain.validity import Certainty, Standing
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


def test_a_code_is_found_by_code_on_a_day():
    found = queries.prestatie("14e490", DAY)
    assert found is not None
    assert found.zorgproduct_code == "990027199"
    assert queries.prestatie("14E490", date(2013, 12, 31)) is None


@pytest.mark.parametrize(
    ("code", "day", "expected", "successors"),
    [
        ("25B130", date(2019, 12, 31), Standing.NOT_YET_VALID, []),
        ("25b130 ", date(2020, 1, 1), Standing.VALID, []),
        ("108B16", date(1999, 1, 1), Standing.VALID, []),
        ("108B16", date(2020, 1, 1), Standing.ENDED, ["25B145", "25B146", "25B147"]),
        ("25B002", date(2020, 1, 1), Standing.ENDED, ["25B135", "25B142"]),
        ("25B062", date(2020, 1, 1), Standing.ENDED, []),
        ("14E489", DAY, Standing.VALID, []),
        ("99X999", DAY, Standing.UNKNOWN, []),
        ("1.5E+131", DAY, Standing.UNKNOWN, []),
        ("25B\x00", DAY, Standing.UNKNOWN, []),
        ("", DAY, Standing.UNKNOWN, []),
    ],
)
def test_validity_with_what_came_in_its_place(code, day, expected, successors):
    found = queries.validity_of(code, day)
    assert (found.code, found.day) == (code.strip().upper(), day)
    assert found.standing is expected
    assert [one.code for one in found.successors] == successors


def test_validity_tells_how_sure_a_successor_is():
    ended = queries.validity_of("108B16", DAY), queries.validity_of("25B002", DAY)
    assert [{one.certainty for one in found.successors} for found in ended] == [
        {Certainty.PROVEN},
        {Certainty.DERIVED},
    ]
    assert [found.start_unknown for found in ended] == [True, True]


def test_a_domain_knows_only_its_own_codes():
    assert queries.validity_of("14E489", DAY, "GGZ").standing is Standing.UNKNOWN
    assert queries.validity_of("14E489", DAY, "MSR").standing is Standing.VALID


def test_a_hundred_thousand_pairs_in_two_queries(django_assert_num_queries):
    codes = [*queries.prestaties().values_list("code", flat=True), "99X999", *(f"{n:05}X" for n in range(500))]
    days = [date(2019, 12, 1) + timedelta(days=n) for n in range(200)]
    pairs = [(codes[n % len(codes)], days[n * 7 % len(days)]) for n in range(100_000)]
    with django_assert_num_queries(2):
        found = queries.validities_of(pairs)
    assert [(one.code, one.day) for one in found] == pairs
    for number in range(0, 100_000, 1999):
        code, day = pairs[number]
        assert found[number].standing is queries.standing_of(code, day, "")
    assert len({one.standing for one in found}) == 4


def test_no_pairs_need_no_answer():
    assert queries.validities_of([]) == []
