"""When a letter on paper waits long."""

from datetime import date

import pytest

from authorizations.domain.post import waits_long
from papers.domain.states import PrintState


@pytest.mark.parametrize(
    ("state", "added_on", "today", "expected"),
    [
        (PrintState.WAITING, date(2026, 12, 1), date(2026, 12, 3), False),
        (PrintState.WAITING, date(2026, 12, 1), date(2026, 12, 4), True),
        (PrintState.MADE, date(2026, 12, 1), date(2026, 12, 4), True),
        (PrintState.WAITING, date(2026, 12, 3), date(2026, 12, 7), False),  # a weekend between
        (PrintState.SENT, date(2026, 1, 1), date(2026, 12, 4), False),
        (PrintState.RETURNED, date(2026, 1, 1), date(2026, 12, 4), False),
    ],
)
def test_a_letter_waits_long_after_two_werkdagen(state, added_on, today, expected):
    assert waits_long(state, added_on=added_on, today=today) is expected
