from datetime import date
from decimal import Decimal

import pytest

from authorizations.domain import words


def test_a_day():
    assert words.day(date(2026, 11, 1)) == "1 november 2026"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12.50", "12,5"),
        ("120.00", "120"),
        ("1204", "1.204"),
        ("0", "0"),
        ("1234567.25", "1.234.567,25"),
        ("-3.5", "-3,5"),
    ],
)
def test_a_number(value, expected):
    assert words.number(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a of b"), (["a", "b", "c"], "a, b of c")]
)
def test_a_list(items, expected):
    assert words.listing(items, "of") == expected
