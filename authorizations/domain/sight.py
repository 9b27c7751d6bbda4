"""
What somebody saw of a request, as a short text that travels with the form and comes back with the decision.

It names each part with its state: `version=7 document-12=3f9a c2a=2`. What differs when it comes back is what changed
meanwhile, part by part: so that a refusal can say what is new.

Bron: R-19 (the second medisch adviseur confirms what he or she saw); domain.md section 6 (what was used).
"""

import hashlib
from collections.abc import Mapping

LONGEST = 20_000


def state(*values: object) -> str:
    """Return a short mark of these values: another mark when one of them is another."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:10]


def write(parts: Mapping[str, str]) -> str:
    """Return the parts as one text."""
    return " ".join(f"{name}={mark}" for name, mark in sorted(parts.items()))


def read(text: str) -> dict[str, str]:
    """Return the parts that a text names; empty when it isn't one of ours."""
    if len(text) > LONGEST:
        return {}
    pairs = [word.split("=", 1) for word in text.split()]
    return dict(pairs) if all(len(pair) == 2 for pair in pairs) else {}


def changed(seen: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the names of the parts that are new, other, or gone since they were seen, in the order of `now`."""
    other = [name for name, mark in now.items() if seen.get(name) != mark]
    return other + [name for name in seen if name not in now]
