"""Numbers of people and organisations. The fields of `kit` check their form; here stands what a form can't see."""

import re

BIG_WEIGHTS = (6, 3, 7, 9, 10, 5, 8, 4, 2)


def big_looks_right(number: str) -> bool:
    """
    Tell whether the check digit of a BIG number agrees: only ever a hint, for the rule isn't official.

    Bron: domain.md section 3.3 (one repository; "warn only, never block").
    """
    if not re.fullmatch(r"[0-9]9[0-9]{9}", number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(BIG_WEIGHTS, number[2:], strict=True)) + 9
    # Two remainders have no digit of their own: none becomes 0, ten becomes 1.
    return {11: 0, 10: 1}.get(11 - total % 11, 11 - total % 11) == int(number[0])
