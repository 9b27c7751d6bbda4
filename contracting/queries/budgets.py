"""What you can ask of the budgets of GGZ providers: above all whether one may declare binnen budget."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.domain.actors import Actor
from contracting.domain.budget import Budget, BudgetRuling, may_declare_in_budget
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
    theirs = BudgetDelegate.objects.filter(provider_id=provider_id).values("budget_id")
    found = GgzBudget.objects.filter(Q(provider_id=provider_id) | Q(pk__in=theirs))
    rows = list(found.filter(insurer_id=insurer_id, year=on.year, withdrawn_at=None).order_by("pk"))
    rows.sort(key=lambda row: row.provider_id != provider_id)
    budgets = [
        Budget(row.regioplan_on, row.agreed_on, row.tariff_from, row.tariff_until, row.provider_id == provider_id)
        for row in rows
    ]
    return may_declare_in_budget(budgets, on)
