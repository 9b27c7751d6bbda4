"""What the log tells of a change of access; who reads the log gets it in words (portal/logbook/changes.py)."""

from enum import StrEnum


class Change(StrEnum):
    """What was done to whom may come in. The log keeps the code, so a code never gets another meaning."""

    ROLES = "rollen"
    REMOVED = "verwijderd"
    INVITED = "uitgenodigd"
    INVITED_AGAIN = "opnieuw_uitgenodigd"
    WITHDRAWN = "uitnodiging_ingetrokken"
    ACCEPTED = "uitnodiging_aangenomen"
    FACTOR_RESET = "tweede_stap_weggehaald"
    LET_IN = "toegang_gegeven"
    TURNED_AWAY = "toegang_geweigerd"
    KEY_MADE = "sleutel_gemaakt"
    KEY_REVOKED = "sleutel_ingetrokken"
