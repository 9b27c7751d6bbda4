from datetime import date

import pytest

from accounts.domain import api_keys
from accounts.domain.api_keys import Key, KeyState, hash_of
from authorizations.queries import FILING_ROLES

GOOD = "mp_0a1b2c3d_" + "x" * 43


def test_a_new_key_is_read_as_it_was_shown():
    made = api_keys.new()
    assert api_keys.read(made.text) == made
    assert made != api_keys.new()


@pytest.mark.parametrize(
    "text",
    [
        *("", "mp_", GOOD[:-1], GOOD + "x", GOOD.upper(), f" {GOOD}", f"{GOOD}\n", GOOD.replace("mp_", "sk_")),
        *("mp_0A1B2C3D_" + "x" * 43, "mp_0a1b2c3d_" + "é" * 43, "mp_0a1b2c3d_" + "\x00" * 43),
    ],
)
def test_what_hasnt_the_form_is_no_key(text):
    assert api_keys.read(text) is None
    assert not api_keys.is_right(api_keys.read(text), hash_of("x" * 43))


def test_only_the_secret_that_was_kept_is_right():
    key = Key("0a1b2c3d", "x" * 43)
    assert api_keys.is_right(key, hash_of(key.secret))
    assert not api_keys.is_right(key, hash_of("y" * 43))
    assert not api_keys.is_right(key, None)
    assert not api_keys.is_right(None, hash_of(""))


def test_a_key_never_shows_its_secret_by_accident():
    key = api_keys.new()
    assert key.secret not in f"{key} {key!r}"


@pytest.mark.parametrize(
    ("revoked", "day", "may_register", "expected"),
    [
        (False, date(2026, 12, 1), True, KeyState.WORKS),
        (False, date(2026, 12, 31), True, KeyState.WORKS),
        (False, date(2027, 1, 1), True, KeyState.EXPIRED),
        (True, date(2026, 12, 1), True, KeyState.REVOKED),
        (True, date(2027, 1, 1), False, KeyState.REVOKED),
        (False, date(2026, 12, 31), False, KeyState.ORPHANED),
        (False, date(2027, 1, 1), False, KeyState.EXPIRED),
    ],
)
def test_state(revoked, day, may_register, expected):
    found = api_keys.state(revoked=revoked, expires_on=date(2026, 12, 31), may_register=may_register, today=day)
    assert found == expected


def test_a_key_acts_for_exactly_who_registers():
    assert api_keys.MAY_REGISTER == FILING_ROLES
