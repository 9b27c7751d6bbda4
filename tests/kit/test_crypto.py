"""What sealing promises: only the right key opens it, only in its own place, and nothing else ever comes out."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from kit import crypto

KEYS = {name: base64.b64encode(bytes([number]) * 32).decode() for number, name in enumerate(("oud", "nieuw", "zoek"))}
OLD = crypto.Keyring.read(f"oud:{KEYS['oud']}", KEYS["zoek"])
BOTH = crypto.Keyring.read(f"nieuw:{KEYS['nieuw']},oud:{KEYS['oud']}", KEYS["zoek"])
NEW = crypto.Keyring.read(f"nieuw:{KEYS['nieuw']}", KEYS["zoek"])
PLACE = "insured.bsn:7"
SECRET = b"999996708"


@given(st.binary(max_size=2000), st.text(min_size=1, max_size=80))
def test_what_was_sealed_opens_in_its_place(plain, place):
    sealed = BOTH.seal(plain, place)
    assert crypto.SEALED.match(sealed)
    assert BOTH.open(sealed, place) == plain


def test_the_first_key_seals_and_every_key_opens():
    assert crypto.key_of(BOTH.seal(SECRET, PLACE)) == "nieuw"
    assert BOTH.open(OLD.seal(SECRET, PLACE), PLACE) == SECRET


@pytest.mark.asvs("11.3.4")
def test_the_same_words_never_look_the_same():
    assert len({BOTH.seal(SECRET, PLACE) for _ in range(100)}) == 100


@pytest.mark.asvs("11.3.3")
@pytest.mark.parametrize("elsewhere", ["insured.bsn:8", "insured.surname:7", "decision.bsn:7"])
def test_it_opens_nowhere_else(elsewhere):
    with pytest.raises(crypto.CannotOpen, match="hoort ergens anders"):
        BOTH.open(BOTH.seal(SECRET, PLACE), elsewhere)


@pytest.mark.asvs("11.3.3")
@pytest.mark.parametrize("position", range(0, 80, 3))
def test_a_change_of_any_letter_is_seen(position):
    sealed = BOTH.seal(SECRET, PLACE)
    position = position % len(sealed)
    other = "A" if sealed[position] != "A" else "B"
    with pytest.raises(crypto.CannotOpen) as refusal:
        BOTH.open(sealed[:position] + other + sealed[position + 1 :], PLACE)
    assert "999996708" not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "999996708", "v1|nieuw|x|y", "v2|nieuw|" + "A" * 16 + "|" + "A" * 30])
def test_what_is_not_sealed_is_not_opened(text):
    with pytest.raises(crypto.CannotOpen, match=r"insured\.bsn:7: hier staat geen versleutelde waarde"):
        BOTH.open(text, PLACE)


def test_without_the_key_there_is_nothing():
    with pytest.raises(crypto.CannotOpen, match="de sleutel oud is er niet"):
        NEW.open(OLD.seal(SECRET, PLACE), PLACE)


def test_a_fingerprint_finds_and_says_nothing_without_its_key():
    other = crypto.Keyring.read(f"nieuw:{KEYS['nieuw']}", KEYS["oud"])
    assert BOTH.lookup("999996708", "bsn") == OLD.lookup("999996708", "bsn")
    assert BOTH.lookup("999996708", "bsn") != BOTH.lookup("999996708", "anders")
    assert BOTH.lookup("999996708", "bsn") != other.lookup("999996708", "bsn")


@pytest.mark.parametrize(
    ("data_keys", "lookup_key", "told"),
    [
        ("", KEYS["zoek"], "geen sleutel in DATA_KEYS"),
        (f"Oud:{KEYS['oud']}", KEYS["zoek"], "geen goede naam"),
        (f"a:{KEYS['oud']} a:{KEYS['nieuw']}", KEYS["zoek"], "staat twee keer"),
        ("a:QUJD", KEYS["zoek"], "3 bytes lang; het moeten er 32 zijn"),
        ("a:???", KEYS["zoek"], "geen base64"),
        (f"a:{KEYS['oud']}", "", "LOOKUP_KEY is 0 bytes lang"),
        (f"a:{KEYS['oud']}", KEYS["oud"], "LOOKUP_KEY is ook een sleutel van DATA_KEYS"),
    ],
)
def test_keys_that_cannot_be_used(data_keys, lookup_key, told):
    with pytest.raises(crypto.BadKeys, match=told):
        crypto.Keyring.read(data_keys, lookup_key)


def test_keys_do_not_show_themselves():
    assert KEYS["oud"] not in repr(BOTH) + str(BOTH.__dict__["current"])
    assert "\\x00" not in repr(BOTH)


def test_a_fresh_key_can_be_used():
    assert crypto.Keyring.read(f"a:{crypto.new_key()}", crypto.new_key()).current == "a"


@pytest.mark.asvs("11.3.2", "11.3.3", "11.3.4")
def test_it_is_aes_256_gcm_as_another_hand_would_write_it():
    """Opened without our code and without the class that seals: key, nonce, tag, and the place beside it."""
    nonces = set()
    for _ in range(2_000):
        _, _, nonce, rest = BOTH.seal(SECRET, PLACE).split("|")
        nonce, rest = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in (nonce, rest))
        ciphertext, tag = rest[:-16], rest[-16:]
        assert (len(BOTH.keys["nieuw"]), len(nonce), len(tag)) == (32, 12, 16)
        reader = Cipher(algorithms.AES256(BOTH.keys["nieuw"]), modes.GCM(nonce, tag)).decryptor()
        reader.authenticate_additional_data(PLACE.encode())
        assert reader.update(ciphertext) + reader.finalize() == SECRET
        nonces.add(nonce)
    assert len(nonces) == 2_000
