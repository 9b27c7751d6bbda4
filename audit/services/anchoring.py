"""
The newest seal, remembered beside the database: on the disk of the worker, where the files are.

Whoever has the database alone can take seals away, change rows and let the portal seal them anew. That the chain no
longer holds the seal that was remembered gives it away: the sealer stops, the health page says so, `verify_log` names
it. Bron: security.md section 2.2, rule 4.
"""

import os
from pathlib import Path

from django.conf import settings

from audit import queries
from audit.domain import chain
from audit.domain.chain import Fault

AGAIN = "Is er een back-up teruggezet? Dan: manage.py verify_log --anchor-anew. Anders: laat uitzoeken wie dit deed."


class ChainBroken(RuntimeError):
    """Raised rather than sealing over a chain that isn't the one that was remembered."""


def remember(anchor: str) -> None:
    """Write down the newest seal, whole or not at all."""
    path = Path(settings.AUDIT_ANCHOR)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(anchor)
    fresh.replace(path)


def remembered() -> str:
    """Return the anchor of the newest seal that was remembered; empty on a new installation."""
    try:
        return Path(settings.AUDIT_ANCHOR).read_text().strip()
    except FileNotFoundError:
        return ""


def fault() -> Fault | None:
    """Return how the chain differs from what was remembered, or None."""
    anchor = remembered()
    if not anchor:
        return None
    try:
        number, mark = chain.read_anchor(anchor)
    except ValueError:
        return Fault(f"Het bewaarde kenmerk van het laatste zegel is onleesbaar. {AGAIN}")
    seal = queries.seals().filter(number=number).first()
    if seal is None:
        return Fault(f"Zegel {number} is er niet meer, en was er wel. {AGAIN}", seal=number)
    if seal.hash != mark:
        return Fault(f"Zegel {number} is een ander zegel dan eerst. {AGAIN}", seal=number)
    return None


def demand_whole() -> None:
    """
    Refuse to go on with a chain that isn't the one that was remembered.

    :raises ChainBroken: saying which seal it misses
    """
    if found := fault():
        raise ChainBroken(found.words)
