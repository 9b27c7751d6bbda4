"""
Which group of colleagues a request lies with: the first one, in the insurer's own order, of which every rule fits.

Nothing here decides about care. Bron: features 35 (the right queue, with the reason) and 40 (a term per step).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from authorizations.domain import deadlines
from authorizations.domain.terms import Indication, Kind
from kit.terms import Term


class Because(Term):
    """By which rule a request came where it lies. Bron: feature 35."""

    URGENT = "urgent", "spoed"
    KIND = "kind", "soort aanvraag"
    INDICATION = "indication", "indicatie"
    PROVIDER = "provider", "zorgaanbieder"
    REST = "rest", "alles wat nergens anders hoort"


@dataclass(frozen=True)
class Facts:
    """What a request is routed by."""

    kind: Kind
    indication: Indication
    urgent: bool
    provider_id: int


@dataclass(frozen=True)
class Route:
    """The rules of one group; None asks for nothing. `take_within` is in werkdagen."""

    team_id: int
    kind: Kind | None = None
    indication: Indication | None = None
    urgent: bool = False
    provider_id: int | None = None
    take_within: int | None = None

    def fits(self, facts: Facts) -> tuple[Because, ...] | None:
        """Return by which rules it fits, or None when one of them doesn't."""
        asked = (
            (Because.URGENT, self.urgent or None, facts.urgent),
            (Because.KIND, self.kind, facts.kind),
            (Because.INDICATION, self.indication, facts.indication),
            (Because.PROVIDER, self.provider_id, facts.provider_id),
        )
        if any(wanted is not None and wanted != given for _, wanted, given in asked):
            return None
        return tuple(because for because, wanted, _ in asked if wanted is not None) or (Because.REST,)


def route(facts: Facts, routes: Iterable[Route]) -> tuple[Route, tuple[Because, ...]] | None:
    """Return the first group that fits and why; None when there is none. Bron: feature 35."""
    for one in routes:
        because = one.fits(facts)
        if because is not None:
            return one, because
    return None


def take_by(received_on: date, take_within: int | None) -> date | None:
    """Return the last day on which somebody should take it; None when the group has no term. Bron: feature 40."""
    return deadlines.workdays_after(received_on, take_within) if take_within else None
