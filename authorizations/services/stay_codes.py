"""How the codes of a stay in a GGZ institution stand on the day that the dbc opens, by the catalogue. Bron: R-27."""

from collections.abc import Iterator
from datetime import date

from authorizations.domain import identifiers, intake_stay, kinds, words
from authorizations.domain.application import Application
from authorizations.domain.obstacles import Obstacle
from ggz_codes import queries as codes
from ggz_codes.domain.validity import Standing
from ggz_codes.queries import CodeDomain


def obstacles(application: Application) -> Iterator[Obstacle]:
    """Yield which of the codes has ended or doesn't exist yet; what the catalogue doesn't know may be filed."""
    plan = application.plan
    if kinds.of(application.kind).in_hours or not plan.dbc_opened_on:
        return
    day, zorgtype, code = plan.dbc_opened_on, identifiers.clean(plan.zorgtype), identifiers.clean(plan.code)
    if zorgtype:
        yield from intake_stay.over(codes.validity_of_zorgtype(zorgtype, day), "Zorgtype", "zorgtype")
    if code:
        yield from intake_stay.over(codes.validity_of(code, day, CodeDomain.GGZ), "Prestatie", "code")


def doubtful(code: str, zorgtype: str, day: date) -> Iterator[tuple[str, Standing]]:
    """Yield which of these codes the catalogue doesn't have as valid on this day, and how it stands then."""
    for said, standing in (
        (code, codes.standing_of(code, day, CodeDomain.GGZ)),
        (zorgtype, codes.standing_of_zorgtype(zorgtype, day)),
    ):
        if said and standing is not Standing.VALID:
            yield said.upper(), standing


def doubts(application: Application) -> list[str]:
    """Say in words which codes the catalogue doesn't know; none of it stands in the way."""
    plan = application.plan
    if not plan.dbc_opened_on:
        return []
    return [
        f"Code {code} kent onze lijst niet voor een dbc van {words.day(plan.dbc_opened_on)}. Controleer de code."
        for code, standing in doubtful(plan.code, plan.zorgtype, plan.dbc_opened_on)
        if standing is Standing.UNKNOWN
    ]
