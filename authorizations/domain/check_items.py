"""
A list of JSON objects through a check: each comes back as it was, with its result columns and `fout`.

Bron: checks.md (a JSON list in, a JSON list out; what can't be judged gets a text in `fout`, the others go on).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from authorizations.domain import checks
from authorizations.domain.check_files import FAULT
from authorizations.domain.checks import Toets, Unjudgeable
from authorizations.domain.json_items import KINDS
from authorizations.domain.policy import Policy


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
