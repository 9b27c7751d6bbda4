"""Note the budget of a GGZ provider, and withdraw what was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from contracting.domain import budget as rules
from contracting.models import BudgetDelegate, GgzBudget
from contracting.queries import budgets as found
from contracting.services import entering
from contracting.services.refusals import Incomplete, NotAllowed
from contracting.services.register import require_keeper
from kit.obstacles import Obstacle


@dataclass(frozen=True)
class Noted:
    """What is noted of a budget."""

    year: int
    region: str
    amount: Decimal | None
    regioplan_on: date | None
    agreed_on: date | None
    tariff_number: str
    tariff_from: date | None
    tariff_until: date | None


@transaction.atomic
def note(*, agb_code: str, name: str, on_behalf: Sequence[str], noted: Noted, by: Actor, now: datetime) -> GgzBudget:
    """
    Note a budget, with the AGB-codes of who may declare on behalf of it.

    :raises Incomplete: naming all that is wrong
    :raises NotAllowed: for others than a beheerder, or when there is a budget for this year already

    Bron: G-15, G-16.
    """
    require_keeper(by)
    obstacles = rules.obstacles_to_note(
        year=noted.year, tariff_number=noted.tariff_number, tariff_from=noted.tariff_from,
        tariff_until=noted.tariff_until, today=timezone.localdate(now),
    )  # fmt: skip
    provider_id = None
    try:
        provider_id = entering.provider_id(agb_code=agb_code, name=name)
    except Incomplete as lacking:
        obstacles += lacking.obstacles
    others = dict(accounts.providers().filter(agb_code__in=on_behalf).values_list("agb_code", "pk"))
    if unknown := [code for code in dict.fromkeys(on_behalf) if others.get(code) in (None, provider_id)]:
        words = f"Deze AGB-code kennen wij niet, of het is de zorgaanbieder zelf: {', '.join(unknown)}."
        obstacles.append(Obstacle("delegate_unknown", words, field="on_behalf"))
    if obstacles:
        raise Incomplete(obstacles)
    assert provider_id  # noqa: S101 (obstacles saw to it)
    try:
        with transaction.atomic():
            made = GgzBudget.objects.create(
                insurer_id=by.organization_id,
                provider_id=provider_id,
                noted_by_id=by.user_id,
                noted_at=now,
                **vars(noted),
            )
    except IntegrityError as error:
        if "one_budget_a_year" not in str(error):
            raise
        words = f"Van deze zorgaanbieder is al een budget voor {noted.year} vastgelegd. Trek dat eerst in."
        raise NotAllowed(words) from error
    BudgetDelegate.objects.bulk_create(BudgetDelegate(budget=made, provider_id=one) for one in others.values())
    return made


@transaction.atomic
def withdraw(*, budget_id: int, because: str, by: Actor, now: datetime) -> None:
    """
    Withdraw what was noted; it stays readable, with the reason.

    :raises NotAllowed: for others than a beheerder of this insurer, without a reason, or when it was withdrawn already
    """
    require_keeper(by)
    if not because.strip():
        raise NotAllowed("Schrijf op waarom u dit budget intrekt.")
    made = found.to_change(by.organization_id, budget_id)
    if made is None:
        raise NotAllowed("Dit budget is al ingetrokken, misschien door een collega.")
    made.withdrawn_by_id, made.withdrawn_at, made.withdrawn_because = by.user_id, now, because.strip()
    made.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
