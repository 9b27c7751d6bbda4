"""
A stay that goes on while there is no other place to go (verblijf met rechtvaardigingsgrond, VMR), without treatment.

Bron: G-23 to G-25.
"""

from datetime import date

from ggz_codes.domain.rulings import Ruling, ruling

ZORGTYPE, PRESTATIE = "254", "25B144"
SINCE = date(2020, 1, 1)
_FOLLOW_UP = "Dit is geen vervolg-dbc."
_VMR = "Er is in deze dbc geen verblijf met rechtvaardigingsgrond (VMR)."


def zorgtype_254(*, follow_up: bool, vmr: bool, minutes: int) -> Ruling:
    """
    Say whether zorgtype 254 with 25B144 holds: a vervolg-dbc with VMR in which nobody was treated.

    Bron: G-24, G-25.
    """
    return ruling(
        (follow_up, _FOLLOW_UP),
        (vmr, _VMR),
        (not minutes, "Er is in deze dbc behandeling. Dan geldt zorgtype 254 niet."),
        otherwise="Dit is een vervolg-dbc met VMR en zonder behandeling.",
    )


def only_vmr(*, follow_up: bool, vmr: bool, minutes: int, opened_on: date) -> Ruling:
    """
    Say whether a dbc may be one with only VMR: a vervolg-dbc, opened when a stay no longer asked for treatment.

    It judges that one exception. A stay together with treatment is another case, and was allowed before.

    Bron: G-23.
    """
    return ruling(
        (follow_up, _FOLLOW_UP),
        (vmr, _VMR),
        (not minutes, "Er is in deze dbc ook behandeling. Dan is het geen dbc met alleen VMR."),
        (opened_on >= SINCE, "Vóór 1 januari 2020 mocht verblijf alleen samen met behandeling."),
        otherwise="Dit is een vervolg-dbc met alleen VMR, geopend op of na 1 januari 2020.",
    )
