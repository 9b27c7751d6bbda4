"""
What S2 says of codes, as it ships with the code: prestaties, zorgtypes, what belongs to what, and the text of rules.

Every fact has the line of the source that it was read from, and the words that stand there. It is read once, as text,
and needs no database. Typing errors of the source are not mended in a description, and not copied into a rule (R-30).
Bron: G-15 to G-32; codes.md section 1.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ggz_codes.domain.validity import Certainty, Period, Successor

FOLDER = Path(__file__).resolve().parent.parent / "data"


class RelationKind(StrEnum):
    """What one code has to do with another, or with a condition."""

    PRESTATIE = "prestatie"
    SUCCESSOR = "opvolger"
    FOLLOWS = "volgt_op"
    REQUIRES = "vereist"
    EXCLUDES = "sluit_uit"
    AT_MOST = "hoogstens"
    DECLARANT = "declarant"


@dataclass(frozen=True)
class Source:
    """Where a fact was read: the lines, and words that stand there."""

    lines: str
    quote: str = ""


@dataclass(frozen=True)
class Code:
    """A prestatie or zorgtype of S2. An open start is one that the source doesn't name."""

    code: str
    description: str
    group: str
    period: Period
    source: Source
    period_source: Source
    minutes_from: int | None = None
    minutes_until: int | None = None
    series: str = ""
    rules: tuple[str, ...] = ()
    note: str = ""

    @property
    def start_unknown(self) -> bool:
        """Tell whether the source names no start: then no day is too early."""
        return self.period.valid_from is None

    def takes(self, minutes: int) -> bool:
        """Tell whether so many minutes fall in the band of this code; without a band none do."""
        if self.minutes_from is None:
            return False
        return self.minutes_from <= minutes and (self.minutes_until is None or minutes <= self.minutes_until)


@dataclass(frozen=True)
class Relation:
    """That `subject` has to do with `object`, how sure that is, and where it stands."""

    kind: RelationKind
    subject: str
    object: str
    status: str
    source: Source
    note: str = ""


@dataclass(frozen=True)
class RuleText:
    """A rule of the source in one sentence, and the values that a program needs of it."""

    key: str
    text: str
    parameters: Mapping[str, str]
    source: Source
    note: str = ""


@cache
def prestaties() -> Mapping[str, Code]:
    """Return the 32 prestaties of S2 by code. The code is the key: two groups have the same descriptions (G-22)."""
    return MappingProxyType({row["code"]: _code(row) for row in rows("ggz_prestaties.csv")})


@cache
def zorgtypes() -> Mapping[str, Code]:
    """Return the 16 zorgtypes of S2 by code."""
    return MappingProxyType({row["code"]: _code(row) for row in rows("ggz_zorgtypes.csv")})


@cache
def relations() -> tuple[Relation, ...]:
    """Return what belongs to what, in the order of the file."""
    return tuple(
        Relation(RelationKind(row["kind"]), row["subject"], row["object"], row["status"], _source(row), row["note"])
        for row in rows("ggz_relations.csv")
    )


@cache
def rule_texts() -> Mapping[str, RuleText]:
    """Return the texts of the rules by key."""
    return MappingProxyType({row["key"]: _rule_text(row) for row in rows("ggz_rules.csv")})


def prestaties_of(zorgtype: str) -> tuple[Code, ...]:
    """Return the prestaties that the source gives with a zorgtype; none for a zorgtype without any."""
    return tuple(
        prestaties()[one.object]
        for one in relations()
        if one.kind is RelationKind.PRESTATIE and one.subject == zorgtype
    )


@cache
def successors() -> Mapping[str, tuple[Successor, ...]]:
    """
    Return by ended code what came in its place: proven by the source, or derived from equal words and minutes.

    What is only likely (the zorgtypes of the Bopz and those of the Wvggz) is no successor: the source doesn't say so.

    Bron: G-30 to G-32; codes.md section 1 (replacement).
    """
    found: dict[str, tuple[Successor, ...]] = {}
    for one in relations():
        if one.kind is RelationKind.SUCCESSOR and one.status in set(Certainty):
            found[one.subject] = (*found.get(one.subject, ()), Successor(one.object, Certainty(one.status)))
    return MappingProxyType(found)


def _code(row: Mapping[str, str]) -> Code:
    return Code(
        code=row["code"],
        description=row["description"],
        group=row["group"],
        period=Period(_day(row["valid_from"]), _day(row["valid_until"])),
        source=Source(row["source"]),
        period_source=Source(row["period_source"], row["period_quote"]),
        minutes_from=_number(row.get("minutes_from", "")),
        minutes_until=_number(row.get("minutes_until", "")),
        series=row.get("series", ""),
        rules=tuple(row.get("rules", "").split()),
        note=row["note"],
    )


def _rule_text(row: Mapping[str, str]) -> RuleText:
    parameters = dict(one.split("=", 1) for one in row["parameters"].split(";"))
    return RuleText(row["key"], row["text"], MappingProxyType(parameters), _source(row), row["note"])


def _source(row: Mapping[str, str]) -> Source:
    return Source(row["source"], row["quote"])


def rows(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a file of the catalogue, every cell as text: 14E489 read as a number is infinite."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None
