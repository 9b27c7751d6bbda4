"""
Our own numbers: random, not to be guessed, safe to read over the telephone.

The alphabet is Crockford's base32 (no I, L, O and U); the check character is of the same alphabet (ISO 7064, the
hybrid system), so that a machtigingsnummer stays letters and digits as ZH308 field 0406 wants it.
Bron: R-25.
"""

from collections.abc import Callable
from datetime import date

from stdnum.iso7064 import mod_37_36

from authorizations.domain.identifiers import clean

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REQUEST_PREFIX = "MA-"
LOOK_ALIKES = str.maketrans("OIL", "011")

Choice = Callable[[str], str]
"""Picks one character, as `secrets.choice` does."""


def request_reference(choice: Choice) -> str:
    """Return a new number for a request: MA- and nine characters. Bron: R-25."""
    return REQUEST_PREFIX + _random(choice, 8)


def statement_number(choice: Choice) -> str:
    """Return a new number for a statement that no machtiging is needed: N- and nine characters. Bron: R-25."""
    return "N-" + _random(choice, 8)


def coulance_reference(choice: Choice) -> str:
    """Return a new number for a coulanceverzoek: CO- and nine characters. Bron: R-25."""
    return "CO-" + _random(choice, 8)


def machtigingsnummer(choice: Choice, granted_on: date) -> str:
    """Return a new machtigingsnummer: M, the year in two digits and ten characters. Bron: R-25; Vektis ZH308 0406."""
    return f"M{granted_on:%y}{_random(choice, 9)}"


def normalise(text: str) -> str:
    """
    Return the number as it is kept, however it was typed: small letters, spaces, O for 0, I or L for 1, without MA-.

    What isn't one of our numbers comes back cleaned, so that looking it up finds nothing.
    Bron: R-25.
    """
    compact = "".join(clean(text).upper().split()).replace("-", "")
    if compact.startswith("MA") and len(compact) == 11:
        return REQUEST_PREFIX + compact[2:].translate(LOOK_ALIKES)
    if compact.startswith("M") and len(compact) == 13:
        return "M" + compact[1:].translate(LOOK_ALIKES)
    # Nine figures without a letter are somebody's BSN sooner than one of ours.
    if len(compact) == 9 and not compact.isdecimal() and _checks(compact.translate(LOOK_ALIKES)):
        return REQUEST_PREFIX + compact.translate(LOOK_ALIKES)
    return compact


def is_valid(text: str) -> bool:
    """Tell whether this can be one of our numbers: its form and its check character. Bron: R-25."""
    number = normalise(text)
    if number.startswith(REQUEST_PREFIX):
        return len(number) == 12 and _checks(number[3:])
    return len(number) == 13 and number[0] == "M" and number[1:3].isdecimal() and _checks(number[3:])


def _random(choice: Choice, length: int) -> str:
    body = "".join(choice(ALPHABET) for _ in range(length))
    return body + mod_37_36.calc_check_digit(body, alphabet=ALPHABET)


def _checks(body: str) -> bool:
    return set(body) <= set(ALPHABET) and mod_37_36.is_valid(body, alphabet=ALPHABET)
