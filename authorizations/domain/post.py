"""Letters on paper: one that waits long is told apart."""

from datetime import date

from authorizations.domain.deadlines import workdays_after
from papers.domain.states import PrintState

LONG = 2
"""After so many werkdagen a letter waits long: no source gives a number."""
UNSENT = frozenset({PrintState.WAITING, PrintState.MADE})


def waits_long(state: PrintState, *, added_on: date, today: date) -> bool:
    """
    Tell whether a letter should have been on its way by now, also when it lies in a batch that nobody posted.

    Bron: R-36 (the insured gets the own letter by post); the number of days is ours.
    """
    return state in UNSENT and today > workdays_after(added_on, LONG)
