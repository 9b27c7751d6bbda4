"""
A policy as a text that people edit, and back: what is wrong is said in Dutch, with the line and what to do.

Bron: R-01; I-10 (a set of criteria has versions and can be changed).
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from authorizations.domain import policy as policies
from authorizations.domain.policy import Policy
from authorizations.domain.records import Unreadable

LONGEST = 200_000
AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
PLACE = re.compile(r"([^\s:]+): (.*)", re.DOTALL)
LISTED = re.compile(r"(\w+)\[(\d+)\]")
HEADER = re.compile(r"\s*(\[\[?)\s*([\w.]+)\s*\]")


class Wrong(ValueError):
    """A text that isn't a policy; `line` is where to look, or None when it is about the whole."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(f"Regel {line}: {message}" if line else message)
        self.line = line


def read(text: str) -> Policy:
    """Return the policy that this text describes. :raises Wrong: with the line and what to do"""
    try:
        return policies.load(parsed(text))
    except Unreadable as refusal:
        found = PLACE.match(str(refusal))
        path, message = found.groups() if found else ("", str(refusal))
        raise Wrong(f"{path}: {message}.", line_of(text, path)) from refusal


def parsed(text: str) -> dict[str, Any]:
    """Return the values in this text. :raises Wrong: when it can't be read as TOML"""
    if len(text) > LONGEST:
        raise Wrong("Deze tekst is te lang voor een beleid. Er passen 200.000 tekens.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as refusal:
        at = AT.search(str(refusal))
        line = int(at[1]) if at and at[1] else text.count("\n") + 1
        message = (
            "dit kunnen wij niet lezen. Schrijf elke regel als naam = waarde, met tekst tussen aanhalingstekens, "
            "en sluit elk aanhalingsteken en elke haak."
        )
        raise Wrong(message, line) from refusal


def line_of(text: str, path: str) -> int | None:
    """Return the line on which the value with this path stands (`checklist[3].document`), or its table, or None."""
    *tables, key = path.split(".")
    if listed := LISTED.fullmatch(key):
        tables, key = [*tables, key], ""
    wanted = ".".join(LISTED.sub(r"\1", table) for table in tables)
    number = int(listed[2]) if (listed := LISTED.fullmatch(tables[0] if tables else "")) else 1
    seen, inside, head = 0, not tables, None
    for place, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            seen += header[2] == wanted
            inside = bool(tables) and header[2] == wanted and seen == number
            head = place if inside else head
        elif inside and key and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return place
    return head


def write(policy: Policy) -> str:
    """Return the text of a policy; `read` makes the same policy of it again."""
    return _written(policies.body(policy))


def with_table(text: str, name: str, values: Mapping[str, Any]) -> str:
    """Return the text with these values in one of its tables. :raises Wrong: when it can't be read as TOML"""
    whole = parsed(text)
    return _written({**whole, name: {**whole.get(name, {}), **values}})


def with_row(text: str, name: str, number: int, values: Mapping[str, Any] | None) -> str:
    """
    Return the text with these values in a row of one of its lists; one beyond the last is new, and None removes it.

    :raises Wrong: when it can't be read as TOML, or there is no such row
    """
    whole = parsed(text)
    rows = list(whole.get(name, []))
    if not 1 <= number <= len(rows) + (values is not None):
        raise Wrong("Dit onderdeel is er niet meer.")
    if values is None:
        del rows[number - 1]
    elif number > len(rows):
        rows.append(dict(values))
    else:
        rows[number - 1] = {**rows[number - 1], **values}
    return _written({**whole, name: rows})


def _written(values: Mapping[str, Any]) -> str:
    return "\n".join(_lines(values, "")).strip() + "\n"


def _lines(values: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield the plain values of a table first, then the tables in it."""
    later: list[tuple[str, Any, bool]] = []
    for key, value in values.items():
        name = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            later.append((name, value, False))
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            later.extend((name, one, True) for one in value)
        elif value not in (None, [], ""):
            yield f"{key} = {_plain(value)}"
    for name, value, is_listed in later:
        yield ""
        yield f"[[{name}]]" if is_listed else f"[{name}]"
        yield from _lines(value, name)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_plain(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    # What JSON escapes in a text, TOML reads in the same way.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
