"""
The link with which an insured sees how a request stands: its code, how long it works, and all that it may show.

Nothing medical and no name: who finds the link learns no more than three days. Bron: R-36; features.md, "what none of
them has" 13.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from authorizations.domain.identifiers import clean
from authorizations.domain.lifecycle import DECIDED, Status
from authorizations.domain.references import ALPHABET, LOOK_ALIKES, Choice

LENGTH = 26
"""Signs of five bits: 130, so at least the 128 that nobody guesses."""
DAYS = (90, 180, 365)
"""How long a link may work. No source; a year at most, for a letter at home is forgotten."""


@dataclass(frozen=True)
class Stand:
    """All that the page for an insured may say."""

    received_on: date
    question_open: bool
    decided_on: date | None
    stopped_on: date | None


def new_code(choice: Choice) -> str:
    """Return a new secret code, of signs that can be read from paper and over the telephone. Bron: R-25."""
    return "".join(choice(ALPHABET) for _ in range(LENGTH))


def written(code: str) -> str:
    """Return a code as it is printed: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def read(typed: str) -> str:
    """Return the code in what was typed: small letters, spaces, O for 0, I or L for 1; empty when it can't be one."""
    code = "".join(clean(typed).upper().split()).replace("-", "").translate(LOOK_ALIKES)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def hash_of(code: str) -> str:
    """Return what is kept of a code. It is long and by chance, so a plain hash can't be guessed back (ASVS 11.4.2)."""
    return hashlib.sha256(code.encode()).hexdigest()


def last_day(days: int, *, today: date) -> date:
    """Return the last day that a link works which is made today."""
    return today + timedelta(days=days)


def works(*, revoked: bool, ends_on: date, today: date) -> bool:
    """Say whether a link shows anything today."""
    return not revoked and today <= ends_on


def stand(*, received_on: date, status: Status, closed_on: date | None) -> Stand:
    """
    Return what an insured sees of a request: that it came in, whether its provider must answer, that it was decided.

    Never what was decided: that stands in the letter.
    """
    return Stand(
        received_on=received_on,
        question_open=status == Status.WAITING_FOR_PROVIDER,
        decided_on=closed_on if status in DECIDED else None,
        stopped_on=closed_on if status == Status.WITHDRAWN else None,
    )
