"""Closed lists with the words that people read. The value is stored, never the label."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A value with the Dutch words for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label or value
        return term

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs, for forms and models."""
        return [(term.value, term.label) for term in cls]


def values(*terms: str) -> list[str]:
    """Return the stored values of these terms as plain texts, sorted: a migration never refers to the code of today."""
    return sorted(str(term) for term in terms)
