"""What is wrong with a notice of an omzetplafond, and which step may be taken when."""

from datetime import date
from decimal import Decimal

import pytest

from authorizations.domain import notices
from authorizations.domain.notices import CEILING_STEPS, INSURER, PROVIDER, Ceiling, CeilingLevel, CeilingStatus

TODAY = date(2026, 11, 30)
LATER = date(2026, 12, 20)


@pytest.mark.parametrize(
    ("realised", "expected"),
    [("999.99", CeilingLevel.NEARLY), ("1000", CeilingLevel.REACHED), ("1000.01", CeilingLevel.REACHED)],
)
def test_it_is_reached_from_the_very_amount_on(realised, expected):
    assert notices.level_of(Decimal(1000), Decimal(realised)) is expected


@pytest.mark.parametrize(
    ("year", "ceiling", "realised", "day", "codes"),
    [
        (2026, "1000", "900", LATER, []),
        (2026, "1000", "1000", TODAY, []),
        (2026, "1000", "0", TODAY, []),  # expected today
        (2025, "1000", "900", date(2026, 12, 31), []),  # a dbc of the year before still runs
        (2025, "1000", "900", date(2027, 1, 1), ["day_outside_year"]),
        (2027, "1000", "900", date(2027, 2, 1), []),
        (2024, "1000", "900", LATER, ["year_wrong"]),
        (2028, "1000", "900", LATER, ["year_wrong"]),
        (None, "1000", "900", LATER, ["year_wrong"]),
        (2027, "1000", "1000", TODAY, ["year_to_come"]),
        (2026, None, None, LATER, ["ceiling_missing", "realised_missing"]),
        (2026, "0", "-1", LATER, ["ceiling_wrong", "realised_wrong"]),
        (2026, "100000000000", "1", LATER, ["ceiling_wrong"]),
        (2026, "1000", "900", None, ["day_missing"]),
        (2026, "1000", "900", date(2026, 11, 29), ["day_past"]),
        (2026, "1000", "1000", date(2026, 12, 1), ["day_to_come"]),
        (2026, "1000", "1000", date(2025, 12, 31), ["day_outside_year"]),
        (2027, "1000", "900", date(2199, 1, 1), ["day_outside_year"]),
    ],
)
def test_what_is_wrong_with_it(year, ceiling, realised, day, codes):
    told = Ceiling(year, ceiling and Decimal(ceiling), realised and Decimal(realised), day)
    assert [one.code for one in notices.obstacles_to_tell(told, today=TODAY)] == codes


def test_nearly_is_never_told_as_all():
    assert notices.share(Decimal(1000), Decimal("999.99")) == "99 %"


@pytest.mark.parametrize(
    ("status", "provider", "insurer"),
    [
        (CeilingStatus.FILED, ["withdraw"], ["take"]),
        (CeilingStatus.TAKEN, ["withdraw"], ["release", "answer"]),
        (CeilingStatus.ANSWERED, [], ["close"]),
        (CeilingStatus.CLOSED, [], []),
        (CeilingStatus.WITHDRAWN, [], []),
    ],
)
def test_who_may_do_what(status, provider, insurer):
    assert notices.possible(CEILING_STEPS, status=status, by=PROVIDER) == provider
    assert notices.possible(CEILING_STEPS, status=status, by=INSURER) == insurer
