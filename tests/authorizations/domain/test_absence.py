"""Until which last day work comes back from who isn't there."""

from datetime import date

import pytest

from authorizations.domain.absence import Holder, Return, Why, what_returns

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("is_advisor", "away_until", "last_seen", "expected"),
    [
        (True, None, MONDAY, None),
        # whole werkdagen: Thursday was seen, Friday wasn't; the weekend is none
        (True, None, date(2026, 11, 19), None),
        (True, None, date(2026, 11, 18), Return(Why.UNSEEN, date(2026, 11, 26))),
        (True, MONDAY, MONDAY, Return(Why.AWAY, date(2026, 11, 26))),
        (True, date(2026, 11, 22), MONDAY, None),
        # back on the Monday after: three werkdagen from Friday on
        (True, date(2026, 12, 4), MONDAY, Return(Why.AWAY, date(2026, 12, 9))),
        # Christmas is no werkdag
        (True, date(2026, 12, 24), MONDAY, Return(Why.AWAY, date(2026, 12, 30))),
        # who said to be away needs no second reason
        (True, date(2026, 12, 4), date(2026, 11, 2), Return(Why.AWAY, date(2026, 12, 9))),
        (False, None, MONDAY, Return(Why.LEFT, None)),
        (False, date(2026, 12, 4), MONDAY, Return(Why.LEFT, None)),
    ],
)
def test_what_comes_back(is_advisor, away_until, last_seen, expected):
    assert what_returns(Holder(is_advisor, away_until, last_seen), today=MONDAY) == expected
