"""The dbc's of a zorgtraject in the GGZ, on their edges."""

from datetime import date

import pytest

from authorizations.domain import dbcs as rules
from authorizations.domain.dbcs import Dbc, DbcKind
from ggz_codes.domain.validity import Period, Standing, Validity

TODAY = date(2021, 12, 31)
INITIAL, VERVOLG = DbcKind.INITIAL, DbcKind.VERVOLG
FIRST = Dbc(INITIAL, "155", date(2020, 1, 15), date(2020, 12, 1))
OPEN = Dbc(INITIAL, "155", date(2020, 1, 15))


def told(kind=VERVOLG, zorgtype="255", opened_on=date(2021, 1, 1), closed_on=None):
    return Dbc(kind, zorgtype, opened_on, closed_on)


@pytest.mark.parametrize(
    ("dbc", "standing", "fields"),
    [
        (told(INITIAL, "155"), [], []),
        (told(INITIAL, "303"), [], []),
        (told(INITIAL, "255"), [], ["zorgtype"]),
        (told(INITIAL, "15"), [], ["zorgtype"]),
        (told(INITIAL, "1" * 10_000), [], ["zorgtype"]),
        (told(INITIAL, "955"), [], []),  # a series that no source names
        (told(INITIAL, "155"), [FIRST], ["kind"]),
        (told(), [], ["opened_on"]),  # no initial one
        (told(), [FIRST], []),
        (told(zorgtype="304"), [FIRST], []),
        (told(zorgtype="155"), [FIRST], ["zorgtype"]),
        (told(), [OPEN], ["opened_on"]),
        (told(opened_on=date(2020, 12, 1)), [FIRST], ["opened_on"]),  # the day itself is still of the first
        (told(opened_on=date(2020, 12, 2)), [FIRST], []),
        (told(opened_on=date(2020, 1, 14)), [FIRST], ["opened_on"]),  # before the initial one
        (told(opened_on=None), [FIRST], ["opened_on"]),
        (told(opened_on=date(2022, 1, 1)), [FIRST], ["opened_on"]),
        (told(INITIAL, "155", date(2007, 12, 31)), [], ["opened_on"]),
        (told(INITIAL, "155", date(2020, 1, 1), date(2020, 12, 31)), [], []),  # day 365
        (told(INITIAL, "155", date(2020, 1, 1), date(2021, 1, 1)), [], ["closed_on"]),
        (told(INITIAL, "155", date(2020, 1, 1), date(2019, 12, 31)), [], ["closed_on"]),
        (told(INITIAL, "155", date(2020, 1, 1), date(2020, 1, 1)), [], []),
        (told(INITIAL, "155", date(2021, 6, 1), date(2022, 1, 1)), [], ["closed_on"]),
    ],
)
def test_a_dbc_beside_those_that_stand(dbc, standing, fields):
    assert [field for field, _ in rules.wrong(dbc, standing, validity=None, today=TODAY)] == fields


@pytest.mark.parametrize(
    ("standing", "fields"),
    [
        (Standing.VALID, []),
        (Standing.UNKNOWN, []),
        (Standing.ENDED, ["zorgtype"]),
        (Standing.NOT_YET_VALID, ["zorgtype"]),
    ],
)
def test_a_zorgtype_is_valid_on_the_day_of_opening(standing, fields):
    validity = Validity("155", date(2021, 1, 1), standing, Period(date(2020, 1, 1)))
    found = rules.wrong(told(INITIAL, "155"), [], validity=validity, today=TODAY)
    assert [field for field, _ in found] == fields


@pytest.mark.parametrize(
    ("closed_on", "others", "many"),
    [
        (None, [], 1),
        (date(2020, 1, 14), [], 1),
        (date(2020, 1, 15), [], 0),
        (date(2021, 1, 14), [], 0),
        (date(2021, 1, 15), [], 1),
        (date(2022, 1, 1), [], 1),
        (date(2021, 1, 1), [told()], 1),
        (date(2020, 12, 31), [told()], 0),
    ],
)
def test_a_dbc_closes(closed_on, others, many):
    assert len(list(rules.wrong_closing(date(2020, 1, 15), closed_on, others, today=TODAY))) == many


def test_the_initial_one_goes_last():
    assert rules.wrong_removal(FIRST, [told()]) and not rules.wrong_removal(FIRST, [])
    assert not rules.wrong_removal(told(), [FIRST])
    assert (rules.next_kind([]), rules.next_kind([FIRST])) == (INITIAL, VERVOLG)


def test_nobody_is_treated_before_birth():
    [(field, words)] = rules.wrong(told(INITIAL, "155"), [], validity=None, today=TODAY, born_on=date(2021, 1, 2))
    assert field == "opened_on" and "nog niet geboren" in words
