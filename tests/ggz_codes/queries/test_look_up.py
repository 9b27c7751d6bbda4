"""Looking a code up, by itself and by words, in the catalogue and in releases."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from ggz_codes import queries
from ggz_codes.domain.release_terms import RowKind
from ggz_codes.domain.validity import Certainty, Period, Standing
from ggz_codes.queries import look_up, releases
from tests.factories import releases as released
from tests.factories.release_files import canonical, grouper, product

pytestmark = pytest.mark.django_db
IN_2020 = date(2020, 6, 1)


@pytest.fixture(autouse=True)
def catalogue(db):
    call_command("load_catalogue", verbosity=0)


def codes(typed, **more):
    found, total = look_up.search(typed, day=more.pop("day", IN_2020), **more)
    return [one.code for one in found], total


def test_a_code_is_found_by_its_begin_in_any_case():
    found, total = codes("25b13")
    assert found == [f"25B13{number}" for number in range(10)]
    assert total == 10


def test_words_are_found_in_description_and_group_in_any_order():
    found, _ = codes("budget crisis verblijf")
    assert found == ["25B090", "25B091", "25B092", "25B093", "25B094"]


def test_the_same_words_are_different_codes():
    found, _ = look_up.search("25B130", day=IN_2020)
    other, _ = look_up.search("25B137", day=IN_2020)
    assert found[0].description == other[0].description
    assert found[0].group != other[0].group


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14E49", {"14E490"}),
        ("990027198", {"14E489"}),
        ("maximaal 4 behandeluren", {"14E489"}),
        ("consultair verblijf", set()),
        ("crisis D budget gemiddelde", {"25B090"}),
        ("%", set()),
    ],
)
def test_declaratiecodes_by_code_zorgproduct_and_words(typed, expected):
    found, _ = codes(typed, kind="declaratiecode")
    assert set(found) == expected


def test_the_group_tells_equal_descriptions_apart():
    found, _ = codes("buiten budget 99 minuten")
    minutes = {code: look_up.versions(RowKind.DECLARATIECODE, code)[0].minutes[1] for code in found}
    assert {code for code, until in minutes.items() if until == 99} == {"25B137"}


def test_a_figure_is_the_begin_of_a_code_and_only_else_a_word():
    of_99_minutes = set(codes("buiten budget 99", kind="declaratiecode")[0])
    assert "25B137" in of_99_minutes
    assert not set(codes("99", kind="declaratiecode", limit=500)[0]) & of_99_minutes
    assert codes("99", kind="zorgtype") == ([], 0)


def test_a_page_beyond_the_last_of_codes_is_empty():
    assert codes("25B13", limit=10, offset=10) == ([], 0)


def test_what_no_code_begins_with_is_looked_for_in_the_words_page_after_page():
    first, total = codes("mi", limit=3)
    second, same = codes("mi", limit=3, offset=3)
    assert total == same > 6
    assert not set(first) & set(second)


def test_search_for_nothing_finds_all():
    known = queries.prestaties().order_by().values("domain", "code").distinct().count()
    assert codes("\x00 ", kind="declaratiecode", limit=1)[1] == known


def test_search_keeps_to_the_day():
    assert codes("25B130", only_valid=True, day=date(2019, 12, 31)) == ([], 0)
    assert codes("25B130", only_valid=True, day=date(2020, 1, 1)) == (["25B130"], 1)


@pytest.mark.parametrize("typed", ["%", "_", "\\", "25B%", "' OR 1=1 --", "\x00", "\\%"])
def test_signs_of_the_database_are_letters_like_others(typed):
    found, total = codes(typed)
    assert (found, total) == ([], 0) or typed == "\x00"


def test_a_kind_and_a_day_narrow():
    found, _ = codes("", kind="zorgtype", only_valid=True)
    assert found == ["155", "156", "254", "255", "256", "303", "304", "305", "306"]
    before, _ = codes("", kind="zorgtype", only_valid=True, day=date(2019, 12, 31))
    assert before == ["110", "111", "116", "206", "211", "301", "302"]


def test_pages_follow_each_other_and_know_how_many_there_are():
    whole, total = codes("", kind="zorgtype")
    first, _ = codes("", kind="zorgtype", limit=10)
    second, same = codes("", kind="zorgtype", limit=10, offset=10)
    assert first + second == whole
    assert total == same == len(whole) == 16


def test_of_an_ended_code_what_came_in_its_place_is_told():
    (found,), _ = look_up.search("108B16", day=IN_2020)
    assert found.standing is Standing.ENDED
    assert {(one.code, one.certainty) for one in found.successors} == {
        (code, Certainty.PROVEN) for code in ("25B145", "25B146", "25B147")
    }
    (then,), _ = look_up.search("108B16", day=date(2019, 12, 31))
    assert then.standing is Standing.VALID
    assert then.successors == ()


@pytest.mark.parametrize(
    ("kind", "code", "day", "standing"),
    [
        (RowKind.DECLARATIECODE, "25B095", IN_2020, Standing.VALID),
        (RowKind.DECLARATIECODE, "25B095", date(2019, 12, 31), Standing.NOT_YET_VALID),
        (RowKind.ZORGTYPE, "110", IN_2020, Standing.ENDED),
        (RowKind.ZORGTYPE, "25B095", IN_2020, Standing.UNKNOWN),
    ],
)
def test_three_different_answers_for_what_is_not_valid(kind, code, day, standing):
    assert look_up.validity_on(kind, code, look_up.versions(kind, code), day).standing is standing


def test_every_wording_stands_in_its_history_with_its_source():
    (only,) = look_up.versions(RowKind.DECLARATIECODE, "25B130")
    assert only.minutes[0] is not None
    assert "S2 regel" in only.origin
    assert look_up.versions(RowKind.DECLARATIECODE, "99Z999") == []


def test_what_a_release_brought_is_found_beside_the_catalogue():
    released.loaded(grouper(product("990027198", "14E489", "2014-01-01", "2015-12-31")))
    (found,), total = look_up.search("990027198", day=date(2015, 1, 1), kind="zorgproduct")
    assert (found.kind, found.standing, total) == (RowKind.ZORGPRODUCT, Standing.VALID, 1)
    assert [code for code, _ in look_up.declared_as("990027198")] == ["14E489"]
    assert [code for code, _ in look_up.declares("14E489")] == ["990027198"]
    (wording,) = look_up.versions(RowKind.ZORGPRODUCT, "990027198")
    assert wording.period == Period(date(2014, 1, 1), date(2015, 12, 31))


def test_a_trial_that_nobody_activated_is_not_found():
    released.trial(grouper(product("990027198", "14E489", "2014-01-01")))
    assert codes("990027198", kind="zorgproduct") == ([], 0)


def test_many_codes_and_days_are_told_in_one_question(django_assert_num_queries):
    released.loaded(grouper(product("990027198", "14E489", "2014-01-01", "2015-12-31")))
    asked = [("990027198", date(year, 7, 1)) for year in (2013, 2014, 2016)] + [("990027000", IN_2020)]
    with django_assert_num_queries(1):
        told = releases.validities_of(RowKind.ZORGPRODUCT, asked)
    assert [one.standing for one in told] == [
        Standing.NOT_YET_VALID,
        Standing.VALID,
        Standing.ENDED,
        Standing.UNKNOWN,
    ]


@pytest.mark.parametrize(
    ("cents", "words"), [(137334, "€ 1.373,34"), (5, "€ 0,05"), (123456789, "€ 1.234.567,89"), (None, "")]
)
def test_a_price_is_whole_cents_as_people_read_them(cents, words):
    assert look_up.Version("", "", "", Period(), "", cents=cents).price == words


SAME = {"soort": "declaratiecode", "domein": "GGZ"}


def test_a_release_tells_of_a_code_of_our_own_list_from_its_first_day():
    ended = SAME | {"code": "25B130", "omschrijving": "Nieuw", "geldig_vanaf": "2023-01-01", "geldig_tot": "2025-12-31"}
    released.loaded(canonical(ended))
    in_2019, in_2022, in_2026 = date(2019, 1, 1), date(2022, 1, 1), date(2026, 1, 1)
    assert queries.standing_of("25B130", in_2022) is Standing.VALID
    assert queries.standing_of("25B130", in_2026) is Standing.ENDED
    found = [(one.description, one.period) for one in look_up.versions(RowKind.DECLARATIECODE, "25B130")]
    assert found[1:] == [("Nieuw", Period(date(2023, 1, 1), date(2025, 12, 31)))]
    assert found[0][1] == Period(date(2020, 1, 1), date(2022, 12, 31))
    for day, standing in ((in_2019, Standing.NOT_YET_VALID), (in_2022, Standing.VALID), (in_2026, Standing.ENDED)):
        (one,), total = look_up.search("25B130", day=day)
        assert (one.standing, total) == (standing, 1), day
    assert look_up.search("25B130", day=in_2026, only_valid=True)[1] == 0


def test_a_release_from_the_first_day_on_takes_the_place_of_our_own_list():
    released.loaded(canonical({"soort": "zorgtype", "domein": "GGZ", "code": "303", "omschrijving": "Anders",
                               "geldig_vanaf": "2020-01-01"}))  # fmt: skip
    assert [one.description for one in look_up.versions(RowKind.ZORGTYPE, "303")] == ["Anders"]
    assert queries.standing_of_zorgtype("303", IN_2020) is Standing.VALID
    (one,), _ = look_up.search("303", day=IN_2020)
    assert one.description == "Anders"


def test_words_are_never_looked_for_row_by_row(monkeypatch):
    """Just after a release nobody has counted its rows: joined one by one, a search took minutes."""
    real, said = look_up._ask, []

    def asked(statement, values):
        with connection.cursor() as cursor:
            cursor.execute("SHOW enable_nestloop")
            said.append((statement == look_up.BY_CODE_OR_WORDS, cursor.fetchone()[0]))
        return real(statement, values)

    monkeypatch.setattr(look_up, "_ask", asked)
    codes("verblijf crisis")
    codes("%")
    codes("99")
    assert said == [(True, "off"), (False, "on"), (True, "off"), (False, "on")]
