"""What a logbeheerder looks at first. Plain signs, no verdict: a person judges them."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from audit.domain.events import Kind, Outcome
from kit.terms import Term

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEGINS, ENDS = time(7), time(20)
"""Working hours: outside these, and in the weekend, reading stands out. No source names them; our own choice."""
MANY = 60
"""So many different dossiers opened by one person on one day stands out. No source names it; our own choice."""
SATURDAY = 5


class Sign(Term):
    """Why a row stands out."""

    REFUSED = "geweigerd", "Geweigerd"
    SAME_NAME = "collega", "Zelfde achternaam als een collega"
    OUT_OF_HOURS = "buiten_werktijd", "Buiten werktijd"


ELSEWHERE, ELSEWHERE_WORDS = "elders", "Poging van buiten de organisatie"
"""What stands out beside the signs: somebody of elsewhere tried a dossier of one's own organisation, in vain."""
STANDOUTS = ((ELSEWHERE, ELSEWHERE_WORDS), *((sign.value, sign.label) for sign in Sign))
OPENED = frozenset(
    {
        Kind.READ,
        Kind.DOCUMENT,
        Kind.PAGE,
        Kind.DOWNLOAD,
        Kind.LETTER,
        Kind.DOSSIER,
        Kind.PRINT,
        Kind.SHOW_NUMBER,
        Kind.TRAJECT_READ,
    }
)
"""Ways to open one dossier; in a list one sees many by nature."""
LOOKED_UP = OPENED | {Kind.FIND_INSURED}
"""The same, and looking for one person: there it matters who and when, though nothing was opened yet."""


def is_out_of_hours(at: datetime) -> bool:
    """Tell whether this moment is before seven, from eight in the evening on, or in the weekend, in Amsterdam."""
    local = at.astimezone(AMSTERDAM)
    return local.weekday() >= SATURDAY or not BEGINS <= local.time() < ENDS


def signs(*, kind: Kind, outcome: Outcome, at: datetime | None, is_person: bool, same_name: bool) -> list[str]:
    """Return why this row stands out, if it does; the work of the portal itself never does."""
    if not is_person:
        return [Sign.REFUSED.value] if outcome == Outcome.REFUSED else []
    found: Iterable[tuple[Sign, bool]] = (
        (Sign.REFUSED, outcome == Outcome.REFUSED),
        (Sign.SAME_NAME, same_name and kind in LOOKED_UP),
        (Sign.OUT_OF_HOURS, kind in LOOKED_UP and at is not None and is_out_of_hours(at)),
    )
    return [sign.value for sign, holds in found if holds]
