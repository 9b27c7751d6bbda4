"""Codes of an app: the examples of the standard, usable once, half a minute."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest

from accounts.domain import codes

SECRET = b32encode(b"12345678901234567890").decode()
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_examples_of_rfc_6238(seconds, code):
    assert codes.code_at(SECRET, seconds // 30) == code


@pytest.mark.asvs("6.5.5")
@pytest.mark.parametrize(
    ("typed_after", "counts"),
    [(-10, True), (-11, False), (0, True), (29, True), (30, True), (39, True), (40, False), (90, False)],
)
def test_a_code_counts_half_a_minute_and_a_little_for_the_clock(typed_after, counts):
    code = codes.code_at(SECRET, codes.step_at(NOON))
    found = codes.step_of(SECRET, code, now=NOON + timedelta(seconds=typed_after), spent=None)
    assert (found is not None) == counts


@pytest.mark.asvs("6.5.1")
@pytest.mark.parametrize(("spent", "counts"), [(None, True), (-1, True), (0, False), (1, False)])
def test_a_code_counts_once_and_none_before_it(spent, counts):
    step = codes.step_at(NOON)
    found = codes.step_of(SECRET, codes.code_at(SECRET, step), now=NOON, spent=None if spent is None else step + spent)
    assert (found == step) == counts


@pytest.mark.parametrize("typed", ["", "000000", "12345", "é", "²²²²²²", "🦊"])
def test_what_is_no_code_is_wrong(typed):
    assert codes.step_of(SECRET, typed, now=NOON, spent=None) is None


def test_no_two_secrets_are_the_same():
    assert len({codes.new_secret() for _ in range(100)}) == 100
    assert len(codes.new_secret()) == 32
