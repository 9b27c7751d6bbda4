"""What may be offered as overleg, agreed on, and written down."""

from datetime import date, datetime, timedelta

import pytest

from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.overleg import OverlegStatus, obstacles_to_offer, why_not_book, why_not_write

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=AMSTERDAM)
SOON = datetime(2026, 12, 2, 14, 30, tzinfo=AMSTERDAM)
LAST = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("moments", "last_day", "is_open", "codes"),
    [
        ([SOON], LAST, False, []),
        ([SOON + timedelta(hours=n) for n in range(5)], LAST, False, []),
        ([datetime(2026, 12, 4, 23, 59, tzinfo=AMSTERDAM)], LAST, False, []),
        ([SOON + timedelta(days=90)], None, False, []),
        ([], LAST, False, ["moment_missing"]),
        ([SOON + timedelta(hours=n) for n in range(6)], LAST, False, ["too_many"]),
        ([SOON, SOON], LAST, False, ["same_twice"]),
        ([NOW, SOON], LAST, False, ["in_the_past"]),
        ([SOON, datetime(2026, 12, 5, 0, 0, tzinfo=AMSTERDAM)], LAST, False, ["after_the_term"]),
        ([SOON], LAST, True, ["no_offer"]),
        ([SOON], date(2026, 11, 30), False, ["after_the_term"]),
        ([SOON], date(2026, 11, 29), False, ["no_offer"]),
    ],
)
def test_what_may_be_offered(moments, last_day, is_open, codes):
    found = obstacles_to_offer(moments, now=NOW, last_day=last_day, is_open=is_open)
    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("status", "moment", "now", "words"),
    [
        (OverlegStatus.OFFERED, SOON, NOW, ""),
        (OverlegStatus.BOOKED, SOON, NOW, "staat niet meer open"),
        (OverlegStatus.OFFERED, NOW, NOW, "Kies 1 van de momenten"),
        (OverlegStatus.OFFERED, SOON, SOON, "is voorbij"),
    ],
)
def test_what_may_be_agreed_on(status, moment, now, words):
    reason = why_not_book(status, moment, [SOON], now=now)
    assert words in reason
    assert bool(reason) is bool(words)


@pytest.mark.parametrize(
    ("status", "result", "now", "words"),
    [
        (OverlegStatus.BOOKED, "Eens.", SOON, ""),
        (OverlegStatus.BOOKED, " ", SOON, "Schrijf de uitkomst"),
        (OverlegStatus.BOOKED, "Eens.", NOW, "moet nog komen"),
        (OverlegStatus.HELD, "Eens.", SOON, "geen overleg afgesproken"),
    ],
)
def test_when_the_result_is_written(status, result, now, words):
    reason = why_not_write(status, SOON, result, now=now)
    assert words in reason
    assert bool(reason) is bool(words)
