"""
What a provider tells an insurer beside any request: that the omzetplafond of a contract is reached, or nearly.

The source says that it must be told and nothing of how it is handled: what is asked and who follows it up is our own.
Bron: G-05.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from accounts.domain.roles import OrganizationKind
from authorizations.domain import words
from authorizations.domain.obstacles import Obstacle
from kit.terms import Term

MOST = Decimal(10) ** 11
"""No omzetplafond comes near it: what is larger is a slip."""


@dataclass(frozen=True)
class Step:
    """A step that one side may make, from which states, and where it leads. `words` tell what happened."""

    by: OrganizationKind
    sources: tuple[Term, ...]
    target: Term
    words: str

    @property
    def who(self) -> str:
        """Who may make it, in words."""
        return self.by.label


class Drawable(Protocol):
    """A step of any life that has its picture in docs/states.md."""

    @property
    def who(self) -> str: ...
    @property
    def sources(self) -> Sequence[Term]: ...
    @property
    def target(self) -> Term: ...
    @property
    def words(self) -> str: ...


class CeilingLevel(Term):
    """How near the omzetplafond is. Bron: G-05 ("(bijna) bereikt")."""

    NEARLY = "nearly", "Bijna bereikt"
    REACHED = "reached", "Bereikt"


class CeilingStatus(Term):
    """How a notice of an omzetplafond stands. Bron: G-05 (a list of our own)."""

    FILED = "filed", "Ontvangen"
    TAKEN = "taken", "In behandeling"
    ANSWERED = "answered", "Beantwoord"
    CLOSED = "closed", "Afgerond"
    WITHDRAWN = "withdrawn", "Ingetrokken"


CEILING_OPEN = (CeilingStatus.FILED, CeilingStatus.TAKEN, CeilingStatus.ANSWERED)
PROVIDER, INSURER = OrganizationKind.PROVIDER, OrganizationKind.INSURER
CEILING_STEPS: Mapping[str, Step] = {
    "take": Step(INSURER, (CeilingStatus.FILED,), CeilingStatus.TAKEN, "In behandeling genomen"),
    "release": Step(INSURER, (CeilingStatus.TAKEN,), CeilingStatus.FILED, "Teruggelegd"),
    "answer": Step(INSURER, (CeilingStatus.TAKEN,), CeilingStatus.ANSWERED, "Beantwoord"),
    "close": Step(INSURER, (CeilingStatus.ANSWERED,), CeilingStatus.CLOSED, "Afgerond"),
    "withdraw": Step(
        PROVIDER, (CeilingStatus.FILED, CeilingStatus.TAKEN), CeilingStatus.WITHDRAWN, "Melding ingetrokken"
    ),
}


@dataclass(frozen=True)
class Ceiling:
    """What is told of an omzetplafond."""

    contract_year: int | None
    ceiling: Decimal | None
    realised: Decimal | None
    expected_on: date | None
    remarks: str = ""


def level_of(ceiling: Decimal, realised: Decimal) -> CeilingLevel:
    """Return whether this omzetplafond is reached, or not yet. Bron: G-05."""
    return CeilingLevel.REACHED if realised >= ceiling else CeilingLevel.NEARLY


def share(ceiling: Decimal, realised: Decimal) -> str:
    """Return how much of the omzetplafond is realised, rounded down: 99,9 % is never told as 100 %."""
    return f"{int(realised * 100 / ceiling)} %"


def obstacles_to_tell(told: Ceiling, *, today: date) -> list[Obstacle]:
    """
    Return what is wrong with a notice, each at its field.

    The day may lie in the year after the contract year: a dbc that was opened in it runs 365 days at most.

    Bron: G-05 (the bounds of years and days are our own).
    """
    found = _wrong_amounts(told)
    year = told.contract_year
    if year is None or not today.year - 1 <= year <= today.year + 1:
        years = words.listing([str(one) for one in range(today.year - 1, today.year + 2)], "of")
        return [*found, Obstacle("year_wrong", f"Kies een contractjaar: {years}.", field="contract_year")]
    if found or told.ceiling is None or told.realised is None:
        return found
    level, day = level_of(told.ceiling, told.realised), told.expected_on
    if level is CeilingLevel.REACHED and year > today.year:
        message = f"Het contractjaar {year} is nog niet begonnen. Het plafond kan dan nog niet bereikt zijn."
        return [Obstacle("year_to_come", message, field="contract_year")]
    if day is None:
        message = "Vul in wanneer het plafond is bereikt, of wanneer u dat verwacht."
        return [Obstacle("day_missing", message, field="expected_on")]
    if not date(year, 1, 1) <= day <= date(year + 1, 12, 31):
        message = f"Kies een dag van 1 januari {year} tot en met 31 december {year + 1}."
        return [Obstacle("day_outside_year", message, field="expected_on")]
    if level is CeilingLevel.REACHED and day > today:
        message = "Het plafond is volgens uw bedragen al bereikt. Vul de dag in waarop dat zo was."
        return [Obstacle("day_to_come", message, field="expected_on")]
    if level is CeilingLevel.NEARLY and day < today:
        message = "Het plafond is volgens uw bedragen nog niet bereikt. Vul een dag in die nog komt."
        return [Obstacle("day_past", message, field="expected_on")]
    return []


def why_not(steps: Mapping[str, Step], name: str, *, status: Term, by: OrganizationKind) -> str:
    """Return why this side can't take this step now; nothing when it can."""
    step = steps[name]
    if by != step.by:
        return f"{step.words}: dat kan alleen de {step.who.lower()}."
    if status not in step.sources:
        return f"{step.words}: dat kan nu niet. De status is: {status.label.lower()}."
    return ""


def possible(steps: Mapping[str, Step], *, status: Term, by: OrganizationKind) -> list[str]:
    """Return the names of the steps that this side can take now."""
    return [name for name in steps if not why_not(steps, name, status=status, by=by)]


def drawn(title: str, steps: Mapping[str, Drawable], states: Iterable[Term], first: Term) -> list[str]:
    """Return the picture of these steps and the table under it, for docs/states.md."""
    every = list(states)
    left = {source for step in steps.values() for source in step.sources}
    lines = [f"## {title}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {first.value}"]
    lines += [f"    {state.value}: {state.label}" for state in every]
    lines += [
        f"    {source.value} --> {step.target.value}: {name}" for name, step in steps.items() for source in step.sources
    ]
    lines += [f"    {state.value} --> [*]" for state in every if state not in left]
    lines += ["```", "", "| step | by | from | to | what happened |", "|---|---|---|---|---|"]
    for name, step in steps.items():
        sources = ", ".join(f"`{source.value}`" for source in step.sources)
        lines.append(f"| `{name}` | {step.who} | {sources} | `{step.target.value}` | {step.words} |")
    return lines


def _wrong_amounts(told: Ceiling) -> list[Obstacle]:
    found = []
    for name, amount, least, missing in (
        ("ceiling", told.ceiling, Decimal("0.01"), "Vul het omzetplafond in, in euro’s."),
        ("realised", told.realised, Decimal(0), "Vul in wat u tot nu toe heeft gerealiseerd, in euro’s."),
    ):
        if amount is None:
            found.append(Obstacle(f"{name}_missing", missing, field=name))
        elif not least <= amount < MOST:
            message = "Dit bedrag kan niet. Vul een bedrag in euro’s in, bijvoorbeeld 1.250.000."
            found.append(Obstacle(f"{name}_wrong", message, field=name))
    return found
