"""
A zorgactiviteit as a program sends it: an object with the names, readers and faults of a line of a file.

Bron: R-05, R-07; domain.md section 3.2 (a code is text).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from authorizations.domain import words
from authorizations.domain.json_items import KINDS
from authorizations.domain.traject_import import COLUMNS, NUMBERS, Fault, FaultCode, Read, judged, safe, tidy
from kit import text


def read(item: Mapping[str, Any], *, today: date) -> Read:
    """
    Return what an object says, or all that is wrong with it.

    A name that we don't know is refused: mistyped, `aantal` would else be 1 without a word.
    """
    faults = [fault for name, value in item.items() if (fault := _odd(name, value))]
    said = judged(tuple(_plain(column, item.get(column)) for column in COLUMNS), today=today)
    named = {fault.column for fault in faults}
    faults += [fault for fault in said.faults if fault.column not in named]
    return Read(said.cells, faults=tuple(faults)) if faults else said


def _odd(name: str, value: Any) -> Fault | None:
    if name not in COLUMNS:
        told = f"Wij kennen deze naam niet. Kies uit: {words.listing(COLUMNS)}."
        return Fault(FaultCode.SHAPE, safe(tidy(text.storable(name))), "", told)
    if _may_be(name, value):
        return None
    wanted = "Geef tekst of een heel getal." if name in NUMBERS else "Geef tekst tussen aanhalingstekens."
    return Fault(FaultCode.SHAPE, name, "", f"Dit is {KINDS[type(value)]}. {wanted}")


def _may_be(name: str, value: Any) -> bool:
    """Tell whether this is text, nothing, or a number where that is meant; to Python true would be 1."""
    return value is None or isinstance(value, str) or (type(value) is int and name in NUMBERS)


def _plain(name: str, value: Any) -> str:
    return tidy(text.storable(str(value))) if value is not None and _may_be(name, value) else ""
