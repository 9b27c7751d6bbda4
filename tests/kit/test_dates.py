"""Reading a date in parts, whatever stands in them."""

from datetime import date

import pytest

from kit import dates


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("31", "12", "2026"), date(2026, 12, 31)),
        (("1", "december", "2026"), date(2026, 12, 1)),
        (("31", "2", "2026"), None),
        (("1", "0", "2026"), None),
        (("1", "13", "2026"), None),
        (("1", "9" * 5_000, "2026"), None),
        (("9" * 5_000, "1", "2026"), None),
        (("1", "٣", "2026"), None),
    ],
)
def test_a_date_in_parts_is_a_day_or_nothing(parts, expected):
    assert dates.compose(*parts) == expected
