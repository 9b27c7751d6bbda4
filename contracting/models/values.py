"""Closed lists as a constraint writes them down: plain texts, so that a migration doesn't lean on a member."""

from kit.terms import Term


def values(*terms: Term) -> list[str]:
    """Return the stored values of these terms, always in the same order."""
    return sorted(str(term.value) for term in terms)
