"""
The line of a GGZ declaration with what the portal itself knows of it: the dbc, the catalogue and the NZa budget.

Bron: G-15 to G-32; R-27.
"""

from dataclasses import dataclass, replace
from datetime import date

from authorizations.domain import ggz_lines
from authorizations.domain.dbcs import DbcKind
from authorizations.domain.ggz_line_answers import Judged, Line
from authorizations.domain.ggz_line_rows import BY, PLAN, TARIFF
from authorizations.models import Declaration
from authorizations.queries import dbcs
from contracting.queries import budgets
from ggz_codes import queries as codes
from ggz_codes.domain import crisis
from ggz_codes.domain.validity import Standing, Validity
from ggz_codes.queries import CodeDomain


@dataclass(frozen=True)
class FromPortal:
    """What the portal knows of the budget of a provider, by column of the line, and who noted it."""

    year: int
    values: dict[str, bool]
    insurer: str = ""
    region: str = ""


def judged(row: Declaration) -> tuple[Judged, ...]:
    """Return every rule that applies to a claim of the GGZ, as far as its row and what hangs on it tell."""
    day = row.opened_on
    line = Line(code=row.code, opened_on=day)
    if day is None:
        return ggz_lines.judge(line)
    told = (
        next((one for one in dbcs.standing(row.zorgtraject) if one.opened_on == day), None) if row.zorgtraject else None
    )
    if told:
        line = replace(line, zorgtype=told.zorgtype, kind=DbcKind(told.kind))
    facts, _ = budgets.known(row.provider_id, day, row.insurer_id)
    return ggz_lines.judge(
        replace(
            line,
            plan=facts.plan_and_agreements,
            by_or_on_behalf=facts.by_or_on_behalf,
            tariff_decision=facts.tariff_decision,
        ),
        code=_known(codes.validity_of(row.code, day, CodeDomain.GGZ)),
        zorgtype=_known(codes.validity_of_zorgtype(line.zorgtype, day)) if line.zorgtype else None,
    )


def _known(told: Validity) -> Validity | None:
    # What no catalogue here knows, is asked of the list that ships.
    return None if told.standing is Standing.UNKNOWN else told


def from_portal(provider_id: int, zorgtype: str, opened_on: date) -> FromPortal | None:
    """Return what the portal knows of the budget for the dbc of a crisis; None for another zorgtype."""
    if zorgtype not in crisis.ZORGTYPES:
        return None
    facts, budget = budgets.known(provider_id, opened_on)
    told = {PLAN: facts.plan_and_agreements, BY: facts.by_or_on_behalf, TARIFF: facts.tariff_decision}
    values = {column: value for column, value in told.items() if value is not None}
    if budget is None:
        return FromPortal(opened_on.year, values)
    return FromPortal(opened_on.year, values, budget.insurer.name, budget.region)
