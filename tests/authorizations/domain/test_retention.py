"""How long what is kept, on its edges."""

from datetime import date

import pytest

from authorizations.domain import retention
from authorizations.domain.masking import masked_bsn
from authorizations.domain.policy import Limits
from authorizations.domain.retention import Kept

LIMITS = Limits(files_kept_years=2, decision_kept_years=7, draft_kept_days=180)


@pytest.mark.parametrize(
    ("kept", "counted_from", "last"),
    [
        (Kept.FILES, date(2024, 3, 1), date(2026, 3, 1)),
        (Kept.FILES, date(2024, 2, 29), date(2026, 3, 1)),  # there is no 29 February in 2026: a day later, not earlier
        (Kept.DOSSIER, date(2019, 11, 24), date(2026, 11, 24)),
        (Kept.DRAFT, date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_the_last_day(kept, counted_from, last):
    assert retention.last_day(kept, counted_from, LIMITS) == last
    assert not retention.is_over(kept, counted_from, LIMITS, today=last)
    assert retention.is_over(kept, counted_from, LIMITS, today=date.fromordinal(last.toordinal() + 1))


@pytest.mark.parametrize(
    ("closed_on", "grant_ends_on", "expected"),
    [
        (date(2026, 1, 5), None, date(2026, 1, 5)),
        (date(2026, 1, 5), date(2026, 6, 1), date(2026, 6, 1)),
        (date(2026, 1, 5), date(2025, 12, 1), date(2026, 1, 5)),
    ],
)
def test_the_terms_count_from_the_end_of_the_machtiging(closed_on, grant_ends_on, expected):
    assert retention.end_of(closed_on=closed_on, grant_ends_on=grant_ends_on) == expected


@pytest.mark.parametrize(("bsn", "shown"), [("999996708", "*****6708"), ("", ""), ("6708", "****"), ("12", "**")])
def test_of_a_bsn_the_last_digits_are_shown(bsn, shown):
    assert masked_bsn(bsn) == shown
