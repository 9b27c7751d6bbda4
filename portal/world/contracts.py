"""Contracts in the demo: one that runs, one for next year that is half way, one proposal, and a public list."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from contracting.domain.register import ContractMove
from contracting.domain.seasons import usual_days
from contracting.models import Contract
from contracting.services import register, seasons
from portal.world import people

LINDE = ("22991004", "Medisch Centrum De Linde")
ESDOORN = ("22991001", "")
ALL = (ContractMove.AGREE, ContractMove.RECORD, ContractMove.SIGN, ContractMove.OPEN)


def tell(now: datetime) -> None:
    """Put them into the register of Zilveren Kruis, unless something stands there."""
    if Contract.objects.exists():
        return
    year = timezone.localdate(now).year
    _contract(LINDE, year, ALL, began=min(date(year - 1, 9, 1), _ago(now, 60)), now=now)
    _contract(LINDE, year + 1, ALL[:1], began=_ago(now, 40), now=now)
    _contract(ESDOORN, year + 1, (), began=_ago(now, 10), now=now)
    seasons.plan(
        season_id=None, year=year + 1, days=usual_days(year + 1), by=people.actor("beheer@zk.example"), now=now,
        policy="Wij kopen zorg in bij zorgaanbieders die aan alle voorwaarden voldoen.", contact_name="E. Hoekstra",
        contact_email="inkoop@zk.example", contact_phone="",
    )  # fmt: skip
    register.publish(year=year, by=people.actor("beheer@zk.example"), now=now)


def _contract(
    provider: tuple[str, str], year: int, moves: tuple[ContractMove, ...], *, began: date, now: datetime
) -> None:
    by = people.actor("beheer@zk.example")
    agb_code, name = provider
    contract = register.propose(
        agb_code=agb_code, name=name, year=year, starts_on=None, ends_on=None, on=began, by=by, now=now
    )
    for days, move in enumerate(moves, start=1):
        on = began + timedelta(days=7 * days)
        register.move(contract_id=contract.pk, move=move, on=on, note="", by=by, now=now)


def _ago(now: datetime, days: int) -> date:
    return timezone.localdate(now) - timedelta(days=days)
