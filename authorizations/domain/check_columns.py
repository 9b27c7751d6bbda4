"""
Which column of a file is which column of a check: a guess by its name, for a person to confirm.

Bron: checks.md (the names of the columns; that another name may stand there is our own).
"""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from authorizations.domain import words
from authorizations.domain.checks import Toets

LIKE_ENOUGH = 0.75
"""Names that are less alike than this are not guessed: a wrong guess costs more than none."""


def exact(toets: Toets, header: Sequence[str]) -> dict[str, int] | None:
    """Return the place of every column of a check when all stand there under their own names, else None."""
    if any(name not in header for name in toets.takes):
        return None
    return {name: header.index(name) for name in toets.takes}


def guess(toets: Toets, header: Sequence[str], remembered: Mapping[str, str]) -> dict[str, int]:
    """Return where each column of a check most likely stands; each place once, and none where nothing is like it."""
    found: dict[str, int] = {}
    for name in toets.takes:
        for known in (name, remembered.get(name, "")):
            if known in header and header.index(known) not in found.values():
                found[name] = header.index(known)
                break
    likes = sorted(
        (
            (_likeness(name, title), name, at)
            for name in toets.takes
            for at, title in enumerate(header)
            if title and name not in found
        ),
        key=lambda like: (-like[0], like[2]),
    )
    for like, name, at in likes:
        if like >= LIKE_ENOUGH and name not in found and at not in found.values():
            found[name] = at
    return found


def why_not(places: Mapping[str, int], header: Sequence[str]) -> str:
    """Return what is wrong with a choice of columns; nothing when it can be used."""
    if not places:
        return "Kies minstens 1 kolom uit uw bestand."
    chosen = list(places.values())
    twice = sorted({header[at] or f"kolom {at + 1}" for at in chosen if chosen.count(at) > 1})
    if twice:
        return f"U koos {words.listing(twice, 'en')} meer dan 1 keer. Kies voor elke vraag een andere kolom."
    return ""


def _likeness(name: str, title: str) -> float:
    one, other = (re.sub(r"[\W_]+", "", text.lower()) for text in (name, title))
    if one and other and (one in other or other in one) and min(len(one), len(other)) > 3:
        return 0.9
    return SequenceMatcher(None, one, other).ratio()
