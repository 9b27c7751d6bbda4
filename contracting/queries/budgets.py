"""What you can ask of the budgets of GGZ providers: above all whether one may declare binnen budget."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.domain.actors import Actor
from contracting.domain.budget import Budget, BudgetFacts, BudgetRuling, facts_on, may_declare_in_budget
from contracting.models import BudgetDelegate, GgzBudget
from contracting.queries.register import READERS


def visible_to(actor: Actor) -> QuerySet[GgzBudget]:
    """Return the budgets that this person may see: of the own provider or insurer, those in force first."""
    if not actor.has(*READERS):
        return GgzBudget.objects.none()
    side = "provider_id" if actor.is_provider else "insurer_id"
    found = GgzBudget.objects.filter(**{side: actor.organization_id})
    return found.select_related("provider", "insurer", "noted_by", "withdrawn_by").order_by(
        "-year", "provider__name", "-pk"
    )


def to_change(insurer_id: int, budget_id: int) -> GgzBudget | None:
    """Return a budget in force that this insurer noted, locked until the transaction ends."""
    mine = GgzBudget.objects.filter(insurer_id=insurer_id, pk=budget_id, withdrawn_at=None)
    return mine.select_for_update(of=("self",)).first()


def delegates_of(budgets: list[GgzBudget]) -> dict[int, list[str]]:
    """Return who declares on behalf of whom: names by budget."""
    found: dict[int, list[str]] = {}
    rows = BudgetDelegate.objects.filter(budget__in=budgets).select_related("provider").order_by("provider__name", "pk")
    for row in rows:
        found.setdefault(row.budget_id, []).append(row.provider.name)
    return found


def ruling(provider_id: int, insurer_id: int, on: date) -> BudgetRuling:
    """
    Tell whether this provider may declare care of this day binnen budget with this insurer, with all reasons.

    Its own budget speaks first; then those on whose behalf it declares.

    Bron: G-15, G-16.
    """
    return may_declare_in_budget([told for told, _ in _of_year(provider_id, on, insurer_id)], on)


def known(provider_id: int, on: date, insurer_id: int | None = None) -> tuple[BudgetFacts, GgzBudget | None]:
    """
    Return what is known of the budget under which this provider declares care of this day, and the budget that says so.

    The NZa sets one budget, whichever insurer noted it: without an insurer, the one that says most. Who declares on
    behalf of another sees nothing of that budget (portal/tenancy), and so nothing is known here.

    Bron: G-15, G-16.
    """
    several = _of_year(provider_id, on, insurer_id)
    ranked = sorted(((facts_on(told, on), row) for told, row in several), key=lambda one: _said(one[0]), reverse=True)
    return ranked[0] if ranked else (facts_on(None, on), None)


def _said(facts: BudgetFacts) -> int:
    return sum(one is True for one in (facts.plan_and_agreements, facts.tariff_decision))


def _of_year(provider_id: int, on: date, insurer_id: int | None) -> list[tuple[Budget, GgzBudget]]:
    """Return the budgets in force for a year that this provider has or declares on behalf of, its own first."""
    theirs = BudgetDelegate.objects.filter(provider_id=provider_id).values("budget_id")
    found = GgzBudget.objects.filter(Q(provider_id=provider_id) | Q(pk__in=theirs), year=on.year, withdrawn_at=None)
    if insurer_id is not None:
        found = found.filter(insurer_id=insurer_id)
    rows = sorted(
        found.select_related("provider", "insurer").order_by("pk"), key=lambda row: row.provider_id != provider_id
    )
    return [
        (
            Budget(row.regioplan_on, row.agreed_on, row.tariff_from, row.tariff_until, row.provider_id == provider_id),
            row,
        )
        for row in rows
    ]
