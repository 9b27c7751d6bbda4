"""
Diagnostics: the prestatie by minutes and opening date, and what may no longer be declared apart.

Bron: G-26, G-29 to G-31.
"""

from datetime import date

from ggz_codes.domain import shipped
from ggz_codes.domain.rulings import Ruling, ruling
from ggz_codes.domain.shipped import Code

GROUPS = ("Diagnostiek", "Beëindigd - Diagnostiek")
IN_TARIFF_SINCE = date(2020, 1, 1)


def prestatie(*, minutes: int, opened_on: date) -> Code | None:
    """
    Return the prestatie for so many minutes of diagnostics in a dbc opened on a day, or None: below 800 minutes the
    source names no codes, so that isn't known here.

    Bron: G-30, G-31; R-27.
    """
    codes = (code for code in shipped.prestaties().values() if code.group in GROUPS)
    return next((code for code in codes if code.takes(minutes) and code.period.holds_on(opened_on)), None)


def apart_from_the_tariff(on: date) -> Ruling:
    """
    Say whether the ozp's of eerstelijnsdiagnostiek may be declared apart in specialised ggz: until the end of 2019.

    The source names no codes, so this is a rule about the day only.

    Bron: G-29.
    """
    return ruling(
        (on < IN_TARIFF_SINCE, "Vanaf 1 januari 2020 zit eerstelijnsdiagnostiek (ozp) in het tarief."),
        otherwise="Tot en met 31 december 2019 mocht u eerstelijnsdiagnostiek (ozp) apart declareren.",
    )
