"""
The numbers of people and organisations: what they look like, and what to tell someone who mistypes one.

Every `…_problem` gives a Dutch sentence, or None when the number will do. They read what `compact` left over.
"""

import re


def compact(text: str) -> str:
    """Leave out the spaces, points and dashes with which people write a number."""
    return re.sub(r"[\s.\-\u2010-\u2015]", "", text)


def agb_problem(code: str) -> str | None:
    """Judge an AGB-code: 8 digits, leading zeros count, no public check digit. Bron: domain.md 3.3; A-41."""
    return _digits_problem(code, 8, "Een AGB-code")


def big_problem(number: str) -> str | None:
    """Judge the form of a BIG-nummer: 11 digits. Bron: domain.md 3.3."""
    return _digits_problem(number, 11, "Het BIG-nummer")


def kvk_problem(number: str) -> str | None:
    """Judge a KvK-nummer: 8 digits, no public check digit. Bron: domain.md 3.3."""
    return _digits_problem(number, 8, "Een KvK-nummer")


def uzovi_problem(code: str) -> str | None:
    """Judge an UZOVI-code: 4 digits, leading zeros count, no check digit. Bron: domain.md 3.3."""
    return _digits_problem(code, 4, "Een UZOVI-code")


def _digits_problem(text: str, length: int, name: str) -> str | None:
    if not re.fullmatch(r"[0-9]*", text):
        return f"{name} bestaat uit {length} cijfers, zonder letters of andere tekens."
    if len(text) != length:
        return f"{name} heeft {length} cijfers. U vulde er {len(text)} in."
    return None


BIG_WEIGHTS = (6, 3, 7, 9, 10, 5, 8, 4, 2)


def big_warning(number: str) -> str | None:
    """
    Doubt a BIG-nummer of the right form: its first digit seems to be a check digit and its second is 9.

    Known from one public program only, so it warns and never stops anybody.

    Bron: domain.md 3.3 (BIG).
    """
    if big_problem(number):
        return None
    total = 9 + sum(weight * int(digit) for weight, digit in zip(BIG_WEIGHTS, number[2:], strict=True))
    check = {11: 0, 10: 1}.get(11 - total % 11, 11 - total % 11)
    if number[1] == "9" and int(number[0]) == check:
        return None
    return "Dit BIG-nummer lijkt niet te kloppen. Controleer de 11 cijfers. U kunt wel verder."
