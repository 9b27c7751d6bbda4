"""
A list of JSON objects through a check: each comes back as it was, with its result columns and `fout`.

Bron: checks.md (a JSON list in, a JSON list out; what can't be judged gets a text in `fout`, the others go on).
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from authorizations.domain import checks
from authorizations.domain.check_files import FAULT
from authorizations.domain.checks import Toets, Unjudgeable
from authorizations.domain.policy import Policy

MOST = 1000
KINDS = {bool: "waar of onwaar", int: "een getal", float: "een getal", list: "een lijst", dict: "een object"}


class NoJson(ValueError):
    """This isn't JSON as everybody reads it in the same way; the message says where it goes wrong."""


class WrongShape(ValueError):
    """It is JSON, but no list of objects; the message names the item."""


class TooMany(ValueError):
    """There are more items than one call takes."""


def read(body: bytes) -> list[dict[str, Any]]:
    """
    Return the items of a call.

    :raises NoJson: when it isn't JSON in UTF-8, or says something in two ways
    :raises WrongShape: when it isn't a list of objects
    :raises TooMany: when the list is too long
    """
    try:
        # By hand: json.loads would take UTF-16 and UTF-32 as well.
        said = json.loads(
            body.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite
        )
    except UnicodeDecodeError as error:
        raise NoJson(f"Na {error.start} bytes staat tekst die geen UTF-8 is.") from None
    except json.JSONDecodeError as error:
        raise NoJson(f"Regel {error.lineno}, teken {error.colno} is geen JSON.") from None
    except RecursionError:
        raise NoJson("De JSON is te diep genest.") from None
    except NoJson:
        raise
    except ValueError:
        raise NoJson("Er staat een getal in met te veel cijfers.") from None
    if not isinstance(said, list):
        raise WrongShape("Stuur een lijst van objecten, ook als het er 1 is: [{…}].")
    if len(said) > MOST:
        raise TooMany(f"Dit zijn {len(said)} items. Stuur er hoogstens {MOST} per keer.")
    for number, item in enumerate(said, 1):
        if not isinstance(item, dict):
            raise WrongShape(f"Item {number} is geen object.")
    return said


def judge(toets: Toets, items: Sequence[Mapping[str, Any]], policy: Policy | None = None) -> list[dict[str, Any]]:
    """Return each item with its result columns and `fout`, in order; what it had under those names is replaced."""
    gives = {*toets.gives, FAULT}
    return [
        {**{name: value for name, value in item.items() if name not in gives}, **_judged(toets, item, policy)}
        for item in items
    ]


def _judged(toets: Toets, item: Mapping[str, Any], policy: Policy | None) -> dict[str, str]:
    try:
        row = {column: _text(column, item) for column in toets.takes}
        return {**checks.judge(toets, row, policy), FAULT: ""}
    except Unjudgeable as fault:
        return {**dict.fromkeys(toets.gives, ""), FAULT: str(fault)}


def _text(column: str, item: Mapping[str, Any]) -> str:
    # A name that was mistyped would else be the same as something that isn't known.
    if column not in item:
        raise Unjudgeable(f'{column}: ontbreekt, geef "" als het niet bekend is')
    value = item[column]
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unjudgeable(f"{column}: dit is {KINDS[type(value)]}, geef tekst tussen aanhalingstekens")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NoJson(f"In een object staat '{twice[:80]}' twee keer.")
    return found


def _no_number(name: str) -> None:
    raise NoJson(f"{name} is geen getal in JSON.")


def _finite(said: str) -> float:
    number = float(said)
    if not math.isfinite(number):
        raise NoJson("Er staat een getal in dat te groot is.")
    return number
