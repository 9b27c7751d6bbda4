"""What can't be when a zorgtraject begins."""

from datetime import date

import pytest

from authorizations.domain import traject_start

TODAY = date(2026, 11, 30)
GOOD = {
    "number": "ZT1",
    "bsn": "999996708",
    "birth_date": date(1981, 4, 2),
    "opened_on": date(2026, 11, 30),
    "today": TODAY,
}


def fields(**changes):
    return [field for field, _ in traject_start.wrong(**{**GOOD, **changes})]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"number": "999996708"}, ["number"]),
        ({"birth_date": date(2026, 11, 30)}, []),
        ({"birth_date": date(2026, 12, 1)}, ["birth_date"]),
        ({"birth_date": date(1890, 4, 2)}, ["birth_date"]),
        ({"opened_on": date(2026, 12, 1)}, ["opened_on"]),
        ({"opened_on": date(2021, 1, 1)}, []),
        ({"opened_on": date(2020, 12, 31)}, ["opened_on"]),
        ({"opened_on": date(1926, 6, 1)}, ["opened_on"]),
        ({"birth_date": date(2026, 8, 2), "opened_on": date(2026, 8, 1)}, ["opened_on"]),
        ({"birth_date": date(2026, 8, 2), "opened_on": date(2026, 8, 2)}, []),
        ({"birth_date": None, "opened_on": None, "bsn": "", "number": ""}, []),
    ],
)
def test_what_cannot_be_stands_at_its_field(changes, expected):
    assert fields(**changes) == expected
