"""How a claim stands by its days, as the list, the page of one, the calendar and programs show it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from authorizations.domain import claim_standing, declarations
from authorizations.domain.claim_standing import ClaimPicture, Days, Standing
from authorizations.domain.claim_terms import ClaimTerm, Regime
from authorizations.models import Declaration


@dataclass(frozen=True)
class Shown:
    """A claim with how it stands today, and its calendar."""

    row: Declaration
    standing: Standing
    picture: ClaimPicture | None = None


def shown(row: Declaration, *, lifted_by: str, today: date, with_picture: bool = False) -> Shown:
    """Return how this claim stands today."""
    term, days = term_of(row), _days(row, lifted_by)
    picture = claim_standing.draw(term, days, today=today) if with_picture else None
    return Shown(row, claim_standing.stands(term, days, today=today), picture)


def term_of(row: Declaration) -> ClaimTerm | None:
    """Return the term of a claim, None while the day that it runs from isn't known."""
    return declarations.term_of(opened_on=row.opened_on, **_told(row))


def _told(row: Declaration) -> dict[str, Any]:
    return {
        "regime": Regime(row.regime),
        "resubmission": row.resubmission,
        "performed_on": row.performed_on,
        "closed_on": row.closed_on,
        "returned_on": row.returned_on,
    }


def _days(row: Declaration, lifted_by: str) -> Days:
    return Days(
        regime=Regime(row.regime),
        resubmission=row.resubmission,
        start=declarations.start_of(**_told(row)),
        closed_on=row.closed_on,
        handed_in_on=row.handed_in_on,
        return_code=row.return_code,
        lifted_by=lifted_by,
    )
