"""
What a program reads of a claim: what was told, its last day, and what the checks say; never for whom it is.

Bron: R-26; G-07 to G-13; R-22; A-39, A-43.
"""

from datetime import date
from typing import Any

from accounts.domain.actors import Actor
from authorizations.domain.claim_checks import Finding, FindingKind
from authorizations.domain.declarations import COLUMN_OF, COLUMNS
from authorizations.domain.obstacles import Obstacle
from authorizations.models import Declaration
from authorizations.services import claim_checks, claim_days

NEW, CHANGED, SAME = "nieuw", "bijgewerkt", "ongewijzigd"
HIDDEN = frozenset({"bsn", "verzekeraar", "zorgtrajectnummer"})
"""For whom it is nobody reads here; the other two are told in another way."""
OUTCOMES = {FindingKind.GOOD: "in_orde", FindingKind.LOOK: "nakijken", FindingKind.WRONG: "klopt_niet"}


def listed(row: Declaration, *, lifted_by: str, today: date) -> dict[str, Any]:
    """Return a claim with how it stands by its days."""
    standing = claim_days.shown(row, lifted_by=lifted_by, today=today).standing
    told = {name: _plain(getattr(row, column.field)) for name, column in COLUMNS.items() if name not in HIDDEN}
    return {
        "id": row.pk,
        "verzekeraar": row.insurer.name,
        "zorgtrajectnummer": row.zorgtraject.number if row.zorgtraject else None,
        **told,
        "stand": standing.state.value,
        "laatste_dag": row.last_day and row.last_day.isoformat(),
        "dagen_over": (row.last_day - today).days if row.last_day and row.is_open else None,
        "toelichting": [standing.title, *standing.lines],
        "coulance": lifted_by or None,
    }


def checked(row: Declaration, by: Actor) -> dict[str, Any]:
    """Return what the checks say of a claim: its machtiging, and the way that it goes to the insurer."""
    looked = claim_checks.look(row, by)
    return {
        "machtiging": looked.number or None,
        "kanaal": looked.way.channel.value,
        "uitkomsten": [_finding("machtiging", one) for one in looked.title]
        + [_finding("kanaal", one) for one in looked.way.findings],
    }


def fault(item: int, one: Obstacle) -> dict[str, Any]:
    """Return what is wrong with an item, numbered from 1; what was sent isn't repeated, it may be a BSN."""
    return {"item": item, "kolom": COLUMN_OF.get(one.field, one.field), "code": one.code, "melding": one.message}


def _finding(check: str, one: Finding) -> dict[str, str]:
    return {"toets": check, "uitkomst": OUTCOMES[one.kind], "tekst": one.message}


def _plain(value: Any) -> Any:
    """Return nothing for what is empty, and a day as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool) else value or None
