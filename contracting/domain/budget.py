"""Acute psychiatrische hulpverlening binnen budget: who may declare a crisis-dbc binnen budget, and why not."""

from dataclasses import dataclass
from datetime import date

from kit.dates import day
from kit.obstacles import Obstacle
from kit.terms import Term

FIRST_YEAR = 2020
"""Binnen and buiten budget exist since then (G-15)."""


class WhyBudget(Term):
    """Why a provider may declare binnen budget, or may not. Bron: G-15, G-16."""

    OWN = "eigen_budget", "De NZa heeft voor deze zorgaanbieder een budget vastgesteld."
    ON_BEHALF = "namens", "Deze zorgaanbieder declareert namens een gebudgetteerde zorgaanbieder."
    UNKNOWN = "geen_budget", "Voor dit jaar is geen budget van deze zorgaanbieder bekend."
    NO_REGIOPLAN = "geen_regioplan", "In de regio is op deze dag geen regioplan vastgesteld."
    NO_AGREEMENT = "geen_afspraken", "Er is op deze dag geen tweezijdige budgetaanvraag ingediend."
    NO_TARIFF = "geen_tariefbeschikking", "Er is voor deze dag geen individuele tariefbeschikking."


MAY = frozenset({WhyBudget.OWN, WhyBudget.ON_BEHALF})


@dataclass(frozen=True)
class Budget:
    """What is known of the budget of one provider for one year; a day that is None is not known (yet)."""

    regioplan_on: date | None
    agreed_on: date | None
    tariff_from: date | None
    tariff_until: date | None
    is_own: bool = True
    """Whether it is the budget of the provider itself; else it declares on behalf of the one whose budget it is."""


@dataclass(frozen=True)
class BudgetRuling:
    """Whether a provider may declare binnen budget, and everything that says so."""

    may: bool
    reasons: tuple[WhyBudget, ...]

    @property
    def words(self) -> str:
        """Return the reasons as people read them."""
        return " ".join(reason.label for reason in self.reasons)


def may_declare_in_budget(budgets: list[Budget], on: date) -> BudgetRuling:
    """
    Tell whether care of this day may be declared as crisis-dbc binnen budget (zorgtype 303), by or on behalf of.

    All that the source asks must be there on that day: a budget that the NZa set, a regioplan, agreements in a
    two-sided budgetaanvraag and an individual tariefbeschikking. The first budget that has all of it is enough.

    Bron: G-15, G-16 (Zilveren Kruis, GGZ 2020, "Crisis-dbc binnen budget" and zorgtype 303).
    """
    lacking: tuple[WhyBudget, ...] = (WhyBudget.UNKNOWN,)
    for number, budget in enumerate(budgets):
        lacks = _lacks(budget, on)
        if not lacks:
            return BudgetRuling(True, (WhyBudget.OWN if budget.is_own else WhyBudget.ON_BEHALF,))
        if number == 0:
            lacking = lacks
    return BudgetRuling(False, lacking)


@dataclass(frozen=True)
class BudgetFacts:
    """What is known for a day of what the source asks for care binnen budget; None is not known."""

    by_or_on_behalf: bool | None = None
    plan_and_agreements: bool | None = None
    tariff_decision: bool | None = None


def facts_on(budget: Budget | None, on: date) -> BudgetFacts:
    """
    Return what a budget says of a day. That none is noted says nothing, nor does a day that nobody filled in.

    Bron: G-15, G-16, G-19.
    """
    if budget is None:
        return BudgetFacts()
    days = (budget.regioplan_on, budget.agreed_on)
    plan = None if None in days else all(day <= on for day in days if day)
    tariff = None if budget.tariff_from is None else WhyBudget.NO_TARIFF not in _lacks(budget, on)
    return BudgetFacts(True, plan, tariff)


def _lacks(budget: Budget, on: date) -> tuple[WhyBudget, ...]:
    found = []
    if budget.regioplan_on is None or budget.regioplan_on > on:
        found.append(WhyBudget.NO_REGIOPLAN)
    if budget.agreed_on is None or budget.agreed_on > on:
        found.append(WhyBudget.NO_AGREEMENT)
    begun = budget.tariff_from is not None and budget.tariff_from <= on
    if not begun or (budget.tariff_until is not None and on > budget.tariff_until):
        found.append(WhyBudget.NO_TARIFF)
    return tuple(found)


def obstacles_to_note(
    *, year: int, tariff_number: str, tariff_from: date | None, tariff_until: date | None, today: date
) -> list[Obstacle]:
    """Return why this can't be noted. Bron: G-15 (an individual tariefbeschikking)."""
    found = []
    if not FIRST_YEAR <= year <= today.year + 2:
        words = f"Budgetten zijn er vanaf {FIRST_YEAR}. Controleer het jaar."
        found.append(Obstacle("year_unlikely", words, field="year"))
    if bool(tariff_number.strip()) != bool(tariff_from):
        words = "Het kenmerk van de tariefbeschikking en de dag waarop zij ingaat horen bij elkaar. Vul beide in."
        found.append(Obstacle("tariff_half", words, field="tariff_from" if tariff_number.strip() else "tariff_number"))
    if tariff_until and not tariff_from:
        found.append(
            Obstacle("tariff_without_start", "Vul ook in vanaf wanneer de beschikking geldt.", field="tariff_from")
        )
    if tariff_from and tariff_until and tariff_until < tariff_from:
        words = f"De beschikking geldt vanaf {day(tariff_from)}. De einddatum ligt daarvoor."
        found.append(Obstacle("tariff_ends_before_start", words, field="tariff_until"))
    return found
