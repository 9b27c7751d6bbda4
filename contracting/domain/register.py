"""The life of a contract between an insurer and a provider, read off one table, and what counts as having one."""

from dataclasses import dataclass
from datetime import date

from kit.dates import day
from kit.obstacles import Obstacle
from kit.terms import Term

FIRST_YEAR, LAST_YEAR = 2006, 2100
"""The Zorgverzekeringswet began in 2006; a contract for after this century is a mistake in typing."""


class ContractStatus(Term):
    """The steps of a contract, in this order; the last two say that it stopped. Bron: A-08."""

    PROPOSED = "voorstel", "Voorstel"
    AGREED = "overeenstemming", "Overeenstemming"
    RECORDED = "vastgelegd", "Vastgelegd"
    SIGNED = "ondertekend", "Ondertekend retour"
    MAY_DECLARE = "mag_declareren", "Mag declareren"
    LAPSED = "vervallen", "Gaat niet door"
    ENDED = "gestopt", "Eerder gestopt"


class ContractMove(Term):
    """What the insurer does with a contract. Bron: A-08."""

    AGREE = "agree", "Overeenstemming bereikt in VECOZO"
    RECORD = "record", "Afspraken vastgelegd in de overeenkomst en de systemen"
    SIGN = "sign", "Overeenkomst getekend retour ontvangen"
    OPEN = "open", "Zorgaanbieder mag declareren"
    LAPSE = "lapse", "Contract gaat niet door"
    END = "end", "Contract stopt eerder"


@dataclass(frozen=True)
class Move:
    """From which steps it leads where; `needs_reason` when somebody must be able to read why."""

    sources: frozenset[ContractStatus]
    target: ContractStatus
    needs_reason: bool = False


_UNFINISHED = frozenset(
    {ContractStatus.PROPOSED, ContractStatus.AGREED, ContractStatus.RECORDED, ContractStatus.SIGNED}
)
MOVES = {
    ContractMove.AGREE: Move(frozenset({ContractStatus.PROPOSED}), ContractStatus.AGREED),
    ContractMove.RECORD: Move(frozenset({ContractStatus.AGREED}), ContractStatus.RECORDED),
    ContractMove.SIGN: Move(frozenset({ContractStatus.RECORDED}), ContractStatus.SIGNED),
    ContractMove.OPEN: Move(frozenset({ContractStatus.SIGNED}), ContractStatus.MAY_DECLARE),
    ContractMove.LAPSE: Move(_UNFINISHED, ContractStatus.LAPSED, needs_reason=True),
    ContractMove.END: Move(frozenset({ContractStatus.MAY_DECLARE}), ContractStatus.ENDED, needs_reason=True),
}
RUNNING = _UNFINISHED | {ContractStatus.MAY_DECLARE}
"""What may stand only once in a year for one provider: the other two are over."""
COUNTS = frozenset({ContractStatus.SIGNED, ContractStatus.MAY_DECLARE, ContractStatus.ENDED})
"""With these a provider has a contract, on the days of its period: both have signed. What stopped has fewer days."""
DECLARES = frozenset({ContractStatus.MAY_DECLARE, ContractStatus.ENDED})
LISTED = (RUNNING | {ContractStatus.ENDED}) - {ContractStatus.PROPOSED}
"""With these a provider stands in the public list: it comes out before the last signature is back (A-09)."""


def moves_from(status: ContractStatus) -> list[ContractMove]:
    """Return what may follow, in the order of the steps. Bron: A-08."""
    return [move for move, way in MOVES.items() if status in way.sources]


def counts(status: ContractStatus, starts_on: date, ends_on: date, on: date) -> bool:
    """
    Tell whether a provider with this contract has one on that day: it was signed, and the day lies in its period.

    Bron: A-08; the reading that a proposal or an unsigned agreement isn't a contract is our own.
    """
    return status in COUNTS and starts_on <= on <= ends_on


def may_declare(status: ContractStatus, starts_on: date, ends_on: date, given_on: date) -> bool:
    """
    Tell whether care of that day may be declared under this contract: only after the signed agreement came back.

    Bron: A-08 (a.s.r., "Wanneer wij deze overeenkomst getekend retour hebben ontvangen, kan … starten met declareren").
    """
    return status in DECLARES and starts_on <= given_on <= ends_on


def obstacles_to_propose(
    *, year: int, starts_on: date | None, ends_on: date | None, on: date, today: date
) -> list[Obstacle]:
    """Return why this contract can't be put into the register. Bron: A-06 (a contract per year)."""
    found = []
    if not FIRST_YEAR <= year <= LAST_YEAR:
        found.append(Obstacle("year_unlikely", "Controleer het jaar van het contract.", field="year"))
        return found
    starts_on, ends_on = starts_on or date(year, 1, 1), ends_on or date(year, 12, 31)
    if starts_on.year != year:
        found.append(
            Obstacle("starts_outside", f"Het contract begint in {year}. Controleer de begindatum.", field="starts_on")
        )
    if ends_on.year != year:
        found.append(
            Obstacle("ends_outside", f"Het contract eindigt in {year}. Controleer de einddatum.", field="ends_on")
        )
    if not found and ends_on < starts_on:
        found.append(Obstacle("ends_before_start", "De einddatum ligt voor de begindatum.", field="ends_on"))
    if on > today:
        found.append(Obstacle("on_in_future", "De datum van het voorstel ligt in de toekomst.", field="on"))
    return found


def obstacles_to_move(
    move: ContractMove,
    *,
    status: ContractStatus,
    on: date,
    before_on: date,
    starts_on: date,
    ends_on: date,
    reason: str,
    today: date,
) -> list[Obstacle]:
    """
    Return why this step can't be written down; `before_on` is the day of the step before.

    Each step has the day on which it happened, so none lies in the future or before the one that it follows. Only the
    last day of a contract that stops may still come.

    Bron: A-08.
    """
    way = MOVES[move]
    if status not in way.sources:
        words = f"Dit contract staat al op “{status.label}”. Deze stap kan niet (meer)."
        return [Obstacle("other_step", words, field="move")]
    found = []
    if move is ContractMove.END:
        if not starts_on <= on <= ends_on:
            words = f"Kies een laatste dag van {day(starts_on)} tot en met {day(ends_on)}."
            found.append(Obstacle("end_outside", words, field="on"))
    elif on > today:
        found.append(Obstacle("on_in_future", "De datum van deze stap ligt in de toekomst.", field="on"))
    elif on < before_on:
        words = f"De vorige stap was op {day(before_on)}. Deze stap kan niet eerder zijn."
        found.append(Obstacle("on_before_previous", words, field="on"))
    if way.needs_reason and not reason.strip():
        found.append(Obstacle("reason_missing", "Schrijf op waarom.", field="note"))
    return found
