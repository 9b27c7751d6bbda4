"""
The code of a zorgactiviteit as people type it: six digits, and whether we know it.

What Excel made of a code isn't guessed back: 1,90E+05 stands for a thousand codes.
Bron: codes.md section 2 (NZa, grouper tables with effect from 2017-01-01, zorgprofielklasse 14).
"""

import re
from datetime import date

from authorizations.domain import words
from authorizations.domain.weighting import WEIGHTS_2017
from ggz_codes.domain.validity import Standing

LENGTH = 6
MOST_UNITS = 288
"""As many units of five minutes as there are in a day."""
EXCEL = re.compile(r"\d+([.,]\d+)?E[+-]?\d+", re.IGNORECASE)
SEPARATORS = re.compile(r"[\s.\-]+")
# Rehabilitation activities of zorgprofielklasse 14 that have no weight, and so no known unit of time.
_UNWEIGHTED = (
    "190041 190042 190854 190872 190873 190874 190875 190876 190980 190981 190982"
    " 193011 193014 193126 193127 193128 193129 193130 193140 193141"
)
KNOWN = WEIGHTS_2017.keys() | set(_UNWEIGHTED.split())


def code(text: str) -> str:
    """
    Return the code in six digits.

    :raises ValueError: with words for who typed it

    Bron: codes.md section 0 (codes are text; what a spreadsheet does to them).
    """
    typed = text.strip()
    if EXCEL.fullmatch(typed):
        raise ValueError(
            "Excel heeft van deze code een ander getal gemaakt. Typ de 6 cijfers, bijvoorbeeld 190961. "
            "Zet in Excel de kolom met codes op Tekst."
        )
    digits = SEPARATORS.sub("", typed)
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("Een zorgactiviteit heeft 6 cijfers, bijvoorbeeld 190961. Gebruik alleen cijfers.")
    if len(digits) != LENGTH:
        raise ValueError(f"Een zorgactiviteit heeft {LENGTH} cijfers. U vulde er {len(digits)} in.")
    return digits


def is_known(code: str) -> bool:
    """
    Tell whether this code stands in the list of rehabilitation activities; another one may exist all the same.

    Bron: codes.md section 2; R-07 (activities of other classes count as well).
    """
    return code in KNOWN


def doubt(code: str, day: date, stands: Standing | None, *, registered: bool = False) -> str:
    """
    Say why a code may be a mistake on the day that it was performed; nothing when there is no doubt.

    `stands` is what the releases in use say of it on that day, None when none knows it: then our own list tells, or
    that this institution `registered` it before.

    Bron: R-27 (the day of performing decides); codes.md section 2.
    """
    if stands is Standing.VALID or (stands is None and (registered or is_known(code))):
        return ""
    if stands is None:
        return f"Wij kennen {code} niet in onze lijst van revalidatie-activiteiten."
    why = "de code was toen beëindigd" if stands is Standing.ENDED else "de code ging later in"
    return f"{code} was op {words.day(day)} niet geldig: {why}."
