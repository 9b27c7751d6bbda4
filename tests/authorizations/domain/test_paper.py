"""The day of a paper request, from when its terms count, and two facts that fit together."""

from datetime import date

import pytest

from authorizations.domain import deadlines, paper

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("received_on", "codes"),
    [
        (TODAY, []),
        (date(2025, 11, 23), []),
        (date(2025, 11, 22), ["received_on_old"]),
        (date(2026, 11, 25), ["received_on_future"]),
        (None, ["received_on_missing"]),
    ],
)
def test_a_day_that_can_not_be_is_said(received_on, codes):
    assert [one.code for one in paper.obstacles(received_on, today=TODAY)] == codes


@pytest.mark.parametrize("received_on", [date(2026, 11, 9), date(2026, 7, 6)])
def test_the_day_of_receipt_is_day_0_of_the_term_in_winter_and_summer(received_on):
    moment = paper.counts_from(received_on)
    assert moment.astimezone(deadlines.AMSTERDAM).date() == received_on
    assert moment.astimezone(deadlines.AMSTERDAM).hour < 17


@pytest.mark.parametrize(
    ("known", "said", "confirmed"),
    [(TODAY, TODAY, True), (TODAY, date(2026, 11, 23), False), (None, TODAY, False)],
)
def test_who_phones_is_confirmed_by_the_birth_date(known, said, confirmed):
    assert paper.is_confirmed(known=known, said=said) is confirmed
