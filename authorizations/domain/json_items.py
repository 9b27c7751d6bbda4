"""
A list of JSON objects as programs send it, read so that nobody can read it in two ways.

What two readers would understand differently (a name twice, NaN, another encoding than UTF-8) is refused rather than
guessed at. Bron: RFC 8259, sections 4 and 8.1; RFC 7493 (I-JSON).
"""

import json
import math
from typing import Any

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
    said = _loaded(body)
    if not isinstance(said, list):
        raise WrongShape("Stuur een lijst van objecten, ook als het er 1 is: [{…}].")
    if len(said) > MOST:
        raise TooMany(f"Dit zijn {len(said)} items. Stuur er hoogstens {MOST} per keer.")
    for number, item in enumerate(said, 1):
        if not isinstance(item, dict):
            raise WrongShape(f"Item {number} is geen object.")
    return said


def read_one(body: bytes) -> dict[str, Any]:
    """
    Return the one object of a call.

    :raises NoJson: as `read`
    :raises WrongShape: when it isn't an object
    """
    said = _loaded(body)
    if not isinstance(said, dict):
        raise WrongShape("Stuur 1 object: {…}.")
    return said


def _loaded(body: bytes) -> Any:
    try:
        # By hand: json.loads would take UTF-16 and UTF-32 as well.
        return json.loads(
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
