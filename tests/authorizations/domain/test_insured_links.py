"""The code of a link for an insured, and all that it may show."""

import random
from datetime import date

import pytest

from authorizations.domain import insured_links as rules
from authorizations.domain.insured_links import Stand
from authorizations.domain.lifecycle import OPEN, Status

CODE = "0123456789ABCDEFGHJKMNPQRS"
DAY, LATER = date(2026, 11, 2), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (CODE, CODE),
        (" 0123-4567-89ab-cdef-ghjk-mnpq-rs ", CODE),
        ("o1234567 89ABCDEFGHJKMNPQRS", CODE),
        ("Oi23456789ABCDEFGHJKMNPQRS", CODE),
        (CODE[:-1], ""),
        (CODE + "T", ""),
        ("U" + CODE[1:], ""),
        ("é" * 26, ""),
        ("", ""),
        ("x" * 10_000, ""),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed, code):
    assert rules.read(typed) == code


def test_a_code_has_128_bits_at_least_and_comes_back_as_it_is_printed():
    code = rules.new_code(random.SystemRandom().choice)
    assert len(code) * 5 >= 128
    assert rules.read(rules.written(code)) == code
    assert code not in rules.hash_of(code)


@pytest.mark.parametrize(
    ("revoked", "today", "answer"),
    [(False, DAY, True), (False, date(2026, 11, 3), False), (True, date(2026, 11, 1), False)],
)
def test_a_link_works_to_its_last_day(revoked, today, answer):
    assert rules.works(revoked=revoked, ends_on=DAY, today=today) is answer


@pytest.mark.parametrize("status", Status)
def test_no_status_shows_more_than_an_insured_may_see(status):
    shown = rules.stand(received_on=DAY, status=status, closed_on=LATER)
    decided = {Status.GRANTED, Status.PARTLY_GRANTED, Status.DENIED}
    assert shown == Stand(
        received_on=DAY,
        question_open=status == Status.WAITING_FOR_PROVIDER,
        decided_on=LATER if status in decided else None,
        stopped_on=LATER if status == Status.WITHDRAWN else None,
    )
    assert not (status in OPEN and (shown.decided_on or shown.stopped_on))
