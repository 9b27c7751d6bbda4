"""
What a file of codes gives: codes, how they hang together, trees, and what is wrong with it.

Bron: codes.md section 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ggz_codes.domain.release_terms import LinkKind, RowKind
from ggz_codes.domain.validity import Period

MSZ = "MSZ"
"""The domain of what no specialism has to itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, sheet or table, and the row in it."""

    name: str
    row: int

    def __str__(self) -> str:
        return f"{self.name}, regel {self.row}"[:200]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code with the days on which this wording of it holds, both included."""

    kind: RowKind
    domain: str
    code: str
    description: str
    place: Place
    period: Period = field(default_factory=Period)
    consumer: str = ""
    group: str = ""
    minutes_from: int | None = None
    minutes_until: int | None = None
    cents: int | None = None
    tariff_kind: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    version_on: date | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Two codes that hang together on these days. Many to many, on both sides."""

    kind: LinkKind
    from_kind: RowKind
    from_domain: str
    from_code: str
    to_kind: RowKind
    to_code: str
    place: Place
    period: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class TreeRow:
    """The decision tree of a product group: its rules by number, and the one it starts with."""

    group: str
    start: str
    period: Period
    rules: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: where it stands, what it said and what to do about it."""

    place: Place
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Mended:
    """Something that was mended on reading, such as lost zeros."""

    place: Place
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A table that is known and not kept, with how many rows it has."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Onward:
    """Nothing new, but the file was read further: time to say so, and to see whether somebody stopped it."""


Found = CodeRow | LinkRow | TreeRow | Fault | Mended | Skipped | Onward


class WrongFile(ValueError):
    """Raised for a file that is no list of codes, or is damaged or dangerous; its words say what to do."""
