"""How sure we are of who someone is: what was shown when logging in."""

from collections.abc import Mapping
from enum import IntEnum


class Level(IntEnum):
    """
    From unsure to sure. What is ours proves that the account holder is there, not who that is in real life.

    Bron: security.md section 2.1 (eIDAS, NEN 7512): a password with a second step isn't "substantieel" without a look
    at an identity document.
    """

    label: str
    PASSWORD = 10, "alleen een wachtwoord"
    RECOVERY = 20, "een wachtwoord en een herstelcode"
    TWO_FACTORS = 30, "een wachtwoord en een tweede stap"
    SUBSTANTIAL = 40, "eIDAS substantieel"
    HIGH = 50, "eIDAS hoog"

    def __new__(cls, value: int, label: str) -> "Level":
        level = int.__new__(cls, value)
        level._value_ = value
        level.label = label
        return level


def shown(factors: set[str]) -> Level:
    """
    Return the level of a log-in with a password and these factors (the kinds that allauth names).

    Bron: security.md section 3, rows 40 and 41 (ASVS 6.3.3, 6.3.4).
    """
    if factors & {"totp", "webauthn"}:
        return Level.TWO_FACTORS
    return Level.RECOVERY if "recovery_codes" in factors else Level.PASSWORD


NAMES = {
    "wachtwoord": Level.PASSWORD,
    "tweede-stap": Level.TWO_FACTORS,
    "substantieel": Level.SUBSTANTIAL,
    "hoog": Level.HIGH,
}
"""How an installation writes a level in its settings."""


def required(path: str, table: Mapping[str, str]) -> Level:
    """
    Return the level that an address demands: that of the longest beginning in the table.

    Bron: security.md section 2.1 (NEN 7512: a level per route); ASVS 6.8.4.
    """
    begins = [start for start in table if path.startswith(start)]
    return NAMES[table[max(begins, key=len)]] if begins else Level.PASSWORD


def enough(level: Level, *, decides: bool) -> bool:
    """
    Say whether somebody may go to work; who decides on care shows the app or the key itself, no recovery code.

    Bron: issue "private by construction", Identity; decisions.md, roles.
    """
    return level >= (Level.TWO_FACTORS if decides else Level.RECOVERY)
