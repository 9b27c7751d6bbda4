"""
A claim as a program sends it: an object with the names, readers and faults of a line of a file.

Bron: A-39 to A-45; G-08 to G-13; R-26; R-40 (dates); domain.md section 3.2 (a code is text).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from authorizations.domain import declarations as rules
from authorizations.domain import words
from authorizations.domain.declarations import COLUMNS, HANDLING, Told
from authorizations.domain.json_items import KINDS
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.traject_import import safe, tidy
from kit import text

FLAG = "intake"
DEFAULTS = {one.name: one.default for one in fields(Told)}


def read(item: Mapping[str, Any]) -> tuple[Told | None, list[Obstacle]]:
    """
    Return the claim that an object tells; with anything wrong, all of that and no claim.

    A name that we don't know is refused: mistyped, `gesloten_op` would else be left out without a word.
    """
    odd = list(_odd(item, COLUMNS))
    told, wrong = rules.read(_texts(item))
    wrong = [*odd, *_others(wrong, odd)]
    return (None, wrong) if wrong else (told, [])


def read_handling(item: Mapping[str, Any]) -> tuple[dict[str, Any], list[Obstacle]]:
    """Return what an object says of handing in and of the answer, by field; what it doesn't name stays as it is."""
    odd = list(_odd(item, HANDLING))
    columns = [COLUMNS[name] for name in HANDLING if name in item]
    values, wrong = rules.values_of(_texts(item), columns)
    emptied = {column.field: DEFAULTS[column.field] for column in columns}
    return emptied | values, [*odd, *_others(wrong, odd)]


def _odd(item: Mapping[str, Any], known: Collection[str]) -> Iterator[Obstacle]:
    for name, value in item.items():
        if name not in known:
            message = f"Wij kennen deze naam hier niet. Kies uit: {words.listing([*known])}."
            yield Obstacle("name_unknown", message, field=safe(tidy(text.storable(name))))
        elif not _may_be(name, value):
            wanted = "Geef true of false." if name == FLAG else "Geef tekst tussen aanhalingstekens."
            yield Obstacle("not_text", f"Dit is {KINDS[type(value)]}. {wanted}", field=COLUMNS[name].field)


def _may_be(name: str, value: Any) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, bool) and name == FLAG)


def _others(wrong: Collection[Obstacle], odd: Collection[Obstacle]) -> list[Obstacle]:
    """Return what is wrong beside what was said already of the same field."""
    named = {one.field for one in odd}
    return [one for one in wrong if one.field not in named]


def _texts(item: Mapping[str, Any]) -> dict[str, str]:
    return {column.field: _plain(name, item.get(name)) for name, column in COLUMNS.items()}


def _plain(name: str, value: Any) -> str:
    if value is None or not _may_be(name, value):
        return ""
    return ("ja" if value else "nee") if isinstance(value, bool) else tidy(text.storable(value))
