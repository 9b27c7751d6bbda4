import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import identifiers

NASTY = ["\x00", "\u202e", "😀", "<b>", "١٢٣٤٥٦٧٨", "²²²²²²²²", "1e9", "-", "'; --", "NaN"]
CHECKS = [
    identifiers.bsn,
    identifiers.agb,
    identifiers.big,
    identifiers.uzovi,
    identifiers.kvk,
    identifiers.zorgtrajectnummer,
    identifiers.declaratiecode,
    identifiers.zorgproduct,
    identifiers.postcode,
    identifiers.icd10,
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("111222333", "111222333"),
        ("123456782", "123456782"),
        ("010464554", "010464554"),
        ("10464554", "010464554"),  # eight digits: the zero was lost
        ("1112.22.333", "111222333"),
        ("\u202d111222333\u202c", "111222333"),  # copied along from a document
        (" 111 222 333 ", "111222333"),
    ],
)
def test_a_bsn(text, expected):
    assert identifiers.bsn(text) == expected


@pytest.mark.parametrize(
    "text", ["12", "999998620", "000000000", "00000000", "999999999", "11122233", "1112223333", "1112223a3", *NASTY]
)
def test_what_is_no_bsn(text):
    with pytest.raises(ValueError, match="BSN"):
        identifiers.bsn(text)


@pytest.mark.parametrize(
    ("check", "text", "expected"),
    [
        (identifiers.agb, "01023456", "01023456"),
        (identifiers.agb, "22-220011", "22220011"),
        (identifiers.big, "89012345601", "89012345601"),
        (identifiers.uzovi, "0211", "0211"),
        (identifiers.kvk, "01234567", "01234567"),
        (identifiers.zorgtrajectnummer, "zt 2026-001", "ZT2026001"),
        (identifiers.zorgtrajectnummer, "123456789012345", "123456789012345"),
        (identifiers.declaratiecode, "14e489", "14E489"),
        (identifiers.declaratiecode, "108B16", "108B16"),
        (identifiers.declaratiecode, "190218", "190218"),
        (identifiers.zorgproduct, "990027198", "990027198"),
        (identifiers.postcode, "1234ab", "1234 AB"),
    ],
)
def test_numbers_are_kept_as_text(check, text, expected):
    assert check(text) == expected


@pytest.mark.parametrize(
    ("check", "text", "words"),
    [
        (identifiers.agb, "1023456", "Een AGB-code heeft 8 cijfers. U vulde er 7 in."),
        (identifiers.big, "1901234560", "Het BIG-nummer heeft 11 cijfers. U vulde er 10 in."),
        (identifiers.agb, "0102345x", "Een AGB-code heeft 8 cijfers. Gebruik alleen cijfers."),
        (identifiers.uzovi, "", "Vul het UZOVI-nummer in."),
        (identifiers.zorgtrajectnummer, "1234567890123456", "hoogstens 15 letters en cijfers"),
        (identifiers.declaratiecode, "14E48", "Een declaratiecode ziet er zo uit: 14E490."),
        (identifiers.declaratiecode, "1.4E+489", "Een declaratiecode ziet er zo uit: 14E490."),
        (identifiers.declaratiecode, "", "Vul de declaratiecode in."),
        (identifiers.postcode, "", "Vul de postcode in."),
        (identifiers.postcode, "0234 AB", "Een postcode ziet er zo uit: 1234 AB."),
        (identifiers.icd10, "X999", "Een ICD-10-code ziet er zo uit: M79.7."),
        (identifiers.icd10, "M00-M25", "Een ICD-10-code ziet er zo uit: M79.7."),
        (identifiers.icd10, "XIII", "Een ICD-10-code ziet er zo uit: M79.7."),
    ],
)
def test_the_message_says_how_it_looks(check, text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        check(text)


def own_words(check):
    """What a check says of texts that have nothing of a word in them."""
    for text in ("", "\x00", "?", "1", "9" * 40):
        try:
            check(text)
        except ValueError as refusal:
            yield str(refusal)


@pytest.mark.parametrize("check", CHECKS)
@given(text=st.text(max_size=20) | st.sampled_from(NASTY))
def test_nothing_typed_breaks_a_check_or_comes_back_in_its_words(check, text):
    try:
        kept = check(text)
    except ValueError as refusal:
        assert str(refusal).endswith(".")
        typed = text.strip()
        # A part of a word of our own, such as "numm", comes from us.
        assert len(typed) < 4 or typed not in str(refusal) or any(typed in words for words in own_words(check))
    else:
        assert check(str(getattr(kept, "code", kept))) == kept  # what is kept is right as it is


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("89012345601", True),
        ("29012345601", False),
        ("88012345601", False),
        ("1901234560", False),
        ("1901234560x", False),
    ],
)
def test_the_big_check_digit_is_a_hint(number, right):
    assert identifiers.big_looks_right(number) is right
    if len(number) == 11 and number.isdigit():
        assert identifiers.big(number) == number  # never a refusal


@pytest.mark.parametrize("text", ["M79.7", "m797", " M79.7 "])
def test_an_icd_10_code(text):
    assert identifiers.icd10(text) == identifiers.Diagnosis("M79.7", "Fibromyalgia")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("m79.7", "M79.7"), ("M797", "M79.7"), ("fibromyalgia", "M79.7"), ("chronic PAIN other", "R52.2")],
)
def test_search_by_code_and_by_words(text, expected):
    assert expected in {diagnosis.code for diagnosis in identifiers.search_icd10(text)}


@pytest.mark.parametrize("text", ["", "m", "\x00", "😀😀", "qqqq", "%%"])
def test_search_that_finds_nothing(text):
    assert identifiers.search_icd10(text) == []


def test_search_stops():
    assert len(identifiers.search_icd10("pain", most=3)) == 3


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        (" a\x00b\u202ec\ufeff ", False, "abc"),
        ("a\r\nb\tc", True, "a\nb\tc"),
        ("a\nb", False, "a b"),
        ("e\u0301", False, "é"),
        ("👩", False, "👩"),
    ],
)
def test_text_is_cleaned(text, lines, expected):
    assert identifiers.clean(text, lines=lines) == expected


EIGHT_AT_ONCE = """
import sys, threading
from authorizations.domain import identifiers
sys.setswitchinterval(1e-6)
start, found = threading.Barrier(8), []
def ask():
    start.wait()
    found.append(identifiers.icd10("M79.7").code)
people = [threading.Thread(target=ask) for _ in range(8)]
[person.start() for person in people]
[person.join() for person in people]
codes = [diagnosis.code for diagnosis in identifiers.search_icd10("Fibromyalgia")]
print(found, codes)
"""


def test_a_diagnosis_is_found_by_eight_threads_that_are_the_first_to_ask():
    asked = subprocess.run([sys.executable, "-c", EIGHT_AT_ONCE], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == f"{['M79.7'] * 8} ['M79.7']"
